package io.sounder.protocol.endpoint;

import io.sounder.protocol.text.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of the endpoint grammar, and where each may stand. */
enum Key {
  FRAMING(Side.BOTH, Carrier.ANY),
  REPLY(Side.BOTH, Carrier.ANY),
  GREETING(Side.BOTH, Carrier.STREAM),
  GREETING_REPEAT(Side.BOTH, Carrier.STREAM),
  CLOSE_AFTER(Side.BOTH, Carrier.STREAM),
  MAX_CONNECTIONS(Side.LISTENER, Carrier.STREAM),
  MAX_CONNECTIONS_PER_IP(Side.LISTENER, Carrier.TCP),
  ACCEPT_RATE_PER_IP(Side.LISTENER, Carrier.TCP),
  BACKLOG(Side.LISTENER, Carrier.STREAM),
  IDLE_TIMEOUT(Side.LISTENER, Carrier.STREAM),
  MESSAGE_TIMEOUT(Side.LISTENER, Carrier.STREAM),
  WRITE_TIMEOUT(Side.LISTENER, Carrier.STREAM),
  HALF_CLOSE_TIMEOUT(Side.LISTENER, Carrier.STREAM),
  MAX_FRAME(Side.BOTH, Carrier.ANY),
  ALLOW(Side.LISTENER, Carrier.INET),
  DENY(Side.LISTENER, Carrier.INET),
  RATE_LIMIT(Side.LISTENER, Carrier.DATAGRAM),
  RATE_LIMIT_TOTAL(Side.LISTENER, Carrier.DATAGRAM),
  LOOP_BREAKER(Side.LISTENER, Carrier.DATAGRAM),
  PROXY_PROTOCOL(Side.LISTENER, Carrier.STREAM),
  PROXY_FROM(Side.LISTENER, Carrier.TCP),
  NODELAY(Side.BOTH, Carrier.TCP),
  KEEPALIVE(Side.BOTH, Carrier.TCP),
  KEEPALIVE_IDLE(Side.LISTENER, Carrier.TCP),
  KEEPALIVE_INTERVAL(Side.LISTENER, Carrier.TCP),
  KEEPALIVE_COUNT(Side.LISTENER, Carrier.TCP),
  RCVBUF(Side.BOTH, Carrier.ANY),
  SNDBUF(Side.BOTH, Carrier.ANY),
  LINGER(Side.BOTH, Carrier.TCP),
  REUSE_PORT(Side.LISTENER, Carrier.INET),
  CERT(Side.LISTENER, Carrier.TLS),
  KEY(Side.LISTENER, Carrier.TLS),
  CLIENT_CA(Side.LISTENER, Carrier.TLS),
  HANDSHAKE_TIMEOUT(Side.LISTENER, Carrier.TLS),
  WORK(Side.LISTENER, Carrier.ANY),
  INSPECT(Side.LISTENER, Carrier.ANY),
  DELAY(Side.RUN_TIME, Carrier.ANY),
  DROP(Side.RUN_TIME, Carrier.ANY),
  DUP(Side.RUN_TIME, Carrier.ANY),
  CORRUPT(Side.RUN_TIME, Carrier.ANY),
  CLOSE(Side.RUN_TIME, Carrier.STREAM),
  RST(Side.RUN_TIME, Carrier.TCP),
  TRUNCATE(Side.RUN_TIME, Carrier.ANY),
  REORDER(Side.RUN_TIME, Carrier.DATAGRAM),
  SLOW(Side.RUN_TIME, Carrier.STREAM),
  CAPACITY(Side.RUN_TIME, Carrier.ANY),
  SEED(Side.RUN_TIME, Carrier.ANY);

  /** Which kind of endpoint a text is read as. */
  enum Side {
    LISTENER("listener"),
    TARGET("target"),
    /** As the key of a listener and of a target. */
    BOTH(""),
    /** A listener that is running: its faults can be changed. All these keys are a listener's. */
    RUN_TIME("listener at run time");

    private final String noun;

    Side(String noun) {
      this.noun = noun;
    }

    String noun() {
      return noun;
    }
  }

  /** Which transports a key makes sense for. */
  private enum Carrier {
    ANY,
    STREAM,
    DATAGRAM,
    INET,
    TCP,
    TLS;

    boolean covers(Scheme scheme) {
      return switch (this) {
        case ANY -> true;
        case STREAM -> scheme.isStream();
        case DATAGRAM -> !scheme.isStream();
        case INET -> scheme.hasPort();
        case TCP -> scheme == Scheme.TCP || scheme == Scheme.TLS;
        case TLS -> scheme == Scheme.TLS;
      };
    }
  }

  private final Side side;
  private final Carrier carrier;

  Key(Side side, Carrier carrier) {
    this.side = side;
    this.carrier = carrier;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isRepeatable() {
    return this == GREETING;
  }

  boolean fits(Side asked, Scheme scheme) {
    boolean fitsSide =
        switch (side) {
          case BOTH -> asked != Side.RUN_TIME;
          case LISTENER, TARGET -> asked == side;
          case RUN_TIME -> asked != Side.TARGET;
        };
    return fitsSide && carrier.covers(scheme);
  }

  private static String unknown(String name, List<String> allowed) {
    return "has an unknown key" + Spelling.question(name, allowed);
  }

  /** The key of that name, or a message that says what there is instead, to go behind the key. */
  static Key of(String name, Side asked, Scheme scheme) {
    Optional<Key> known =
        Arrays.stream(values()).filter(key -> key.text().equals(name)).findFirst();
    if (known.isPresent() && known.get().fits(asked, scheme)) {
      return known.get();
    }
    List<String> allowed =
        Arrays.stream(values()).filter(key -> key.fits(asked, scheme)).map(Key::text).toList();
    String place = "a " + scheme.text() + " " + asked.noun();
    String problem = known.isEmpty() ? unknown(name, allowed) : "is not for " + place;
    throw new EndpointException(problem + "; " + place + " has " + String.join(", ", allowed));
  }
}
