package io.sounder.client.load.script;

import io.sounder.client.load.verify.DatagramVerifier;
import io.sounder.client.load.verify.FramedVerifier;
import io.sounder.client.load.verify.InFlight;
import io.sounder.client.load.verify.Judge;
import io.sounder.client.load.verify.LostRequests;
import io.sounder.client.load.verify.PatternJudge;
import io.sounder.client.load.verify.PatternStreamVerifier;
import io.sounder.client.load.verify.RegexJudge;
import io.sounder.client.load.verify.RegexStreamVerifier;
import io.sounder.client.load.verify.Replies;
import io.sounder.client.load.verify.ReplyPattern;
import io.sounder.client.load.verify.SilenceVerifier;
import io.sounder.client.load.verify.StreamVerifier;
import io.sounder.client.load.verify.Verifiers;
import io.sounder.client.load.verify.Wrong;
import io.sounder.protocol.framing.Framing;

/** Verifies replies of which not every byte is known. */
record RuleVerifiers(Frames frames, ReplyRule rule) implements Verifiers {
  @Override
  public StreamVerifier newStream(int connection, InFlight awaited, Replies replies) {
    if (rule instanceof ReplyRule.None) {
      return new SilenceVerifier(replies);
    }
    if (frames.framing() != Framing.RAW) {
      Judge judge = newJudge(awaited, replies);
      return new FramedVerifier(null, frames.newDecoder(), judge, connection, awaited, replies);
    }
    return rule instanceof ReplyRule.Regex regex
        ? new RegexStreamVerifier(regex.pattern(), frames.maxBytes(), awaited, replies)
        : new PatternStreamVerifier(newPattern(), awaited, replies);
  }

  @Override
  public DatagramVerifier newDatagrams(
      int connection, InFlight awaited, LostRequests lost, Replies replies) {
    Judge judge = newJudge(awaited, replies);
    return new DatagramVerifier(
        null, frames.framing(), frames.newDecoder(), judge, connection, awaited, replies);
  }

  private Judge newJudge(InFlight awaited, Replies replies) {
    if (rule instanceof ReplyRule.None) {
      return (message, wellFramed) -> replies.onStray(Wrong.EXTRA);
    }
    return rule instanceof ReplyRule.Regex regex
        ? new RegexJudge(regex.pattern(), awaited, replies)
        : new PatternJudge(newPattern(), awaited, replies);
  }

  private ReplyPattern newPattern() {
    if (rule instanceof ReplyRule.Length length) {
      return ReplyPattern.ofLength(length.bytes());
    }
    return ReplyPattern.endingIn(((ReplyRule.Until) rule).terminator());
  }
}
