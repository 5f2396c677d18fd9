package io.sounder.server.listener;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.protocol.endpoint.ListenerText;
import io.sounder.protocol.endpoint.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be done so that other listeners run than do now. Two are one if they are at one
 * address: the same transport, host as written, port or path. So TLS can come and go on a TCP port.
 * Where several have one address (port 0, {@code reuse-port}), they are matched in their order.
 *
 * @param steps one for each listener that is wanted, in that order
 * @param removed the indices of those that run and are not wanted any more
 */
public record ListenerDiff(List<Step> steps, List<Integer> removed) {
  /** What becomes of a listener. */
  public enum Kind {
    ADDED,
    CHANGED,
    UNCHANGED
  }

  private static final int NONE = -1;

  /**
   * How one listener comes to be.
   *
   * @param spec what is wanted
   * @param current the index of the one that runs at its address; -1 where it is added
   */
  public record Step(Kind kind, ListenerSpec spec, int current) {}

  /** From those that run to those that are wanted. */
  public static ListenerDiff of(List<ListenerSpec> running, List<ListenerSpec> wanted) {
    List<Integer> left = new ArrayList<>(IntStream.range(0, running.size()).boxed().toList());
    List<Step> steps = new ArrayList<>();
    for (ListenerSpec spec : wanted) {
      int current = take(left, running, spec);
      steps.add(new Step(kind(current, running, spec), spec, current));
    }
    return new ListenerDiff(List.copyOf(steps), List.copyOf(left));
  }

  private static int take(List<Integer> left, List<ListenerSpec> running, ListenerSpec spec) {
    for (int i = 0; i < left.size(); i++) {
      if (address(running.get(left.get(i))).equals(address(spec))) {
        return left.remove(i);
      }
    }
    return NONE;
  }

  private static Kind kind(int current, List<ListenerSpec> running, ListenerSpec spec) {
    if (current == NONE) {
      return Kind.ADDED;
    }
    String before = ListenerText.of(running.get(current)).url();
    return before.equals(ListenerText.of(spec).url()) ? Kind.UNCHANGED : Kind.CHANGED;
  }

  private static Endpoint address(ListenerSpec spec) {
    Endpoint endpoint = spec.endpoint();
    return endpoint.scheme() == Scheme.TLS
        ? Endpoint.inet(Scheme.TCP, endpoint.host(), endpoint.port())
        : endpoint;
  }

  /** How many listeners have that become of them. */
  public long count(Kind kind) {
    return steps.stream().filter(step -> step.kind() == kind).count();
  }
}
