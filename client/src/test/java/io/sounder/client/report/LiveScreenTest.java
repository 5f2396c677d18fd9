package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.cli.TerminalSize;
import io.sounder.client.load.stats.Interval;
import io.sounder.client.load.stats.RecordedTest;
import io.sounder.client.load.verify.Wrong;
import io.sounder.client.outcome.ErrorClass;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveScreenTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String PROMPT = "$ sounder load tcp://127.0.0.1:8888 -c 64";
  private static final Style COLOURS = new Style(true, true);

  private static RunOutline outline() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("connections", 64);
    settings.put("size", "64B");
    settings.put("rate", "50k");
    return new RunOutline("tcp://127.0.0.1:8888?framing=line", settings, 64, 30 * SECOND, 0);
  }

  /** Writes to an emulated terminal, each time at once. */
  private static final class Sitting {
    private final EmulatedTerminal terminal;
    private final LiveScreen screen;
    private int writes;

    private Sitting(int rows, int columns, boolean reflows) {
      this(rows, columns, reflows, COLOURS, outline());
    }

    private Sitting(int rows, int columns, boolean reflows, Style style, RunOutline outline) {
      terminal = new EmulatedTerminal(rows, columns, reflows);
      terminal.print(PROMPT + "\n");
      OutputStream out =
          new OutputStream() {
            @Override
            public void write(int b) {
              throw new AssertionError("a byte by itself");
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
              writes++;
              terminal.print(new String(bytes, from, length, StandardCharsets.UTF_8));
            }
          };
      screen =
          new LiveScreen(
              new PrintStream(out, true, StandardCharsets.UTF_8), style, outline, terminal::size);
    }

    private void resize(int rows, int columns) {
      screen.resizing();
      terminal.resize(rows, columns);
      screen.resized();
    }
  }

  private static RecordedTest recorded() {
    return new RecordedTest(true, 0);
  }

  private static RecordedTest busy(RecordedTest test) {
    return test.ok(980, 50_000).ok(20, 2_000_000);
  }

  @Test
  void theScreenHasAllThatMatters() {
    Sitting sitting = new Sitting(24, 80, true);
    RecordedTest test = recorded();
    sitting.screen.interval(busy(test).second());
    busy(test).ok(500, 50_000).sent(5).failed(ErrorClass.REPLY_TIMEOUT).corrupt(Wrong.EXTRA);
    sitting.screen.interval(test.second());
    assertEquals(
        List.of(
            PROMPT,
            "tcp://127.0.0.1:8888?framing=line",
            "connections 64 · size 64B · rate 50k",
            "elapsed      ██▋" + "░".repeat(37) + "  2.0s of 30.0s",
            "rate         1,500/s of 50,000/s",
            "requests     ok 2,500   err 2   in flight 3   sent 2,505",
            "response     p50 50.0µs   p99 2.00ms   max 2.00ms",
            "service      p50 50.0µs   p99 2.00ms   max 2.00ms",
            "throughput   ▆█  max 1,500/s",
            "p99          ██  max 2.00 ms",
            "errors       extra 1 (+1), reply-timeout 1 (+1)"),
        sitting.terminal.visible());
  }

  @Test
  void itIsDrawnOverInPlaceWithOneWriteEach() {
    Sitting sitting = new Sitting(24, 80, true);
    RecordedTest test = recorded();
    for (int i = 0; i < 100; i++) {
      sitting.screen.interval(busy(test).second());
      assertEquals(i + 1, sitting.writes);
    }
    List<String> all = sitting.terminal.everything();
    assertEquals(PROMPT, all.get(0));
    assertEquals(10, all.size(), String.join("\n", all));
  }

  @Test
  void whatComesAfterItBeginsOnACleanLineRightBelowTheCommand() {
    Sitting sitting = new Sitting(24, 80, true);
    sitting.screen.connecting(3, 64);
    sitting.screen.interval(busy(recorded()).second());
    sitting.screen.finish();
    sitting.terminal.print("target ...\n");
    assertEquals(List.of(PROMPT, "target ..."), sitting.terminal.everything());
    sitting.resize(30, 100);
    sitting.screen.finish();
    assertEquals(2, sitting.writes - 1, "nothing is drawn after the end");
  }

  @Test
  void nothingIsWrittenIfThereWasNothingToShow() {
    Sitting sitting = new Sitting(24, 80, true);
    sitting.resize(30, 100);
    sitting.screen.finish();
    assertEquals(0, sitting.writes);
  }

  @Test
  void whileConnectionsAreOpenedTheirNumberIsShown() {
    Sitting sitting = new Sitting(24, 80, true);
    sitting.screen.connecting(16, 64);
    List<String> lines = sitting.terminal.visible();
    assertEquals("connecting   " + "█".repeat(10) + "░".repeat(30) + "  16 of 64", lines.get(3));
  }

  @Test
  void theWarmUpAndTheWaitForTheLastRepliesAreNamed() {
    Sitting sitting = new Sitting(24, 80, true);
    sitting.screen.interval(busy(new RecordedTest(true, SECOND)).second());
    assertEquals(
        "elapsed      " + "░".repeat(40) + "  warming up", sitting.terminal.visible().get(3));
    sitting.screen.interval(busy(recorded()).interval(31 * SECOND));
    assertEquals(
        "elapsed      " + "█".repeat(40) + "  last replies", sitting.terminal.visible().get(3));
  }

  @Test
  void aNumberOfRequestsCountsWhereItIsNearerToTheEnd() {
    RunOutline outline = new RunOutline("udp://[::1]:7", Map.of(), 64, 30 * SECOND, 2_000);
    Sitting sitting = new Sitting(24, 80, true, COLOURS, outline);
    sitting.screen.interval(busy(recorded()).second());
    assertEquals(
        "elapsed      " + "█".repeat(20) + "░".repeat(20) + "  1.0s, 1.00k of 2.00k",
        sitting.terminal.visible().get(2));
  }

  @Test
  void aPlanThatIsNotKeptAndConnectionsThatAreMissingAreShown() {
    Sitting sitting = new Sitting(24, 100, true);
    Interval good = busy(recorded()).second();
    sitting.screen.interval(
        new Interval(
            good.fromNanos(),
            good.lengthNanos(),
            false,
            good.counts(),
            good.responseTimes(),
            good.serviceTimes(),
            good.totals(),
            50_000,
            60,
            50_000));
    assertEquals(
        "rate         1,000/s of 50,000/s  49,000 behind  connections 60 of 64",
        sitting.terminal.visible().get(4));
  }

  @Test
  void inAClosedLoopThereIsNoRateToReachAndNoServiceTimeBeside() {
    Sitting sitting = new Sitting(24, 80, true);
    sitting.screen.interval(busy(new RecordedTest(false, 0)).second());
    List<String> lines = sitting.terminal.visible();
    assertTrue(lines.contains("rate         1,000/s"), String.join("\n", lines));
    assertFalse(lines.stream().anyMatch(line -> line.startsWith("service")));
  }

  @ParameterizedTest
  @CsvSource({"10, 40", "24, 80", "50, 200", "6, 200", "5, 21", "4, 80", "1, 10", "2, 1", "24, 15"})
  void itFitsAnyTerminal(int rows, int columns) {
    Sitting sitting = new Sitting(rows, columns, true);
    RecordedTest test = recorded();
    for (int i = 0; i < 70; i++) {
      busy(test).sent(1).failed(ErrorClass.RESET);
      sitting.screen.interval(test.second());
    }
    List<String> lines = sitting.terminal.everything();
    int promptRows = (PROMPT.length() + columns - 1) / columns;
    lines
        .subList(promptRows, lines.size())
        .forEach(line -> assertTrue(line.length() < columns, line));
    assertTrue(lines.size() - promptRows < Math.max(2, rows), String.join("\n", lines));
    sitting.screen.finish();
    assertEquals(PROMPT, String.join("", sitting.terminal.everything()));
    assertTrue(sitting.terminal.cursorIsAtTheBeginningOfALine());
  }

  @Test
  void whereRowsAreFewTheMostImportantRemain() {
    Sitting sitting = new Sitting(5, 80, true);
    RecordedTest test = recorded();
    sitting.screen.interval(busy(test).sent(1).failed(ErrorClass.RESET).second());
    List<String> starts =
        sitting.terminal.visible().stream().map(line -> line.substring(0, 8)).toList();
    assertEquals(List.of("elapsed ", "rate    ", "requests", "response"), starts);
  }

  @Test
  void aTerminalWithTooFewRowsGetsOneLine() {
    Sitting sitting = new Sitting(3, 100, true);
    RecordedTest test = recorded();
    sitting.screen.connecting(3, 64);
    assertEquals(List.of(PROMPT, "connecting 3 of 64"), sitting.terminal.visible());
    for (int i = 0; i < 5; i++) {
      sitting.screen.interval(busy(test).second());
    }
    assertEquals(
        List.of(
            PROMPT,
            "5.0s     1,000/s  sent 5,000  ok 5,000  err 0  in flight 0"
                + "  p50 50.0µs  p99 2.00ms  max 2.00ms"),
        sitting.terminal.everything());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noPiecesAreLeftWhenTheTerminalIsResizedInMidRun(boolean reflows) {
    Random random = new Random(5);
    Sitting sitting = new Sitting(24, 80, reflows);
    RecordedTest test = recorded();
    for (int i = 0; i < 300; i++) {
      int rows = 36 + random.nextInt(20); // for the block, were it wrapped in three
      int columns = PROMPT.length() + random.nextInt(160);
      sitting.resize(rows, columns);
      assertOneBlock(sitting);
      sitting.screen.interval(busy(test).second());
      assertOneBlock(sitting);
    }
  }

  private static void assertOneBlock(Sitting sitting) {
    List<String> lines = sitting.terminal.visible();
    String shown = sitting.terminal.size() + "\n" + String.join("\n", lines);
    for (String label : List.of("tcp:", "elapsed", "rate ", "requests", "response", "p99 ")) {
      long count = lines.stream().filter(line -> line.startsWith(label)).count();
      assertTrue(count <= 1, label + " is there " + count + " times, at " + shown);
    }
    lines.forEach(line -> assertTrue(line.length() < sitting.terminal.size().columns() + 1, shown));
  }

  @Test
  void whatLeavesALowTerminalAtItsTopIsClearedWhenItComesBack() {
    Random random = new Random(6);
    Sitting sitting = new Sitting(24, 80, true);
    RecordedTest test = recorded();
    for (int i = 0; i < 300; i++) {
      sitting.resize(1 + random.nextInt(30), 80);
      assertOneBlock(sitting);
      sitting.screen.interval(busy(test).second());
      assertOneBlock(sitting);
    }
    sitting.resize(40, 80);
    sitting.screen.finish();
    assertEquals(List.of(PROMPT), sitting.terminal.everything());
  }

  @Test
  void aTerminalThatWrapsAnewKeepsWhatWasAboveTheBlock() {
    Sitting sitting = new Sitting(40, 120, true);
    RecordedTest test = recorded();
    for (int columns : new int[] {120, 60, 41, 50, 200, 45}) {
      sitting.resize(40, columns);
      sitting.screen.interval(busy(test).second());
      assertEquals(PROMPT, sitting.terminal.everything().get(0), "at " + columns);
    }
    sitting.screen.finish();
    assertEquals(List.of(PROMPT), sitting.terminal.everything());
  }

  @Test
  void nothingIsDrawnInTheWrongPlaceWhileTheSizeIsStillChanging() {
    Sitting sitting = new Sitting(40, 120, true);
    RecordedTest test = recorded();
    sitting.screen.interval(busy(test).second());
    sitting.terminal.resize(40, 60);
    sitting.screen.resizing();
    sitting.screen.interval(busy(test).second());
    assertEquals(1, sitting.writes);
    sitting.terminal.resize(40, 45);
    sitting.screen.resized();
    assertEquals(2, sitting.writes);
    assertEquals(PROMPT, sitting.terminal.everything().get(0));
    assertEquals(9, sitting.terminal.everything().size(), "nothing is left of it");
    assertTrue(sitting.terminal.visible().contains("ok 2,000   err 0   in flight 0   sent 2,000"));
  }

  @Test
  void theEndIsCleanEvenInTheMidstOfAChange() {
    Sitting sitting = new Sitting(40, 120, true);
    sitting.screen.interval(busy(recorded()).second());
    sitting.screen.resizing();
    sitting.terminal.resize(40, 45);
    sitting.screen.finish();
    sitting.screen.resized();
    assertEquals(List.of(PROMPT), sitting.terminal.everything());
  }

  @Test
  void aTerminalWithoutUnicodeOrColoursGetsAscii() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    LiveScreen screen =
        new LiveScreen(
            new PrintStream(written, true, StandardCharsets.UTF_8),
            Style.PLAIN,
            outline(),
            () -> TerminalSize.USUAL);
    RecordedTest test = recorded();
    screen.interval(busy(test).second());
    screen.interval(busy(test).ok(500, 900).second());
    String text = written.toString(StandardCharsets.UTF_8);
    assertTrue(text.chars().allMatch(character -> character < 127), text);
    assertFalse(text.contains("\u001b[1m"), "bold");
    assertTrue(text.contains("throughput   +#  max"), text);
  }

  @Test
  void aTargetWithWideOrInvisibleCharactersStillFits() {
    RunOutline outline =
        new RunOutline("tcp://ü.example:1?reply=text:漢\u001b[2J", Map.of(), 1, SECOND, 0);
    Sitting sitting = new Sitting(24, 80, true, COLOURS, outline);
    sitting.screen.interval(busy(recorded()).second());
    assertEquals("tcp://ü.example:1?reply=text:??[2J", sitting.terminal.visible().get(1));
  }
}
