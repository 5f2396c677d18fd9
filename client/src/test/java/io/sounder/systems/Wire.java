package io.sounder.systems;

import io.sounder.protocol.text.Escapes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What went over the wire, in order: bytes, datagrams, ends and resets, each with the side that
 * sent it. Bytes of one side that follow each other are one entry, however they were cut, since a
 * stream has no messages. Safe for several threads.
 */
final class Wire {
  /** Who sent it. */
  enum Side {
    CLIENT,
    SERVER
  }

  private enum Kind {
    BYTES,
    DATAGRAM,
    END,
    RESET
  }

  private record Event(Side side, Kind kind, ByteBuffer bytes) {
    Event join(Event next) {
      ByteBuffer joined = ByteBuffer.allocate(bytes.remaining() + next.bytes.remaining());
      joined.put(bytes.duplicate()).put(next.bytes.duplicate());
      return new Event(side, kind, joined.flip());
    }

    boolean continues(Event last) {
      return kind == Kind.BYTES && last.kind == Kind.BYTES && last.side == side;
    }

    @Override
    public String toString() {
      String what =
          switch (kind) {
            case BYTES -> ": ";
            case DATAGRAM -> " datagram: ";
            case END -> " ends";
            case RESET -> " resets";
          };
      return side.name().toLowerCase(Locale.ROOT)
          + what
          + Escapes.show(bytes, Integer.MAX_VALUE / 2);
    }
  }

  private static final byte[] NOTHING = {};

  private final List<Event> events = new ArrayList<>();

  Wire client(String text) {
    return add(Side.CLIENT, Kind.BYTES, text.getBytes(StandardCharsets.UTF_8));
  }

  Wire server(String text) {
    return server(text.getBytes(StandardCharsets.UTF_8));
  }

  Wire server(byte[] bytes) {
    return add(Side.SERVER, Kind.BYTES, bytes);
  }

  Wire clientEnds() {
    return ends(Side.CLIENT);
  }

  Wire serverEnds() {
    return ends(Side.SERVER);
  }

  Wire clientDatagram(String text) {
    return datagram(Side.CLIENT, text.getBytes(StandardCharsets.UTF_8));
  }

  Wire serverDatagram(String text) {
    return serverDatagram(text.getBytes(StandardCharsets.UTF_8));
  }

  Wire serverDatagram(byte[] bytes) {
    return datagram(Side.SERVER, bytes);
  }

  Wire bytes(Side side, byte[] bytes) {
    return add(side, Kind.BYTES, bytes);
  }

  Wire datagram(Side side, byte[] bytes) {
    return add(side, Kind.DATAGRAM, bytes);
  }

  Wire ends(Side side) {
    return add(side, Kind.END, NOTHING);
  }

  Wire resets(Side side) {
    return add(side, Kind.RESET, NOTHING);
  }

  private Wire add(Side side, Kind kind, byte[] bytes) {
    return add(new Event(side, kind, ByteBuffer.wrap(bytes)));
  }

  private synchronized Wire add(Event event) {
    int last = events.size() - 1;
    if (last >= 0 && event.continues(events.get(last))) {
      events.set(last, events.get(last).join(event));
    } else {
      events.add(event);
    }
    return this;
  }

  synchronized int size() {
    return events.size();
  }

  /** The bytes of one datagram or piece of stream. */
  synchronized byte[] bytesAt(int index) {
    ByteBuffer bytes = events.get(index).bytes();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return copy;
  }

  /**
   * The same where the two sides do not wait for each other: each side's stream by itself, then the
   * closes in their order.
   */
  synchronized String bySide() {
    Wire sorted = new Wire();
    for (Side side : Side.values()) {
      events.stream()
          .filter(event -> event.kind == Kind.BYTES && event.side == side)
          .forEach(sorted::add);
    }
    events.stream().filter(event -> event.kind != Kind.BYTES).forEach(sorted::add);
    return sorted.toString();
  }

  /** One line for each entry; different bytes never look the same. */
  @Override
  public synchronized String toString() {
    return events.stream().map(Event::toString).collect(Collectors.joining("\n"));
  }
}
