package io.sounder.client.report.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.SyntheticRun;
import io.sounder.client.report.figures.Cell.Tone;
import io.sounder.client.report.figures.FigureTable.Row;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LedgerFiguresTest {
  @Test
  void theWarmUpStandsBesideTheMeasurementOfOneRun() {
    FigureTable ledger = ledger(SyntheticRun.of(1).seconds(2).perSecond(500));
    assertEquals(List.of("measured", "warm-up"), ledger.columns());
    assertEquals(List.of("1,000", "500"), texts(row(ledger, "sent")));
    assertEquals(List.of("1,000", "–"), texts(row(ledger, "planned")));
  }

  @Test
  void severalRunsStandBesideEachOtherWithoutWarmUp() {
    Document run = SyntheticRun.of(1).seconds(2).document("a.json");
    FigureTable ledger = LedgerFigures.ledger(List.of(run, run), List.of("a", "b"));
    assertEquals(List.of("a", "b"), ledger.columns());
  }

  @Test
  void everyWayToEndIsALineAndTheyAddUp() {
    FigureTable ledger =
        ledger(
            changed(
                requests -> {
                  requests.put("sent", 1_028).put("late", 5).put("lost", 7).put("refused", 2);
                  requests.put("pending", 4).put("oldest_pending_ns", 2_000_000_000L);
                  requests.put("corrupt", 1).putObject("errors").put("reset", 9);
                }));
    assertEquals("1,000", row(ledger, "= ok").cells().get(0).text());
    for (String line : List.of("corrupt 1", "late 5", "lost 7", "refused 2", "pending 4")) {
      String[] parts = line.split(" ", -1);
      Cell cell = row(ledger, "+ " + parts[0]).cells().get(0);
      assertEquals(parts[1], cell.text(), line);
      assertEquals(Tone.BAD, cell.tone(), line);
    }
    assertEquals("9", row(ledger, "+ errors").cells().get(0).text());
    assertEquals("yes", row(ledger, "adds up").cells().get(0).text());
    assertEquals("2.00 s", row(ledger, "oldest pending").cells().get(0).text());
  }

  @Test
  void aLedgerThatDoesNotAddUpIsSaidToBeWrong() {
    FigureTable ledger = ledger(changed(requests -> requests.put("sent", 1_003)));
    Cell balance = row(ledger, "adds up").cells().get(0);
    assertEquals("no, 3 unaccounted", balance.text());
    assertEquals(Tone.BAD, balance.tone());
  }

  @Test
  void errorsStandByClassUnderWhatTheyHappenedTo() {
    Document run =
        SyntheticRun.of(1)
            .seconds(2)
            .errors(3, 2, 1)
            .change(
                root ->
                    ((ObjectNode) root.get("connections")).putObject("errors").put("refused", 40))
            .document("a.json");
    FigureTable errors = LedgerFigures.errors(List.of(run), List.of("a"));
    assertEquals(
        List.of(
            "requests without a reply",
            "reply-timeout",
            "reset",
            "wrong replies",
            "corrupt",
            "connections",
            "refused"),
        errors.rows().stream().map(Row::label).toList());
    assertEquals("40", row(errors, "refused").cells().get(0).text());
  }

  @Test
  void withoutErrorsThereIsNoTableOfThem() {
    Document run = SyntheticRun.of(1).seconds(2).document("a.json");
    assertTrue(LedgerFigures.errors(List.of(run), List.of("a")).isEmpty());
  }

  private static SyntheticRun changed(Consumer<ObjectNode> change) {
    return SyntheticRun.of(1)
        .seconds(1)
        .perSecond(1_000)
        .change(root -> change.accept((ObjectNode) root.get("requests")));
  }

  private static FigureTable ledger(SyntheticRun run) {
    return LedgerFigures.ledger(List.of(run.document("a.json")), List.of("a"));
  }

  private static Row row(FigureTable table, String label) {
    return table.rows().stream().filter(row -> row.label().equals(label)).findFirst().orElseThrow();
  }

  private static List<String> texts(Row row) {
    return row.cells().stream().map(Cell::text).toList();
  }
}
