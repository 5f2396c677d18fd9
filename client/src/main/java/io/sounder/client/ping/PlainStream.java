package io.sounder.client.ping;

import io.sounder.protocol.reply.BufferSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the replies out of a stream without framing, where a read may hold a part of one or several:
 * what is due next says where it ends.
 */
final class PlainStream {
  private final BufferSink kept = new BufferSink(256); // the beginning of a reply

  /**
   * Adds what a read gave.
   *
   * @param firstOnConnection the first ping sent on this connection
   * @return the replies that are now complete; bytes that cannot belong to what is due are one
   *     reply of their own, for the judge
   */
  List<ByteBuffer> add(ByteBuffer read, PingJudge judge, PingLedger ledger, int firstOnConnection) {
    kept.put(read.duplicate());
    ByteBuffer bytes = ByteBuffer.wrap(kept.toByteArray());
    kept.clear();
    List<ByteBuffer> replies = new ArrayList<>();
    List<Integer> due = ledger.outstandingSequences();
    while (bytes.hasRemaining()) {
      int next = replies.size() < due.size() ? due.get(replies.size()) : ledger.sent();
      ByteBuffer rest = bytes.duplicate();
      switch (judge.matcher(next, next - firstOnConnection + 1).take(rest)) {
        case COMPLETE -> replies.add(bytes.duplicate().limit(rest.position()));
        case PARTIAL -> {
          kept.put(bytes);
          rest = bytes;
        }
        case MISMATCH -> {
          replies.add(bytes.duplicate());
          rest.position(rest.limit());
        }
      }
      bytes = rest;
    }
    return replies;
  }
}
