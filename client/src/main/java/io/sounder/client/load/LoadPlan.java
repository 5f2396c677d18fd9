package io.sounder.client.load;

import io.sounder.client.load.rate.ArrivalProcess;
import io.sounder.client.load.script.Script;
import io.sounder.client.load.slo.Slo;
import io.sounder.client.load.verify.Verification;
import io.sounder.client.outcome.UsageException;
import io.sounder.client.report.RunIdentity;
import io.sounder.client.report.RunOutline;
import io.sounder.protocol.endpoint.Conversation;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.framing.Framing;
import io.sounder.protocol.payload.Identity;
import io.sounder.protocol.reply.Ok;
import io.sounder.protocol.reply.ReplySpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a load test is to do. Times are in nanoseconds.
 *
 * @param requests how many at most; {@link #UNLIMITED} for as many as the duration lets through
 * @param payloadBytes the size of each message, without what framing adds
 * @param pipeline how many requests are in flight on a connection at once
 * @param pace when requests are sent; null in a closed loop, where replies say so
 * @param slo what is asked of the target; null if nothing is
 * @param script what is said in place of payloads, and expected in place of what the target says
 */
public record LoadPlan(
    TargetSpec target,
    int connections,
    long durationNanos,
    long requests,
    int payloadBytes,
    int pipeline,
    int threads,
    long warmUpNanos,
    long timeoutNanos,
    Pace pace,
    ConnectionLife life,
    Slo slo,
    Script script) {
  public static final long UNLIMITED = 0;

  private static final int MAX_DATAGRAM_BYTES = 65_507;

  /**
   * Checks that the parts go together.
   *
   * @throws UsageException with one line for the user
   */
  public LoadPlan {
    if (threads > connections) {
      throw new UsageException(
          "--threads " + threads + " is more than --connections " + connections);
    }
    if (slo != null) {
      boolean answered = !script.isSilent(target.conversation());
      slo.checkMeasured(pace != null, answered, target.endpoint().scheme());
    }
    checkLife(target, life);
    if (pace != null && target.conversation().isTimeAtOnce(target.endpoint().scheme())) {
      throw new UsageException(
          "--rate does not go with reply=time over a stream, where each connection is one reply;"
              + " --connect-rate says how many there are");
    }
    if (!script.hasMessages()) {
      checkSize(target, payloadBytes);
    }
    if (!script.hasRule()) {
      checkPipeline(target, script.hasMessages() ? Identity.BYTES : payloadBytes, pipeline);
    }
    script.check(target, pipeline);
    if (target.conversation().closeAfter() == 0) {
      throw new UsageException(
          "close-after=0 leaves no request to answer, so there is nothing to load; "
              + "'sounder check' tries such a server");
    }
  }

  private static void checkLife(TargetSpec target, ConnectionLife life) {
    boolean udp = target.endpoint().scheme() == Scheme.UDP;
    if (life.requestsPerConnection() != Conversation.NEVER && udp) {
      throw new UsageException(
          "--requests-per-connection does not go with udp, which has no connections");
    }
    if (!life.sources().isEmpty() && target.endpoint().scheme() == Scheme.UNIX) {
      throw new UsageException("--source-ip does not go with unix, which has no IP addresses");
    }
  }

  private static void checkSize(TargetSpec target, int payloadBytes) {
    Conversation conversation = target.conversation();
    String size = "--size " + Units.sizeText(payloadBytes);
    boolean framed = conversation.framing() != Framing.RAW;
    if (framed && payloadBytes > conversation.maxFrameBytes()) {
      throw new UsageException(
          size
              + " is above max-frame="
              + Units.sizeText(conversation.maxFrameBytes())
              + "; give the target a larger max-frame, and the server too");
    }
    if (target.endpoint().scheme() == Scheme.UDP) {
      int added =
          (conversation.framing().hasHeader() ? Framing.HEADER_BYTES : 0)
              + (conversation.framing() == Framing.LINE ? 1 : 0)
              + (conversation.reply().kind() == ReplySpec.Kind.OK ? Ok.PREFIX.length() : 0);
      if (payloadBytes > MAX_DATAGRAM_BYTES - added) {
        throw new UsageException(
            size + " does not fit a datagram; at most " + (MAX_DATAGRAM_BYTES - added) + "B does");
      }
    } else if (payloadBytes == 0 && !framed && !conversation.isTimeAtOnce(Scheme.TCP)) {
      throw new UsageException(size + " sends nothing on a raw stream; give at least 1B");
    }
  }

  private static void checkPipeline(TargetSpec target, int payloadBytes, int pipeline) {
    if (pipeline == 1) {
      return;
    }
    Conversation conversation = target.conversation();
    boolean udp = target.endpoint().scheme() == Scheme.UDP;
    boolean boundless = udp || conversation.framing() == Framing.RAW;
    if (!udp
        && conversation.framing() == Framing.RAW
        && conversation.closeAfter() != Conversation.NEVER) {
      throw new UsageException(
          "--pipeline "
              + pipeline
              + " does not go with close-after on a raw stream, where one read may take several"
              + " requests as one message; leave it at 1");
    }
    if (Verification.isSilent(conversation)) {
      return;
    }
    if (boundless && !Verification.carriesPayload(conversation)) {
      throw new UsageException(
          "--pipeline "
              + pipeline
              + " does not go with reply="
              + conversation.reply()
              + (udp ? " over udp" : " on a raw stream")
              + ", where nothing tells which request a reply answers; leave it at 1");
    }
    if (udp && payloadBytes < Identity.BYTES) {
      throw new UsageException(
          "--pipeline "
              + pipeline
              + " over udp needs --size "
              + Identity.BYTES
              + "B or more, so that each datagram says which request it is");
    }
  }

  /** The same at another rate, for another time and objective: a step of several. */
  LoadPlan step(Pace newPace, long newWarmUpNanos, long newDurationNanos, Slo newSlo) {
    return new LoadPlan(
        target,
        connections,
        newDurationNanos,
        UNLIMITED,
        payloadBytes,
        pipeline,
        threads,
        newWarmUpNanos,
        timeoutNanos,
        newPace,
        life,
        newSlo,
        script);
  }

  /** What the run is going to do, for those who watch it. */
  RunOutline outline() {
    return new RunOutline(target.text(), settings(), connections, durationNanos, requests);
  }

  /** What the run is, for its report. */
  RunIdentity identity() {
    return new RunIdentity(
        String.format(Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong()),
        target.text(),
        settings(),
        connections,
        target.endpoint().scheme().isStream(),
        !isSilent(),
        pace == null ? Double.NaN : pace.asked(durationNanos),
        pace == null ? null : pace.process().text(),
        slo);
  }

  /** The flags in force, by name, in the order in which they are shown. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("connections", connections);
    settings.put("threads", threads);
    settings.put("pipeline", pipeline);
    if (!script.hasMessages()) {
      settings.put("size", Units.sizeText(payloadBytes));
    }
    settings.putAll(script.flags());
    settings.put("duration", Units.durationText(durationNanos));
    if (requests != UNLIMITED) {
      settings.put("requests", requests);
    }
    settings.put("warmup", Units.durationText(warmUpNanos));
    settings.put("timeout", Units.durationText(timeoutNanos));
    if (pace != null) {
      settings.put("rate", pace.profile().text());
      settings.put("arrivals", pace.process().text());
      if (pace.process() == ArrivalProcess.POISSON) {
        settings.put("seed", pace.seed());
      }
    }
    life.addSettings(settings);
    return settings;
  }

  /** Whether each connection is one reply without a request: RFC 868 over a stream. */
  boolean isTimeAtOnce() {
    return target.conversation().isTimeAtOnce(target.endpoint().scheme());
  }

  /** After how many replies the peer closes; {@link Conversation#NEVER} if it does not. */
  long closeAfter() {
    return isTimeAtOnce() ? 1 : target.conversation().closeAfter();
  }

  /** How many requests one connection takes, from us or from the peer. */
  long requestsOnOneConnection() {
    long theirs = closeAfter() == Conversation.NEVER ? Long.MAX_VALUE : closeAfter();
    long ours = life.requestsPerConnection();
    return Math.min(theirs, ours == Conversation.NEVER ? Long.MAX_VALUE : ours);
  }

  /** The number of the first connection of a loop; that of the loop after it ends its share. */
  int firstConnection(int shard) {
    return (int) ((long) connections * shard / threads);
  }

  boolean isOpenLoop() {
    return pace != null;
  }

  /** Says when the requests of a loop begin. */
  Pacer newPacer(Schedule schedule, int shard) {
    if (pace == null) {
      return new ClosedLoop(schedule);
    }
    long share =
        requests == UNLIMITED
            ? Pacer.NEVER
            : requests / threads + (shard < requests % threads ? 1 : 0);
    return new OpenLoop(
        schedule, pace.warmUp(shard, threads), pace.measured(shard, threads), share);
  }

  boolean isSilent() {
    return script.isSilent(target.conversation());
  }
}
