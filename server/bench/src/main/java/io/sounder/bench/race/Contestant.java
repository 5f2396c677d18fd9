package io.sounder.bench.race;

import io.sounder.bench.race.shape.Shape;
import java.util.List;

/**
 * A server that takes part.
 *
 * @param name as it stands in the result
 * @param command how it is started for a shape
 * @param missing why it cannot be; null if it can
 */
record Contestant(String name, Command command, String missing) {
  /** How a server is started. */
  interface Command {
    List<String> of(Shape shape);
  }

  static Contestant of(String name, Command command) {
    return new Contestant(name, command, null);
  }

  static Contestant missing(String name, String why) {
    return new Contestant(name, shape -> List.of(), why);
  }
}
