package io.sounder.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.protocol.endpoint.ListenerSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which listeners are the same, and which differ. */
class ListenerDiffTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          tcp://h:1                      | tcp://h:1                      | UNCHANGED 0             |
          tcp://h:1?reply=ok&backlog=5   | tcp://h:1?backlog=5&reply=ok   | UNCHANGED 0             |
          tcp://h:1?greeting=a&greeting=b | tcp://h:1?greeting=b&greeting=a | CHANGED 0            |
          tcp://:80                      | tcp://[::]:http                | UNCHANGED 0             |
          tcp://h:1                      | tcp://h:1?reply=ok             | CHANGED 0               |
          tcp://h:1                      | tcp://h:2                      | ADDED -1                | 0
          tcp://h:1                      | tcp://i:1                      | ADDED -1                | 0
          tcp://h:1                      | udp://h:1                      | ADDED -1                | 0
          tcp://h:1                      | tls://h:1?cert=c&key=k         | CHANGED 0               |
          tls://h:1?cert=c&key=k         | tls://h:1?cert=d&key=k         | CHANGED 0               |
          unix:///a                      | unix:///b                      | ADDED -1                | 0
          unix:///a                      | unix:///a                      | UNCHANGED 0             |
          tcp://h:1 tcp://h:2 tcp://h:3  | tcp://h:3 tcp://h:4            | UNCHANGED 2,ADDED -1    | 0,1
          tcp://h:0 tcp://h:0            | tcp://h:0?reply=ok tcp://h:0 tcp://h:0 | CHANGED 0,UNCHANGED 1,ADDED -1 |
          tcp://h:0 tcp://h:0            | tcp://h:0                      | UNCHANGED 0             | 1
          -                              | tcp://h:1                      | ADDED -1                |
          """)
  void matchesByAddressAndThenByKeys(String running, String wanted, String steps, String removed) {
    ListenerDiff diff = ListenerDiff.of(specs(running), specs(wanted));
    assertEquals(
        steps,
        diff.steps().stream()
            .map(step -> step.kind() + " " + step.current())
            .collect(Collectors.joining(",")));
    assertEquals(
        removed == null ? "" : removed,
        diff.removed().stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  private static List<ListenerSpec> specs(String listeners) {
    return listeners == null
        ? List.of()
        : Stream.of(listeners.split(" ")).map(ListenerSpec::parse).toList();
  }
}
