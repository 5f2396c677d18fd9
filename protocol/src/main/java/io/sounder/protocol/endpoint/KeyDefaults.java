package io.sounder.protocol.endpoint;

import io.sounder.protocol.framing.Framing;
import java.util.Optional;

/** What holds where a key is absent, as text. */
final class KeyDefaults {
  private static final String AUTO = "auto";
  private static final String NONE = "none";
  private static final String OFF = "off";
  private static final String ON = "on";
  private static final String SYSTEM = "the system's";

  private KeyDefaults() {}

  /** The value that a listener has without it; empty where it would have no meaning. */
  static Optional<String> text(Key key, ListenerSpec spec) {
    return switch (key) {
      case FRAMING -> Optional.of(spec.conversation().framing().text());
      case REPLY -> Optional.of(spec.conversation().reply().toString());
      case GREETING, CLOSE_AFTER, DENY, CLIENT_CA -> Optional.of(NONE);
      case GREETING_REPEAT -> when(!spec.conversation().greetings().isEmpty(), "1");
      case MAX_FRAME -> when(isFramed(spec), Units.sizeText(spec.conversation().maxFrameBytes()));
      case ALLOW -> Optional.of(spec.endpoint().scheme().isStream() ? "any" : "loopback");
      case MAX_CONNECTIONS, RATE_LIMIT, RATE_LIMIT_TOTAL, LOOP_BREAKER -> Optional.of(AUTO);
      case MAX_CONNECTIONS_PER_IP, ACCEPT_RATE_PER_IP, PROXY_PROTOCOL, REUSE_PORT, INSPECT ->
          Optional.of(OFF);
      case PROXY_FROM -> when(spec.proxy().isRequired(), "any");
      case NODELAY, KEEPALIVE -> Optional.of(ON);
      case KEEPALIVE_IDLE -> whenProbed(spec, spec.keepAlive().idleSeconds() + "s");
      case KEEPALIVE_INTERVAL -> whenProbed(spec, spec.keepAlive().intervalSeconds() + "s");
      case KEEPALIVE_COUNT -> whenProbed(spec, String.valueOf(spec.keepAlive().count()));
      case RCVBUF, SNDBUF, LINGER -> Optional.of(SYSTEM);
      case BACKLOG, IDLE_TIMEOUT, MESSAGE_TIMEOUT, WRITE_TIMEOUT, HALF_CLOSE_TIMEOUT ->
          limit(key, spec);
      case HANDSHAKE_TIMEOUT -> spec.tls().map(tls -> timeout(tls.handshakeTimeoutNanos()));
      case WORK -> Optional.of(Units.durationText(spec.workNanos()));
      case CERT,
          KEY,
          DELAY,
          DROP,
          DUP,
          CORRUPT,
          CLOSE,
          RST,
          TRUNCATE,
          REORDER,
          SLOW,
          CAPACITY,
          SEED ->
          Optional.empty();
    };
  }

  private static Optional<String> limit(Key key, ListenerSpec spec) {
    Limits limits = spec.limits();
    return switch (key) {
      case BACKLOG -> Optional.of(String.valueOf(limits.backlog()));
      case IDLE_TIMEOUT -> Optional.of(timeout(limits.idleTimeoutNanos()));
      case MESSAGE_TIMEOUT ->
          when(isFramed(spec) || spec.proxy().isRequired(), timeout(limits.messageTimeoutNanos()));
      case WRITE_TIMEOUT -> Optional.of(timeout(limits.writeTimeoutNanos()));
      case HALF_CLOSE_TIMEOUT -> Optional.of(timeout(limits.halfCloseTimeoutNanos()));
      default -> throw new IllegalArgumentException(key.text());
    };
  }

  private static boolean isFramed(ListenerSpec spec) {
    return spec.conversation().framing() != Framing.RAW;
  }

  private static Optional<String> whenProbed(ListenerSpec spec, String text) {
    return when(!Boolean.FALSE.equals(spec.socket().keepalive()), text);
  }

  private static Optional<String> when(boolean hasMeaning, String text) {
    return hasMeaning ? Optional.of(text) : Optional.empty();
  }

  private static String timeout(long nanos) {
    return nanos == 0 ? OFF : Units.durationText(nanos);
  }
}
