package io.sounder.client.report.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.SyntheticRun;
import io.sounder.client.report.figures.Cell.Tone;
import io.sounder.client.report.figures.FigureTable.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientFiguresTest {
  @Test
  void anObjectiveSaysWhatWasMeasuredAndWhetherItWasMet() {
    Document run = withObjectives().document("a.json");
    FigureTable table = ClientFigures.objectives(List.of(run), List.of("a"));
    Cell met = row(table, "p99<2ms").cells().get(0);
    assertEquals("1.23 ms met", met.text() + " " + met.note());
    assertEquals(Tone.GOOD, met.tone());
    Cell missed = row(table, "rate>=99%").cells().get(0);
    assertEquals("–", missed.text(), "nothing could be measured");
    assertEquals("missed", missed.note());
    assertEquals(Tone.BAD, missed.tone());
  }

  @Test
  void anObjectiveThatOnlyOneRunHadIsBlankForTheOther() {
    Document with = withObjectives().document("a.json");
    Document without = SyntheticRun.of(2).seconds(1).document("b.json");
    FigureTable table = ClientFigures.objectives(List.of(with, without), List.of("a", "b"));
    assertEquals(Cell.NONE, row(table, "p99<2ms").cells().get(1));
    assertTrue(ClientFigures.objectives(List.of(without), List.of("b")).isEmpty());
  }

  @Test
  void aClosedLoopHasNoSendLag() {
    Document run = SyntheticRun.of(1).seconds(1).closedLoop().document("a.json");
    FigureTable health = ClientFigures.health(List.of(run), List.of("a"));
    assertEquals(Cell.NONE, row(health, "send lag").cells().get(0));
    assertEquals("0.93 cores", row(health, "CPU").cells().get(0).text());
  }

  @Test
  void datagramsThatThisMachineDroppedAreTrouble() {
    Document run =
        SyntheticRun.of(1)
            .seconds(1)
            .change(
                root -> ((ObjectNode) root.get("client")).put("udp_receive_buffer_errors", 1_234))
            .document("a.json");
    FigureTable health = ClientFigures.health(List.of(run), List.of("a"));
    Cell errors = row(health, "UDP receive buffer errors").cells().get(0);
    assertEquals("1,234", errors.text());
    assertEquals(Tone.BAD, errors.tone());
  }

  @Test
  void flagsOfAllRunsAreListedAndWhatTheySayIsEscaped() {
    Document one = SyntheticRun.of(1).seconds(1).document("a.json");
    Document other =
        SyntheticRun.of(2)
            .seconds(1)
            .closedLoop()
            .change(root -> ((ObjectNode) root.at("/environment/flags")).put("x\u001by", "1\n2"))
            .document("b.json");
    FigureTable table = ClientFigures.environment(List.of(one, other), List.of("a", "b"));
    assertEquals(
        List.of("2000", "–"), row(table, "rate").cells().stream().map(Cell::text).toList());
    assertEquals("1\\n2", row(table, "x\\x1by").cells().get(1).text());
  }

  private static SyntheticRun withObjectives() {
    return SyntheticRun.of(1)
        .seconds(1)
        .change(
            root -> {
              ArrayNode slo = root.putArray("slo");
              slo.addObject()
                  .put("text", "p99<2ms")
                  .put("measured", 1_234_567.0)
                  .put("unit", "ns")
                  .put("met", true);
              slo.addObject().put("text", "rate>=99%").put("unit", "%").put("met", false);
            });
  }

  private static Row row(FigureTable table, String label) {
    return table.rows().stream().filter(row -> row.label().equals(label)).findFirst().orElseThrow();
  }
}
