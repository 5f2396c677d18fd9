package io.sounder.client.load.script;

import io.sounder.client.load.verify.DatagramVerifier;
import io.sounder.client.load.verify.Expectation;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.LostRequests;
import io.sounder.client.load.verify.OkStreamVerifier;
import io.sounder.client.load.verify.RawVerifier;
import io.sounder.client.load.verify.Replies;
import io.sounder.client.load.verify.StreamVerifier;
import io.sounder.client.load.verify.Verifiers;

/** Verifies messages that come back on a stream without frames, {@code OK...} somewhere in them. */
record OkStreams(Expectation messages, int run, boolean pipelined) implements Verifiers {
  @Override
  public StreamVerifier newStream(int connection, InFlight awaited, Replies replies) {
    RawVerifier raw = new RawVerifier(messages, run, connection, pipelined, awaited, replies);
    return new OkStreamVerifier(raw, awaited, replies, !pipelined);
  }

  @Override
  public DatagramVerifier newDatagrams(
      int connection, InFlight awaited, LostRequests lost, Replies replies) {
    throw new IllegalStateException("a datagram is no stream");
  }
}
