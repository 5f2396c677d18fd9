package io.sounder.server;

import io.sounder.protocol.endpoint.AccessList;
import io.sounder.protocol.endpoint.Guards;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.ListenerText;
import io.sounder.protocol.endpoint.ListenerText.Setting;
import io.sounder.protocol.endpoint.Units;
import io.sounder.server.connection.Listener;
import io.sounder.server.listener.ConfigurationException;
import io.sounder.server.listener.ConnectionBudget;
import io.sounder.server.listener.DescriptorLimit;
import io.sounder.server.listener.ListenerCheck;
import io.sounder.server.listener.SocketOptions;
import io.sounder.server.tls.TlsContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration as it is in effect, as text: a file that gives the same service, with what holds
 * where nothing was said in its comments.
 */
final class EffectiveConfiguration {
  private static final String HEAD =
      """
      # What is in effect. This is a file too: sounder serve @FILE
      """;

  private final Configuration configuration;
  private final ConnectionBudget budget;
  private final StringBuilder text = new StringBuilder(HEAD);

  private EffectiveConfiguration(Configuration configuration, ConnectionBudget budget) {
    this.configuration = configuration;
    this.budget = budget;
  }

  /**
   * The text, after all was checked that can be without opening anything. Reads certificates and
   * looks names up.
   *
   * @throws ConfigurationException if it could not be served, as far as can be known
   */
  static String checked(Configuration configuration) throws ConfigurationException {
    List<ListenerSpec> specs = configuration.server().listeners();
    ConnectionBudget budget = ConnectionBudget.of(specs, DescriptorLimit.current());
    EffectiveConfiguration effective = new EffectiveConfiguration(configuration, budget);
    effective.options();
    for (ListenerSpec spec : specs) {
      effective.listener(spec, ListenerCheck.check(spec));
    }
    return effective.text.toString();
  }

  /** The text of what runs, with the ports that listeners got. */
  static String inEffect(Configuration configuration, List<Listener> listeners)
      throws ConfigurationException {
    List<ListenerSpec> specs = listeners.stream().map(Listener::spec).toList();
    ConnectionBudget budget = ConnectionBudget.of(specs, DescriptorLimit.current());
    EffectiveConfiguration effective = new EffectiveConfiguration(configuration, budget);
    effective.options();
    for (Listener each : listeners) {
      effective.listener(each.spec(), Optional.ofNullable(each.tls()));
      if (!each.endpoint().equals(each.spec().endpoint())) {
        effective.text.append("# which is at ").append(each.endpoint()).append('\n');
      }
    }
    return effective.text.toString();
  }

  private void options() {
    for (Map.Entry<String, String> option : configuration.options().entrySet()) {
      String name = option.getKey();
      String line = option.getValue().isEmpty() ? name : name + " " + option.getValue();
      text.append(line).append('\n');
    }
    if (!configuration.admin().explicit()) {
      text.append("# --admin ")
          .append(AdminOptions.DEFAULT)
          .append(" (default: where that is taken, the service does without)\n");
    }
  }

  private void listener(ListenerSpec spec, Optional<TlsContext> tls) {
    ListenerText listener = ListenerText.of(spec);
    text.append("\n# ").append(spec.endpoint()).append('\n');
    for (Setting each : listener.settings()) {
      String value = each.isGiven() ? given(spec, each) : unsaid(spec, each);
      text.append(String.format("#   %-23s%s%n", each.key(), value));
    }
    tls.ifPresent(
        read ->
            text.append(String.format("#   (its certificate expires at %s)%n", read.notAfter())));
    text.append(listener.url()).append('\n');
  }

  private String given(ListenerSpec spec, Setting each) {
    boolean isAuto = each.key().equals("max-connections") && each.value().equals("auto");
    return isAuto ? resolved(spec, each) : each.value();
  }

  private String unsaid(ListenerSpec spec, Setting each) {
    return resolved(spec, each) + " (default)";
  }

  /** What a default comes to that depends on something else. */
  private String resolved(ListenerSpec spec, Setting each) {
    boolean udp = !spec.endpoint().scheme().isStream();
    return switch (each.key()) {
      case "max-connections" -> "auto: " + budget.connections(spec);
      case "rate-limit" -> rate(spec, SourceGuards.OPEN_REPLIES_PER_SECOND);
      case "rate-limit-total" -> rate(spec, total(spec));
      case "loop-breaker" -> isOnLoopback(spec) ? "off" : "on, but for addresses on loopback";
      case "rcvbuf" -> udp ? Units.sizeText(SocketOptions.UDP_RECEIVE_BUFFER_BYTES) : each.value();
      default -> each.value();
    };
  }

  private static int total(ListenerSpec spec) {
    int perSource = spec.guards().repliesPerSecondPerSource();
    return SourceGuards.OPEN_SOURCES
        * (perSource == Guards.AUTO ? SourceGuards.OPEN_REPLIES_PER_SECOND : perSource);
  }

  private static String rate(ListenerSpec spec, int whereOpen) {
    boolean limited = !isOnLoopback(spec) && spec.access().filter(AccessList::isOpen).isPresent();
    return limited && whereOpen > 0 ? whereOpen + ", but for addresses on loopback" : "off";
  }

  private static boolean isOnLoopback(ListenerSpec spec) {
    try {
      return InetAddress.getByName(spec.endpoint().host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // it was known a moment ago
    }
  }
}
