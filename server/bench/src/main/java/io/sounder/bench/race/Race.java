package io.sounder.bench.race;

import io.sounder.bench.race.report.RaceChart;
import io.sounder.bench.race.report.RaceTable;
import io.sounder.bench.race.result.RaceFile;
import io.sounder.bench.race.result.RaceResult;
import io.sounder.bench.race.result.ShapeResult;
import io.sounder.bench.race.run.Generator;
import io.sounder.bench.race.run.RaceFailure;
import io.sounder.bench.race.shape.Shape;
import io.sounder.bench.race.shape.ShapeIds;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The race's command line. */
@Command(
    name = "race",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    sortOptions = false,
    description = {
      "Starts servers on loopback, drives them in turn with 'sounder load', which checks every byte,",
      "and prints what each did: requests/s, latencies, CPU time and memory of the server's process,",
      "its share of a core and the client's, and Sounder's rate as a share of its neighbours' in",
      "time, with a 95 %% interval. The row 'Sounder again' is a second process of the same: what it",
      "differs by is noise. Where the client's share is near 100 %%, it is the client that limits."
    })
public final class Race implements Callable<Integer> {
  @Option(
      names = "--shapes",
      split = ",",
      paramLabel = "ID",
      description = "Which: ${COMPLETION-CANDIDATES}. Default: all.",
      completionCandidates = ShapeIds.class)
  private List<String> shapes = new ShapeIds().all();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "TEXT",
      description = "Only servers whose names contain one of these.")
  private List<String> only = List.of("");

  @Option(
      names = "--checkout",
      split = ",",
      paramLabel = "FOLDER",
      description = "Other checkouts of Sounder, which race as well: what a change brings.")
  private List<Path> checkouts = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Turns of each server. Default: ${DEFAULT-VALUE}.")
  private int rounds = 9;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long a turn is measured. Default: ${DEFAULT-VALUE}.")
  private double seconds = 1;

  @Option(
      names = "--from",
      split = ",",
      paramLabel = "FILE",
      description = "Measure nothing: show results that --json has written.")
  private List<Path> from = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the result there.")
  private Path json;

  @Option(names = "--charts", paramLabel = "FOLDER", description = "Draw the charts there.")
  private Path charts;

  @Option(
      names = "--bench",
      hidden = true,
      required = true,
      description = "The folder server/bench; the script gives it.")
  private Path bench;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line, which says in one line why it fails. */
  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Race());
    return commandLine.setExecutionExceptionHandler(
        (e, ignored, parsed) -> {
          if (e instanceof RaceFailure
              || e instanceof IllegalArgumentException
              || e instanceof IOException) {
            commandLine.getErr().println("race: " + e.getMessage());
            return 1;
          }
          throw e;
        });
  }

  @Override
  public Integer call() throws IOException {
    if (json != null) {
      new RaceFile(json).checkWritable(); // told before the work
    }
    RaceResult race = from.isEmpty() ? run() : read();
    RaceTable table = new RaceTable(out);
    if (!from.isEmpty()) {
      race.shapes().forEach(table::print);
    }
    table.printTargets(race);
    write(race);
    if (charts != null) {
      RaceChart.writeAll(race, charts);
    }
    return 0;
  }

  private RaceResult run() throws IOException {
    if (rounds < 1 || seconds <= 0) {
      throw new IllegalArgumentException("--rounds and --seconds must be above 0");
    }
    List<Shape> course = shapes.stream().map(Shape::of).toList();
    File log = bench.resolve("target/race.log").toFile();
    Machine machine = Machine.here(bench);
    Contestants contestants = new Contestants(bench, machine.peerJava(), checkouts);
    contestants.build(log);
    Random random = new Random();
    String startedAt = Instant.now().toString();
    RaceTable table = new RaceTable(out);
    out.println(machine.description());
    List<ShapeResult> results = new ArrayList<>();
    RaceResult race =
        new RaceResult(
            RaceResult.SCHEMA, startedAt, machine.description(), rounds, seconds, List.of());
    for (Shape shape : course) {
      try (Generator generator = new Generator(machine.java(), log)) {
        ShapeResult result =
            new Course(shape, rounds, seconds, random, generator, log)
                .run(contestants.sounder(), chosen(contestants.rivals(shape)));
        table.print(result);
        results.add(result);
      }
      race = race.with(results);
      write(race);
    }
    return race;
  }

  /** What there is so far: a race takes an hour, and may be ended sooner. */
  private void write(RaceResult race) throws IOException {
    if (json != null) {
      new RaceFile(json).write(race);
    }
  }

  private List<Contestant> chosen(List<Contestant> rivals) {
    return rivals.stream()
        .filter(rival -> only.stream().anyMatch(text -> rival.name().contains(text)))
        .toList();
  }

  /** Of several files, all shapes; of the same shape, the last. */
  private RaceResult read() throws IOException {
    RaceResult first = null;
    List<ShapeResult> all = new ArrayList<>();
    for (Path file : from) {
      RaceResult race = new RaceFile(file).read();
      first = first == null ? race : first;
      race.shapes().forEach(shape -> all.removeIf(old -> old.shape().equals(shape.shape())));
      all.addAll(race.shapes());
    }
    return first.with(all);
  }
}
