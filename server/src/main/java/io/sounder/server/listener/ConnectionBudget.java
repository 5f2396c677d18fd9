package io.sounder.server.listener;

import io.sounder.protocol.endpoint.Limits;
import io.sounder.protocol.endpoint.ListenerSpec;
import java.util.List;

/**
 * How many connections each listener may have: what it asks for, or its share of what the
 * descriptor limit leaves.
 *
 * @param perAutoListener what {@code max-connections=auto} comes to
 * @param isLowered whether that is less than it would be without the limit
 */
public record ConnectionBudget(int perAutoListener, boolean isLowered) {
  /** What {@code auto} comes to where descriptors are plenty. */
  static final int AUTO_CONNECTIONS = 10_000;

  /** Kept for listeners, files, the log, the admin page. */
  static final int RESERVED_DESCRIPTORS = 64;

  /**
   * Shares out what there is.
   *
   * @param descriptorLimit how many descriptors the process may have
   * @throws ConfigurationException if the listeners ask for more than there is
   */
  public static ConnectionBudget of(List<ListenerSpec> specs, long descriptorLimit)
      throws ConfigurationException {
    List<Limits> limits =
        specs.stream()
            .filter(spec -> spec.endpoint().scheme().isStream())
            .map(ListenerSpec::limits)
            .toList();
    long asked = limits.stream().mapToLong(Limits::maxConnections).sum();
    long automatic = limits.stream().filter(limit -> limit.maxConnections() == Limits.AUTO).count();
    long available = descriptorLimit - RESERVED_DESCRIPTORS;
    if (asked + automatic > available) {
      throw new ConfigurationException(
          String.format(
              "max-connections: %d connections are asked for, but the limit of %d open files, less %d for other use, leaves %d;"
                  + " lower max-connections or raise the limit (ulimit -n)",
              asked + automatic, descriptorLimit, RESERVED_DESCRIPTORS, Math.max(0, available)));
    }
    long share = automatic == 0 ? AUTO_CONNECTIONS : (available - asked) / automatic;
    return new ConnectionBudget((int) Math.min(AUTO_CONNECTIONS, share), share < AUTO_CONNECTIONS);
  }

  /** How many connections a listener may have. */
  public int connections(ListenerSpec spec) {
    return spec.limits().maxConnections() == Limits.AUTO
        ? perAutoListener
        : spec.limits().maxConnections();
  }
}
