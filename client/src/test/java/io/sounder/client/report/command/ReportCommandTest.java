package io.sounder.client.report.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.Run;
import io.sounder.client.report.document.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir Path folder;

  @Test
  void oneResultIsATableOfItsOwn() throws IOException {
    String run = write("a.json", SyntheticRun.of(1).seconds(5).errors(3, 0, 0));
    String text = Run.of("report", run).succeeded();
    says(text, "target    tcp://127.0.0.1:8888?framing=line");
    says(text, "verdict   FAILED  3 requests failed");
    says(text, "achieved rate 2,000/s");
    says(text, "errors 3");
    says(text, "lost 0");
    says(text, "pending 0");
    says(text, "response time service time");
    for (String row : new String[] {"p50", "p90", "p99", "p99.9", "max"}) {
      assertTrue(text.lines().anyMatch(line -> line.startsWith(row + " ")), row + ": " + text);
    }
    fitsEightyColumns(text);
  }

  @Test
  void severalResultsStandBesideEachOther() throws IOException {
    String base = write("base.json", SyntheticRun.of(1).seconds(5));
    String slow = write("slow.json", SyntheticRun.of(2).seconds(5).slowdown(1.5).closedLoop());
    String text = Run.of("report", base, slow).succeeded();
    says(text, "base.json slow.json");
    says(text, "closed loop");
    assertTrue(
        text.lines().anyMatch(line -> line.matches("p50 .* \\+\\d\\d\\.\\d %")),
        "how the second differs is said: " + text);
    fitsEightyColumns(text);
  }

  @Test
  void moreThanFitBesideEachOtherAreARowEach() throws IOException {
    String[] command = new String[10];
    command[0] = "report";
    for (int i = 1; i < command.length; i++) {
      command[i] = write("run-" + i + ".json", SyntheticRun.of(i).seconds(2));
    }
    String text = Run.of(command).succeeded();
    says(text, "achieved p50 p99 p99.9 max not ok verdict");
    assertTrue(text.lines().anyMatch(line -> line.matches("run-9.json +2,000/s .*")), text);
    fitsEightyColumns(text);
  }

  @Test
  void theStepsOfASweepAreARowEach() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      int index = i;
      lines.append(
          SyntheticRun.of(i)
              .seconds(2)
              .perSecond(1000 * (i + 1))
              .change(root -> root.putObject("step").put("index", index).put("count", 3))
              .tree());
      lines.append('\n');
    }
    Path sweep = Files.write(folder.resolve("sweep.json"), lines.toString().getBytes(UTF_8));
    String text = Run.of("report", sweep.toString()).succeeded();
    assertTrue(text.lines().anyMatch(line -> line.matches("3,000/s +3,000/s .*")), text);
  }

  @Test
  void theStepsOfASearchAreShownInTheirOrder() throws IOException {
    String run =
        write(
            "max.json",
            SyntheticRun.of(1)
                .seconds(2)
                .change(
                    root -> {
                      var search = root.putObject("find_max").put("slo", "p99<2ms");
                      search.put("found", 19_500.0);
                      var step = search.putArray("steps").addObject();
                      step.put("rate", 20_000).put("achieved", 19_990.5).put("p50", 90_000);
                      step.put("p99", 2_400_000).put("errors", 0).put("met", false);
                      step.put("verdict", "CLIENT-LIMITED").put("phase", "ramp");
                    }));
    says(Run.of("report", run).succeeded(), "ramp 20,000/s 19,991/s 90.0 us 2.40 ms 0 missed");
  }

  @Test
  void whatAFileSaysCannotSteerTheTerminal() throws IOException {
    String run =
        write(
            "evil.json",
            SyntheticRun.of(1)
                .seconds(2)
                .target("tcp://\u001b[31m\u202e.example:1")
                .change(root -> root.put("verdict_reason", "fine\nsecond \u0007line")));
    String text = Run.of("report", run).succeeded();
    says(text, "\\x1b[31m");
    assertFalse(text.contains("\u001b") || text.contains("\u0007"), text);
    says(text, "fine\\nsecond");
  }

  @Test
  void aFileThatCannotBeUsedIsOneLine() {
    Run.of("report", folder.resolve("none.json").toString())
        .failed(2, "none.json", "there is no such file");
    Run.of("report").failed(2, "FILE");
  }

  @Test
  void mergesAndWritesOneDocumentThatCanBeReadAgain() throws IOException {
    String a = write("a.json", SyntheticRun.of(1).seconds(2));
    String b = write("b.json", SyntheticRun.of(2).seconds(2));
    String both = folder.resolve("both.json").toString();
    String text = Run.of("report", "--merge", a, b, "--json", both).succeeded();
    says(text, "merged " + a + ", " + b);
    says(text, "sent 8,000");
    says(Run.of("report", both).succeeded(), "sent 8,000");
  }

  @Test
  void jsonOnStdoutLeavesTheTableToStderr() throws IOException {
    String a = write("a.json", SyntheticRun.of(1).seconds(2));
    Run run = Run.of("report", a, "--json", "-");
    assertEquals(Files.readString(Path.of(a)), run.text());
    says(run.err(), "sent 4,000");
  }

  @Test
  void whatCannotBeMergedOrWrittenIsOneLine() throws IOException {
    String a = write("a.json", SyntheticRun.of(1).seconds(2));
    String b = write("b.json", SyntheticRun.of(2).seconds(2).target("tcp://other:1"));
    Run.of("report", "--merge", a, b).failed(2, "target", "--force");
    Run.of("report", "--merge", a).failed(2, "at least two");
    Run.of("report", "--force", a).failed(2, "--force is for --merge");
    Run.of("report", a, "--json", folder.resolve("no/such/x.json").toString())
        .failed(7, "there is no such folder");
  }

  @Test
  void writesAPageAndShowsTheTableToo() throws IOException {
    String a = write("a.json", SyntheticRun.of(1).seconds(2));
    String b = write("b.json", SyntheticRun.of(2).seconds(2));
    Path page = folder.resolve("report.html");
    says(Run.of("report", a, b, "--html", page.toString()).succeeded(), "sent 4,000");
    assertTrue(Files.readString(page).contains("2 runs beside each other"));
    Run.of("report", "--compare", a, b, "--html", page.toString()).succeeded();
    assertTrue(Files.readString(page).contains("What changed"));
    Run.of("report", "--merge", a, b, "--html", page.toString()).succeeded();
    assertTrue(Files.readString(page).contains("Merged from"));
  }

  @Test
  void aPageThatCannotBeWrittenIsOneLine() throws IOException {
    String a = write("a.json", SyntheticRun.of(1).seconds(2));
    Run.of("report", a, "--html", folder.resolve("no/such.html").toString())
        .failed(7, "cannot write --html", "there is no such folder");
    Run.of("report", a, "--html", "-").failed(2, "--html: give the name of a file");
    String[] many = new String[12];
    Arrays.fill(many, a);
    many[0] = "report";
    many[1] = "--html=" + folder.resolve("many.html");
    Run.of(many).failed(2, "at most 8 runs, and these are 10");
    assertFalse(Files.exists(folder.resolve("many.html")));
  }

  @Test
  void aPageNeverTakesThePlaceOfAResult() throws IOException {
    String a = write("a.json", SyntheticRun.of(1).seconds(2));
    String b = write("b.json", SyntheticRun.of(2).seconds(2));
    String before = Files.readString(Path.of(b));
    Path link = Files.createSymbolicLink(folder.resolve("page.html"), Path.of(b));
    String winding = folder.resolve("no").resolve("..").resolve("new").toString();
    Run.of("report", a, b, "--html", b).failed(2, "is one of the results; give another name");
    Run.of("report", a, b, "--html", link.toString()).failed(2, "is one of the results");
    Run.of("report", "--compare", a, b, "--html", b).failed(2, "is one of the results");
    Run.of("report", a, "--json", b, "--html", b).failed(2, "--json and --html are both");
    Run.of("report", a, "--json", folder.resolve("new").toString(), "--html", winding)
        .failed(2, "--json and --html are both");
    assertEquals(before, Files.readString(Path.of(b)));
  }

  @Test
  void aRegressionIsExitCodeFourAndNoChangeIsNone() throws IOException {
    String base = write("base.json", SyntheticRun.of(1));
    String same = write("same.json", SyntheticRun.of(2));
    String slow = write("slow.json", SyntheticRun.of(3).slowdown(1.2));
    Run regression = Run.of("report", "--compare", base, slow, "--fail-if", "p99>+10%,rate<-5%");
    assertEquals(4, regression.exitCode(), regression.toString());
    assertEquals("", regression.err());
    says(regression.text(), "base new change 95 % interval");
    assertTrue(
        regression.text().lines().anyMatch(line -> line.matches("p99>\\+10% .* REGRESSION")),
        regression.text());
    assertTrue(
        regression.text().lines().anyMatch(line -> line.matches("rate<-5% .* ok")),
        regression.text());
    Run.of("report", "--compare", base, same, "--fail-if", "p99>+10%").succeeded();
    Run.of("report", "--compare", base, slow).succeeded();
  }

  @Test
  void eachSideMayBeSeveralRuns() throws IOException {
    String base = write("b1.json", SyntheticRun.of(1)) + "," + write("b2.json", SyntheticRun.of(2));
    String slow =
        write("n1.json", SyntheticRun.of(3).slowdown(1.2))
            + ","
            + write("n2.json", SyntheticRun.of(4).slowdown(1.2));
    Run run =
        Run.of("report", "--compare", base, slow, "--fail-if=p99>+10%", "--fail-if=service.p50>1s");
    assertEquals(4, run.exitCode(), run.toString());
    says(run.text(), "service.p50");
    assertFalse(run.text().contains("one run each"), run.text());
  }

  @Test
  void whatCannotBeComparedIsOneLine() throws IOException {
    String a = write("a.json", SyntheticRun.of(1).seconds(2));
    Run.of("report", "--compare", a).failed(2, "give two");
    Run.of("report", "--compare", a, a, a).failed(2, "give two");
    Run.of("report", a, "--fail-if", "p99>+10%").failed(2, "--fail-if is for --compare");
    Run.of("report", "--compare", "--merge", a, a).failed(2, "--merge and --json");
    Run.of("report", "--compare", a, a, "--fail-if", "p99>10%").failed(2, "column 5");
    Run.of("report", "--compare", a, a + ",").failed(2, "cannot use");
    Run.of("report", "--compare", a, a, "--fail-if", "p99>+10%")
        .failed(2, "cannot judge by p99>+10%", "2 whole intervals, and 8 are needed");
    String failed = write("failed.json", SyntheticRun.of(2).errors(1, 0, 0));
    Run.of("report", "--compare", a, failed)
        .failed(7, "cannot rely on this comparison", "failed.json is FAILED");
  }

  private String write(String name, SyntheticRun run) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, run.json().getBytes(UTF_8));
    return file.toString();
  }

  private static void says(String text, String said) {
    String spaced = text.replaceAll(" +", " ").replace("µ", "u");
    assertTrue(spaced.contains(said.replaceAll(" +", " ")), said + " is said in:\n" + text);
  }

  private static void fitsEightyColumns(String text) {
    text.lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }
}
