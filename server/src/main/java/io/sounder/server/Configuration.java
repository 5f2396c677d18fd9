package io.sounder.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One reading of the command line, with the files that it names.
 *
 * @param arguments what was read, to say where something stands
 * @param server what the server is asked to be
 * @param admin where operators ask
 * @param statsNanos how often a summary is logged; 0 for never
 * @param options each option by its name, as it is in effect: as it was written, or what it came
 *     to; empty for a flag that is set
 */
record Configuration(
    Arguments arguments,
    ServerOptions server,
    AdminOptions.Choice admin,
    long statsNanos,
    Map<String, String> options) {
  /** Options that a reload takes over. */
  private static final Set<String> CHANGEABLE = Set.of("--drain-timeout", "--lame-duck", "--stats");

  Configuration {
    options = new LinkedHashMap<>(options);
  }

  /** What is in effect once a running service has followed another configuration. */
  Configuration followedTo(Configuration other) {
    Map<String, String> inEffect = new LinkedHashMap<>(options);
    inEffect.replaceAll(
        (name, value) ->
            CHANGEABLE.contains(name) ? other.options.getOrDefault(name, value) : value);
    return new Configuration(other.arguments, other.server, admin, other.statsNanos, inEffect);
  }

  /** The options that differ from those of another, and that only a restart can change. */
  List<String> needingRestart(Configuration other) {
    Map<String, String> all = new LinkedHashMap<>(options);
    all.putAll(other.options);
    return all.keySet().stream()
        .filter(name -> !CHANGEABLE.contains(name))
        .filter(name -> !Objects.equals(options.get(name), other.options.get(name)))
        .toList();
  }
}
