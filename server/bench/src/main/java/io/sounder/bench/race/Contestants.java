package io.sounder.bench.race;

import io.sounder.bench.peer.Conversation;
import io.sounder.bench.peer.NettyEcho;
import io.sounder.bench.peer.VirtualThreadEcho;
import io.sounder.bench.race.result.Names;
import io.sounder.bench.race.run.KeyFiles;
import io.sounder.bench.race.run.RaceFailure;
import io.sounder.bench.race.shape.Shape;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All servers, and how each is started here. Those that lack something say what. */
final class Contestants {
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  private final Path bench;
  private final KeyFiles keys;
  private final List<String> java;
  private final List<Path> checkouts;

  /**
   * Looks for them.
   *
   * @param bench the folder {@code server/bench}
   * @param java the command line of a Java server, up to the class to run
   * @param checkouts other checkouts of Sounder, which race as well
   */
  Contestants(Path bench, List<String> java, List<Path> checkouts) {
    this.bench = bench;
    this.keys = new KeyFiles(bench.resolve("target/tls").toAbsolutePath().normalize());
    this.java = java;
    this.checkouts = checkouts;
  }

  /**
   * Has each launcher of Sounder build what is out of date, which may take minutes: more than a
   * server's start is given.
   *
   * @param log takes what they write
   * @throws RaceFailure if one cannot
   */
  void build(File log) {
    List<Path> all = new ArrayList<>(checkouts);
    all.add(bench.resolve("../.."));
    for (Path checkout : all) {
      String launcher = launcher(checkout);
      try {
        Process process =
            new ProcessBuilder(launcher, "serve", "--help")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        if (process.waitFor() != 0) {
          throw new RaceFailure(launcher + " serve --help failed: see " + log);
        }
      } catch (IOException e) {
        throw new RaceFailure(launcher + " cannot be started: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RaceFailure("interrupted", e);
      }
    }
  }

  private static String launcher(Path checkout) {
    return checkout.resolve("sounder").toAbsolutePath().normalize().toString();
  }

  /** Sounder as it comes. */
  Contestant sounder() {
    return sounder(Names.SOUNDER);
  }

  /** Those that race against it in a shape. */
  List<Contestant> rivals(Shape shape) {
    List<Contestant> all = new ArrayList<>();
    all.add(sounder(Names.CONTROL));
    for (Path checkout : checkouts) {
      all.add(
          sounder("Sounder of " + checkout.toAbsolutePath().normalize().getFileName(), checkout));
    }
    switch (shape.field()) {
      case FLOOR -> all.add(floor());
      case NETTY -> all.addAll(netty());
      case RIVALS -> {
        all.add(floor());
        all.addAll(netty());
      }
      case POOLS -> {
        all.addAll(netty());
        all.add(sounder(Names.NO_POOL, "--workers", "0"));
        all.add(sounder("Sounder --workers 2", "--workers", "2"));
      }
      case EVERYONE -> {
        all.add(floor());
        all.addAll(netty());
        all.add(virtualThreads());
        all.add(pythonThreads());
        all.add(sounder(Names.NO_POOL, "--workers", "0"));
        all.add(sounder("Sounder --workers 1", "--workers", "1"));
        all.add(sounder("Sounder --workers 2", "--workers", "2"));
        all.add(sounder("Sounder --assist off", "--assist", "off"));
        all.add(sounder("Sounder --busy-poll off", "--busy-poll", "off"));
      }
    }
    return all;
  }

  private Contestant sounder(String name, String... settings) {
    return sounder(name, bench.resolve("../.."), settings);
  }

  private Contestant sounder(String name, Path checkout, String... settings) {
    return Contestant.of(
        name,
        shape -> {
          List<String> command = new ArrayList<>();
          command.add(launcher(checkout));
          command.addAll(List.of("serve", listener(shape), "--admin", "off", "--stats", "off"));
          command.addAll(List.of(settings));
          return command;
        });
  }

  private String listener(Shape shape) {
    return shape.conversation() == Conversation.TLS
        ? shape.listener() + "?cert=" + keys.certificate() + "&key=" + keys.privateKey()
        : shape.listener();
  }

  private Contestant floor() {
    Path program = bench.resolve("target/epoll-echo");
    if (!Files.isExecutable(program)) {
      return Contestant.missing(Names.FLOOR, "there is no gcc to compile it");
    }
    return Contestant.of(
        Names.FLOOR,
        shape ->
            shape.conversation() == Conversation.UDP
                ? List.of(program.toString(), "--udp")
                : List.of(program.toString()));
  }

  private List<Contestant> netty() {
    List<Contestant> all = new ArrayList<>();
    for (String name : Names.NETTY_ONE_LOOP) {
      all.add(netty(name, 1));
    }
    for (String name : Names.NETTY_DEFAULTS) {
      all.add(netty(name, 0));
    }
    return all;
  }

  private Contestant netty(String name, int loops) {
    return Contestant.of(
        name,
        shape -> {
          List<String> command = new ArrayList<>(java);
          command.add(NettyEcho.class.getName());
          command.add(transport(name));
          command.add(Integer.toString(loops));
          command.add(shape.conversation().name());
          command.add(Long.toString(shape.workNanos()));
          if (shape.conversation() == Conversation.TLS) {
            command.add(keys.certificate().toString());
            command.add(keys.privateKey().toString());
          }
          return command;
        });
  }

  private static String transport(String name) {
    if (name.contains("io_uring")) {
      return "IO_URING";
    }
    return name.contains("epoll") ? "EPOLL" : "NIO";
  }

  private Contestant virtualThreads() {
    String name = "Java, a virtual thread each";
    if (Runtime.version().feature() < FIRST_WITH_VIRTUAL_THREADS) {
      return Contestant.missing(name, "it needs Java " + FIRST_WITH_VIRTUAL_THREADS);
    }
    return Contestant.of(
        name,
        shape -> {
          List<String> command = new ArrayList<>(java);
          command.add(VirtualThreadEcho.class.getName());
          return command;
        });
  }

  private Contestant pythonThreads() {
    return Contestant.of(
        "Python, a thread each",
        shape -> List.of("python3", bench.resolve("threaded-echo.py").toString()));
  }
}
