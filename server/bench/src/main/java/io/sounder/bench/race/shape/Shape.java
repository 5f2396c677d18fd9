package io.sounder.bench.race.shape;

import io.sounder.bench.peer.Conversation;
import java.util.ArrayList;
import java.util.List;

/** What is asked of the servers: a conversation, and how much of it at once. Closed loop. */
public enum Shape {
  ONE("1", "1 connection × 64 B", Conversation.RAW, 1, "64B", Field.EVERYONE),
  EIGHT("8", "8 connections × 64 B", Conversation.RAW, 8, "64B", Field.FLOOR),
  SIXTY_FOUR("64", "64 connections × 64 B", Conversation.RAW, 64, "64B", Field.EVERYONE),
  THOUSAND("1000", "1,000 connections × 64 B", Conversation.RAW, 1000, "64B", Field.EVERYONE),
  NINE_THOUSAND("9000", "9,000 connections × 64 B", Conversation.RAW, 9000, "64B", Field.FLOOR),
  PIPELINED("pipelined", "64 × 64 B, 16 in flight", Conversation.RAW, 64, "64B", Field.RIVALS) {
    @Override
    public List<String> loadFlags() {
      return with(super.loadFlags(), "-p", "16");
    }
  },
  KILOBYTES("16k", "16 connections × 16 KiB", Conversation.RAW, 16, "16KiB", Field.RIVALS),
  MEGABYTE("1m", "4 connections × 1 MiB", Conversation.RAW, 4, "1MiB", Field.RIVALS),
  UDP_ONE("udp-1", "UDP, 1 socket × 64 B", Conversation.UDP, 1, "64B", Field.RIVALS),
  UDP_MANY("udp-64", "UDP, 64 sockets × 64 B", Conversation.UDP, 64, "64B", Field.RIVALS),
  UDP_LARGE(
      "udp-1200", "UDP, 64 × 1,200 B, 4 in flight", Conversation.UDP, 64, "1200B", Field.RIVALS) {
    @Override
    public List<String> loadFlags() {
      return with(super.loadFlags(), "-p", "4");
    }
  },
  LINE("line", "lines with OK…, 64 × 64 B", Conversation.LINE_OK, 64, "64B", Field.NETTY),
  LENGTH("length", "length-prefixed, 64 × 64 B", Conversation.LENGTH, 64, "64B", Field.NETTY),
  TLS("tls", "TLS, 64 connections × 64 B", Conversation.TLS, 64, "64B", Field.NETTY),
  TLS_LARGE("tls-16k", "TLS, 16 connections × 16 KiB", Conversation.TLS, 16, "16KiB", Field.NETTY),
  CHURN("churn", "connect, echo, close; 64 at once", Conversation.RAW, 64, "64B", Field.RIVALS) {
    @Override
    public List<String> loadFlags() {
      return with(super.loadFlags(), "--requests-per-connection", "1");
    }
  },
  WORK("work", "50 µs of computing, 64 × 64 B", Conversation.RAW, 64, "64B", Field.POOLS) {
    @Override
    public long workNanos() {
      return 50_000;
    }
  };

  /** Who takes part. */
  public enum Field {
    /** The C program alone. */
    FLOOR,
    /** Netty alone. */
    NETTY,
    /** The C program and Netty. */
    RIVALS,
    /** Those that use more than one core, and Sounder without its pool. */
    POOLS,
    /** All there are, and Sounder's own settings. */
    EVERYONE
  }

  private final String id;
  private final String title;
  private final Conversation conversation;
  private final int connections;
  private final String size;
  private final Field field;

  Shape(
      String id,
      String title,
      Conversation conversation,
      int connections,
      String size,
      Field field) {
    this.id = id;
    this.title = title;
    this.conversation = conversation;
    this.connections = connections;
    this.size = size;
    this.field = field;
  }

  /** As it is named on the command line, and in the result. */
  public String id() {
    return id;
  }

  public String title() {
    return title;
  }

  public Conversation conversation() {
    return conversation;
  }

  public Field field() {
    return field;
  }

  /** How long a server computes for each reply. */
  public long workNanos() {
    return 0;
  }

  /** How the load differs from the generator's default. */
  public List<String> loadFlags() {
    List<String> flags = List.of("-c", Integer.toString(connections), "-s", size);
    return conversation == Conversation.TLS ? with(flags, "--insecure") : flags;
  }

  /** What the generator has to know of a server at {@code address} to check its replies. */
  public String target(String address) {
    return switch (conversation) {
      case RAW -> "tcp://" + address;
      case LINE_OK -> "tcp://" + address + "?framing=line&reply=ok";
      case LENGTH -> "tcp://" + address + "?framing=length";
      case UDP -> "udp://" + address;
      case TLS -> "tls://" + address;
    };
  }

  /** Sounder's listener for it; over TLS without the files that it needs. */
  public String listener() {
    String target = target("127.0.0.1:0");
    return workNanos() == 0 ? target : target + "?work=" + workNanos() + "ns";
  }

  /** The shape of that name; throws {@link IllegalArgumentException} that says which there are. */
  public static Shape of(String id) {
    StringBuilder all = new StringBuilder();
    for (Shape shape : values()) {
      if (shape.id.equals(id)) {
        return shape;
      }
      all.append(all.isEmpty() ? "" : " ").append(shape.id);
    }
    throw new IllegalArgumentException("no shape '" + id + "'; there are " + all);
  }

  private static List<String> with(List<String> flags, String... more) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
