package io.sounder.client.ping;

import io.sounder.client.cli.Console;
import io.sounder.protocol.endpoint.Units;
import java.util.Locale;

/**
 * The lines that a ping prints. Each is flushed, for whoever reads along on a pipe; when nobody
 * does any more, the next one is a {@link io.sounder.client.outcome.ClientFailure}, and so the end.
 */
final class PingReport {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Console console;

  PingReport(Console console) {
    this.console = console;
  }

  void start(String target, String remote, int messageBytes) {
    line("PING " + target + " (" + remote + "): " + messageBytes + " bytes");
  }

  void reply(
      int bytes, String remote, int sequence, PingLedger.Arrival arrival, long roundTripNanos) {
    String time =
        switch (arrival) {
          case IN_ORDER -> " time=" + millis(roundTripNanos) + " ms";
          case OUT_OF_ORDER -> " time=" + millis(roundTripNanos) + " ms (out of order)";
          case DUPLICATE -> " (DUP!)";
          case LATE -> " (late: it had been given up)";
        };
    line(bytes + " bytes from " + remote + ": seq=" + sequence + time);
  }

  void wrong(int bytes, String remote, String shown) {
    line(bytes + " bytes from " + remote + ": WRONG, this answers no ping: '" + shown + "'");
  }

  void unreadable(String why) {
    line("WRONG: " + why);
  }

  void refused(int sequence) {
    line("seq=" + sequence + " refused (ICMP port unreachable)");
  }

  void lost(int sequence) {
    line("seq=" + sequence + " no reply");
  }

  /** Sums up, after a failure too: so that this one does not hide it, none is thrown here. */
  void summary(String target, PingLedger ledger, long durationNanos) {
    double loss =
        ledger.sent() == 0 ? 0 : 100.0 * (ledger.sent() - ledger.received()) / ledger.sent();
    print("");
    print("--- " + target + " ping statistics ---");
    print(
        String.format(
            Locale.ROOT,
            "%d sent, %d received, %.1f%% loss, %d duplicates, %d out of order, %d wrong, %d late,"
                + " %d refused, time %s",
            ledger.sent(),
            ledger.received(),
            loss,
            ledger.duplicates(),
            ledger.outOfOrder(),
            ledger.wrong(),
            ledger.late(),
            ledger.refused(),
            Units.durationText(durationNanos / 1_000_000 * 1_000_000)));
    RoundTripTimes times = ledger.times();
    if (times.count() > 0) {
      print(
          "rtt min/avg/max/mdev = "
              + millis(times.minNanos())
              + "/"
              + millis(times.meanNanos())
              + "/"
              + millis(times.maxNanos())
              + "/"
              + millis(times.deviationNanos())
              + " ms");
    }
  }

  private static String millis(long nanos) {
    return millis((double) nanos);
  }

  private static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_MILLI);
  }

  private void line(String text) {
    print(text);
    console.flushOut();
  }

  private void print(String text) {
    console.out().println(text);
  }
}
