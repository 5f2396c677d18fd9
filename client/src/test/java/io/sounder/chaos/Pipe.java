package io.sounder.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One direction of a link: what was read and not yet passed on, and when it may go. */
final class Pipe {
  private final SocketChannel from;
  private final SocketChannel to;
  private final Schedule.Pace pace;
  private final long mostBytes;
  private final ByteBuffer held = ByteBuffer.allocate(Schedule.Pace.UNSLICED).limit(0);
  private long passedBytes;
  private long dueNanos;
  private boolean ended;

  /**
   * A pipe between two non-blocking channels.
   *
   * @param mostBytes how many pass in all
   */
  Pipe(SocketChannel from, SocketChannel to, Schedule.Pace pace, long mostBytes) {
    this.from = from;
    this.to = to;
    this.pace = pace;
    this.mostBytes = mostBytes;
  }

  /** Passes on what there is and what is due, the end of the stream included. */
  void step(long nowNanos) throws IOException {
    while (!ended && !isAtLimit() && (held.hasRemaining() || readSlice(nowNanos))) {
      if (dueNanos - nowNanos > 0 || !writeSlice()) {
        return;
      }
    }
  }

  private boolean readSlice(long nowNanos) throws IOException {
    held.clear().limit(pace.sliceBytes());
    int count = from.read(held);
    held.flip();
    if (count < 0) {
      ended = true;
      to.shutdownOutput();
    }
    dueNanos = nowNanos + pace.delayNanos() + count * pace.nanosPerByte();
    return count > 0;
  }

  /** Whether all of it has gone. */
  private boolean writeSlice() throws IOException {
    int end = held.limit();
    held.limit((int) Math.min(end, held.position() + mostBytes - passedBytes));
    passedBytes += to.write(held);
    held.limit(end);
    return !held.hasRemaining();
  }

  /** Whether as much has passed as may. */
  boolean isAtLimit() {
    return passedBytes == mostBytes;
  }

  /** Whether the end of the stream has passed. */
  boolean hasEnded() {
    return ended;
  }

  long passedBytes() {
    return passedBytes;
  }

  boolean wantsToRead() {
    return !ended && !held.hasRemaining();
  }

  boolean wantsToWrite(long nowNanos) {
    return held.hasRemaining() && dueNanos - nowNanos <= 0;
  }

  /** How long until something is due; {@code Long.MAX_VALUE} if nothing waits for its time. */
  long waitNanos(long nowNanos) {
    return held.hasRemaining() && dueNanos - nowNanos > 0 ? dueNanos - nowNanos : Long.MAX_VALUE;
  }
}
