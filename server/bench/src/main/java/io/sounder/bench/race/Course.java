package io.sounder.bench.race;

import io.sounder.bench.race.result.Pair;
import io.sounder.bench.race.result.Sample;
import io.sounder.bench.race.result.ShapeResult;
import io.sounder.bench.race.result.Standing;
import io.sounder.bench.race.run.Generator;
import io.sounder.bench.race.run.ServerFailure;
import io.sounder.bench.race.run.ServerProcess;
import io.sounder.bench.race.shape.Shape;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One shape, run by all. The servers stay up from the first round to the last; who has no turn is
 * idle. A round is <em>Sounder, A, Sounder, B, Sounder …</em> with the others in random order, so
 * that each of them has Sounder on both sides in time, and a slow minute of the machine meets both.
 */
final class Course {
  private static final int WARM_UP_TURNS = 2;
  private static final double WARM_UP_SECONDS = 1.5; // enough for the JIT's last word
  private static final double WARM_UP_MOST_TURNS = 3; // who tries it with short ones does not wait

  private final Shape shape;
  private final int rounds;
  private final double seconds;
  private final Random random;
  private final Generator generator;
  private final File log;

  private final Map<Contestant, ServerProcess> servers = new LinkedHashMap<>();
  private final Map<Contestant, List<Pair>> pairs = new LinkedHashMap<>();
  private final Map<Contestant, String> missing = new LinkedHashMap<>();
  private final List<Sample> sounderSamples = new ArrayList<>();

  Course(Shape shape, int rounds, double seconds, Random random, Generator generator, File log) {
    this.shape = shape;
    this.rounds = rounds;
    this.seconds = seconds;
    this.random = random;
    this.generator = generator;
    this.log = log;
  }

  ShapeResult run(Contestant sounder, List<Contestant> rivals) {
    try {
      ServerProcess first = ServerProcess.start(sounder.name(), sounder.command().of(shape), log);
      servers.put(sounder, first);
      warmUp(first);
      rivals.forEach(this::enter);
      for (int round = 0; round < rounds; round++) {
        runRound(first);
      }
    } finally {
      servers.values().forEach(ServerProcess::close);
    }
    List<Standing> standings = new ArrayList<>();
    for (Contestant rival : rivals) {
      List<Pair> ran = pairs.getOrDefault(rival, List.of());
      standings.add(new Standing(rival.name(), ran, missing.get(rival)));
    }
    return new ShapeResult(shape.id(), sounderSamples, standings);
  }

  /** A server that cannot take part says why; the race goes on. */
  private void enter(Contestant rival) {
    if (rival.missing() != null) {
      missing.put(rival, rival.missing());
      return;
    }
    try {
      ServerProcess server = ServerProcess.start(rival.name(), rival.command().of(shape), log);
      servers.put(rival, server);
      warmUp(server);
      pairs.put(rival, new ArrayList<>());
    } catch (ServerFailure e) {
      drop(rival, e);
    }
  }

  /** It is out, with all that it did before. */
  private void drop(Contestant rival, ServerFailure failure) {
    missing.put(rival, failure.getMessage());
    pairs.remove(rival);
    ServerProcess server = servers.remove(rival);
    if (server != null) {
      server.close();
    }
  }

  private void warmUp(ServerProcess server) {
    double warmUpSeconds = Math.min(WARM_UP_SECONDS, WARM_UP_MOST_TURNS * seconds);
    for (int i = 0; i < WARM_UP_TURNS; i++) {
      generator.measure(server, shape, warmUpSeconds);
    }
  }

  private void runRound(ServerProcess sounder) {
    List<Contestant> order = new ArrayList<>(pairs.keySet());
    Collections.shuffle(order, random);
    Sample before = turnOfSounder(sounder);
    for (Contestant rival : order) {
      Optional<Sample> sample = turnOf(rival);
      Sample after = turnOfSounder(sounder); // even if that failed: the next needs its neighbour
      if (sample.isPresent()) {
        pairs.get(rival).add(new Pair(sample.get(), Sample.between(before, after)));
      }
      before = after;
    }
  }

  /** Nothing if it fails: then it is out, and the race goes on. */
  private Optional<Sample> turnOf(Contestant rival) {
    try {
      return Optional.of(generator.measure(servers.get(rival), shape, seconds));
    } catch (ServerFailure e) {
      drop(rival, e);
      return Optional.empty();
    }
  }

  private Sample turnOfSounder(ServerProcess sounder) {
    Sample sample = generator.measure(sounder, shape, seconds);
    sounderSamples.add(sample);
    return sample;
  }
}
