package io.sounder.protocol.endpoint;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of the endpoint grammar, and where each may stand. */
enum Key {
  FRAMING(Side.BOTH, Scheme.TCP, Scheme.UDP, Scheme.UNIX),
  REPLY(Side.BOTH, Scheme.TCP, Scheme.UDP, Scheme.UNIX),
  GREETING(Side.BOTH, Scheme.TCP, Scheme.UNIX),
  GREETING_REPEAT(Side.BOTH, Scheme.TCP, Scheme.UNIX),
  CLOSE_AFTER(Side.BOTH, Scheme.TCP, Scheme.UNIX),
  MAX_CONNECTIONS(Side.LISTENER, Scheme.TCP, Scheme.UNIX),
  BACKLOG(Side.LISTENER, Scheme.TCP, Scheme.UNIX),
  IDLE_TIMEOUT(Side.LISTENER, Scheme.TCP, Scheme.UNIX),
  MESSAGE_TIMEOUT(Side.LISTENER, Scheme.TCP, Scheme.UNIX),
  WRITE_TIMEOUT(Side.LISTENER, Scheme.TCP, Scheme.UNIX),
  MAX_FRAME(Side.BOTH, Scheme.TCP, Scheme.UDP, Scheme.UNIX),
  ALLOW(Side.LISTENER, Scheme.TCP, Scheme.UDP),
  NODELAY(Side.BOTH, Scheme.TCP),
  KEEPALIVE(Side.BOTH, Scheme.TCP),
  RCVBUF(Side.BOTH, Scheme.TCP, Scheme.UDP, Scheme.UNIX),
  SNDBUF(Side.BOTH, Scheme.TCP, Scheme.UDP, Scheme.UNIX),
  LINGER(Side.BOTH, Scheme.TCP),
  WORK(Side.LISTENER, Scheme.TCP, Scheme.UDP, Scheme.UNIX);

  /** Which kind of endpoint a text is read as. */
  enum Side {
    LISTENER,
    TARGET,
    BOTH;

    String noun() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Side side;
  private final Set<Scheme> schemes;

  Key(Side side, Scheme first, Scheme... more) {
    this.side = side;
    this.schemes = EnumSet.of(first, more);
  }

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean isRepeatable() {
    return this == GREETING;
  }

  boolean fits(Side asked, Scheme scheme) {
    return (side == Side.BOTH || side == asked) && schemes.contains(scheme);
  }

  /** The key of that name, or a message that names it and what there is instead. */
  static Key of(String name, Side asked, Scheme scheme) {
    Optional<Key> known =
        Arrays.stream(values()).filter(key -> key.text().equals(name)).findFirst();
    if (known.isPresent() && known.get().fits(asked, scheme)) {
      return known.get();
    }
    String allowed =
        Arrays.stream(values())
            .filter(key -> key.fits(asked, scheme))
            .map(Key::text)
            .collect(Collectors.joining(", "));
    String problem =
        known.isEmpty()
            ? "unknown key '" + name + "'"
            : "key '" + name + "' is not for a " + scheme.text() + " " + asked.noun();
    throw new EndpointException(
        problem + "; a " + scheme.text() + " " + asked.noun() + " has " + allowed);
  }
}
