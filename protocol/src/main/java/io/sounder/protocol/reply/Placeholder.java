package io.sounder.protocol.reply;

import java.util.Optional;
import java.util.stream.Stream;

/** What a greeting or a fixed reply can have filled in. */
public enum Placeholder {
  /** The peer's address and port: {@code 1.2.3.4:5}, {@code [::1]:5}, or {@code unix}. */
  PEER("peer"),
  PEER_HOST("peer.host"),
  PEER_PORT("peer.port"),
  /** The address and port that the peer asked. */
  LOCAL("local"),
  LOCAL_HOST("local.host"),
  LOCAL_PORT("local.port"),
  /** The name of the machine that answers. */
  HOST("host"),
  /** The greeting's or reply's number, from 1: on this connection, or on this UDP listener. */
  NUMBER("n");

  private final String text;

  Placeholder(String text) {
    this.text = text;
  }

  /** The placeholder as it is written, with its braces. */
  public String text() {
    return "{" + text + "}";
  }

  /** The placeholder that stands at an index of a text, if one does. */
  static Optional<Placeholder> at(String text, int index) {
    return Stream.of(values())
        .filter(placeholder -> text.startsWith(placeholder.text(), index))
        .findFirst();
  }
}
