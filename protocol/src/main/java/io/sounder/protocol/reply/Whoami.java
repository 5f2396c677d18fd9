package io.sounder.protocol.reply;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One line of JSON (RFC 8259) that says who asked whom. */
public final class Whoami implements Reply {
  private final boolean endsItsLine;

  Whoami(boolean endsItsLine) {
    this.endsItsLine = endsItsLine;
  }

  @Override
  public int length(ByteBuffer message, Exchange exchange) {
    return exchange.whoami().length + (endsItsLine ? 1 : 0);
  }

  @Override
  public void write(ByteBuffer message, Exchange exchange, ByteSink out) {
    out.put(exchange.whoami());
    if (endsItsLine) {
      out.put((byte) '\n');
    }
  }

  /** The line, without its end. */
  public static byte[] json(String peer, String local, String listener, String host) {
    StringBuilder json = new StringBuilder(128).append('{');
    member(json, "peer", peer).append(',');
    member(json, "local", local).append(',');
    member(json, "listener", listener).append(',');
    member(json, "host", host).append('}');
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static StringBuilder member(StringBuilder json, String name, String value) {
    json.append('"').append(name).append("\":\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"');
  }
}
