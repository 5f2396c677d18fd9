package io.sounder.bench.race.result;

import java.util.List;
import java.util.stream.Stream;

/** What the servers are called, in results and by targets. */
public final class Names {
  public static final String SOUNDER = "Sounder";

  /** Another process of the same, with the same settings: what differs is noise. */
  public static final String CONTROL = "Sounder again";

  public static final String FLOOR = "C, epoll, one thread";
  public static final String NO_POOL = "Sounder --workers 0";

  public static final List<String> NETTY_ONE_LOOP =
      List.of("Netty io_uring, one loop", "Netty epoll, one loop", "Netty NIO, one loop");

  public static final List<String> NETTY_DEFAULTS =
      List.of("Netty io_uring, defaults", "Netty epoll, defaults", "Netty NIO, defaults");

  /** Netty with each setting. */
  public static final List<String> NETTY_ALL =
      Stream.concat(NETTY_ONE_LOOP.stream(), NETTY_DEFAULTS.stream()).toList();

  private Names() {}
}
