package io.sounder.client.check;

import io.sounder.client.cli.Console;
import io.sounder.client.net.Addresses;
import io.sounder.client.net.DatagramLink;
import io.sounder.client.net.DatagramMessages;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.MessageLink;
import io.sounder.client.net.NanoClock;
import io.sounder.client.net.Resolver;
import io.sounder.client.net.StreamConnection;
import io.sounder.client.net.StreamMessages;
import io.sounder.client.wire.TlsWire;
import io.sounder.protocol.endpoint.TargetSpec;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The steps to one target. Each is printed when it is done; the first that fails ends it. */
final class Check {
  private static final double NANOS_PER_MILLI = 1e6;

  private final TargetSpec target;
  private final Dialer dialer;
  private final Console console;
  private final boolean showsOptions;
  private final NanoClock clock;

  Check(TargetSpec target, Dialer dialer, Console console, boolean showsOptions, NanoClock clock) {
    this.target = target;
    this.dialer = dialer;
    this.console = console;
    this.showsOptions = showsOptions;
    this.clock = clock;
  }

  /**
   * Takes the steps.
   *
   * @throws io.sounder.client.outcome.ClientFailure of the step that failed
   */
  void run() {
    long start = clock.nanoTime();
    List<SocketAddress> addresses = Resolver.resolve(target.endpoint());
    long nanos = clock.nanoTime() - start;
    String found = addresses.stream().map(Addresses::text).collect(Collectors.joining(", "));
    step("resolve", nanos, found);
    if (target.endpoint().scheme().isStream()) {
      checkStream(addresses);
    } else {
      checkDatagrams(addresses.get(0));
    }
  }

  private void checkStream(List<SocketAddress> addresses) {
    long start = clock.nanoTime();
    SocketChannel connected = dialer.connect(target, addresses);
    step("connect", clock.nanoTime() - start, "done");
    try (StreamConnection connection = dialer.open(target, connected)) {
      if (connection.wire() instanceof TlsWire tls) {
        TlsReport report = new TlsReport(tls, Instant.now());
        step("tls", connection.openingNanos(), report.outcome());
        report.lines(showsOptions).forEach(this::line);
      }
      printSocket(connection.localAddress(), connection.remoteAddress(), connection.channel());
      if (target.conversation().replyGiven()) {
        roundTrip(new StreamMessages(target, connection));
      }
    }
  }

  private void checkDatagrams(SocketAddress address) {
    long start = clock.nanoTime();
    try (DatagramLink link = dialer.open(target, address)) {
      step(
          "socket",
          clock.nanoTime() - start,
          "opened; over UDP only a round trip shows whether somebody is there");
      printSocket(link.localAddress(), link.remoteAddress(), link.channel());
      roundTrip(new DatagramMessages(target, link));
    }
  }

  private void printSocket(SocketAddress local, SocketAddress remote, NetworkChannel channel) {
    line("Connected from " + Addresses.text(local));
    line("Connected to   " + Addresses.text(remote));
    if (showsOptions) {
      SocketOptionLines.of(channel).forEach(this::line);
    }
  }

  private void roundTrip(MessageLink link) {
    RoundTrip roundTrip = new RoundTrip(target, link, clock);
    roundTrip.make();
    step("round trip", roundTrip.nanos(), roundTrip.outcome());
  }

  private void step(String name, long nanos, String outcome) {
    line(String.format(Locale.ROOT, "%-10s %9.3f ms  %s", name, nanos / NANOS_PER_MILLI, outcome));
  }

  private void line(String text) {
    console.out().println(text);
    console.flushOut();
  }
}
