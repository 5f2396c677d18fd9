package io.sounder.client.load.script;

import io.sounder.client.load.verify.DatagramVerifier;
import io.sounder.client.load.verify.Expectation;
import io.sounder.client.load.verify.FramedVerifier;
import io.sounder.client.load.verify.Identification;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.Judge;
import io.sounder.client.load.verify.LostRequests;
import io.sounder.client.load.verify.Replies;
import io.sounder.client.load.verify.StreamVerifier;
import io.sounder.client.load.verify.TextJudge;
import io.sounder.client.load.verify.TextStreamVerifier;
import io.sounder.client.load.verify.Verifiers;
import io.sounder.protocol.framing.Framing;

/**
 * Verifies replies of which every byte is known.
 *
 * @param onWire the replies with header or terminator
 * @param bare the same without
 * @param prefix what each begins with, and whose lack has a name of its own; may be empty
 * @param oneLine whether each is a line
 * @param identification null if replies do not say which request they answer
 */
record ExactVerifiers(
    Frames frames,
    Expectation onWire,
    Expectation bare,
    @SuppressWarnings("ArrayRecordComponent") byte[] prefix,
    boolean oneLine,
    Identification identification)
    implements Verifiers {
  @Override
  public StreamVerifier newStream(int connection, InFlight awaited, Replies replies) {
    if (frames.framing() == Framing.RAW) {
      return new TextStreamVerifier(bare, oneLine, identification, connection, awaited, replies);
    }
    Judge judge = newJudge(connection, awaited, null, replies, true);
    return new FramedVerifier(onWire, frames.newDecoder(), judge, connection, awaited, replies);
  }

  @Override
  public DatagramVerifier newDatagrams(
      int connection, InFlight awaited, LostRequests lost, Replies replies) {
    Judge judge = newJudge(connection, awaited, lost, replies, false);
    return new DatagramVerifier(
        onWire, frames.framing(), frames.newDecoder(), judge, connection, awaited, replies);
  }

  private Judge newJudge(
      int connection, InFlight awaited, LostRequests lost, Replies replies, boolean inOrder) {
    return new TextJudge(bare, prefix, identification, connection, awaited, lost, replies, inOrder);
  }
}
