package io.sounder.client.report.merge;

import io.sounder.client.report.document.ClientHealth;
import io.sounder.client.report.document.Document;
import io.sounder.client.report.document.LatencySummary;
import io.sounder.client.report.document.RunEnvironment;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where and by what clients several runs were made, as of one. */
final class MergedEnvironment {
  private MergedEnvironment() {}

  static RunEnvironment of(List<Document> runs) {
    List<RunEnvironment> all = runs.stream().map(Document::environment).toList();
    return new RunEnvironment(
        joined(all, RunEnvironment::sounderVersion),
        joined(all, RunEnvironment::javaVersion),
        joined(all, RunEnvironment::operatingSystem),
        all.stream().map(RunEnvironment::cores).distinct().count() == 1 ? all.get(0).cores() : null,
        joined(all, RunEnvironment::host),
        flags(all));
  }

  /** A flag in which they differ has the values of all. */
  private static Map<String, String> flags(List<RunEnvironment> all) {
    Set<String> names = new LinkedHashSet<>();
    all.forEach(each -> names.addAll(each.flags().keySet()));
    Map<String, String> flags = new LinkedHashMap<>();
    for (String name : names) {
      flags.put(name, joined(all, each -> each.flags().getOrDefault(name, "-")));
    }
    return flags;
  }

  private static String joined(List<RunEnvironment> all, Function<RunEnvironment, String> text) {
    Set<String> distinct =
        all.stream().map(text).collect(Collectors.toCollection(LinkedHashSet::new));
    return distinct.size() == 1
        ? distinct.iterator().next()
        : all.stream().map(text).collect(Collectors.joining(", "));
  }

  /**
   * What the clients say of themselves.
   *
   * @param sendLag pooled
   * @param loopStall pooled
   */
  static ClientHealth client(
      List<Document> runs, LatencySummary sendLag, LatencySummary loopStall) {
    List<ClientHealth> all = runs.stream().map(Document::client).toList();
    boolean cpuKnown = all.stream().map(ClientHealth::cpuCores).allMatch(Objects::nonNull);
    return new ClientHealth(
        sendLag,
        loopStall,
        cpuKnown ? (Double) all.stream().mapToDouble(ClientHealth::cpuCores).sum() : null,
        all.stream().mapToLong(ClientHealth::gcPauseNanos).reduce(0, Math::addExact),
        all.stream().mapToLong(ClientHealth::gcLongestPauseNanos).max().orElse(0),
        all.stream().mapToLong(ClientHealth::sendBufferFullNanos).reduce(0, Math::addExact),
        receiveBufferErrors(runs));
  }

  /** The kernel counts for the whole machine, so that runs on one host saw the same ones. */
  private static Long receiveBufferErrors(List<Document> runs) {
    Map<String, Long> byHost = new LinkedHashMap<>();
    for (Document run : runs) {
      Long errors = run.client().udpReceiveBufferErrors();
      if (errors == null) {
        return null;
      }
      byHost.merge(run.environment().host(), errors, Math::max);
    }
    return byHost.values().stream().reduce(0L, Math::addExact);
  }
}
