package io.sounder.protocol.reply;

import java.nio.charset.StandardCharsets;

/**
 * An exchange in which nothing changes but the number: the one that {@code docs/protocol.md} uses
 * for its vectors.
 */
public record FixedExchange(String listener, long number, long epochSecond) implements Exchange {
  public static final String PEER = "127.0.0.1:54321";
  public static final String LOCAL = "127.0.0.1:8888";
  public static final String HOST = "sounder.example";

  /** 1976-01-01 00:00 UTC, for which RFC 868 gives 2398291200. */
  public static final long NEW_YEAR_1976 = 189_302_400L;

  public static FixedExchange numbered(long number) {
    return new FixedExchange("tcp://127.0.0.1:8888", number, NEW_YEAR_1976);
  }

  @Override
  public byte[] value(Placeholder placeholder) {
    String value =
        switch (placeholder) {
          case PEER -> PEER;
          case PEER_HOST, LOCAL_HOST -> "127.0.0.1";
          case PEER_PORT -> "54321";
          case LOCAL -> LOCAL;
          case LOCAL_PORT -> "8888";
          case HOST -> HOST;
          case NUMBER -> throw new AssertionError("the number is asked for as a number");
        };
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] whoami() {
    return Whoami.json(PEER, LOCAL, listener, HOST);
  }
}
