package io.sounder.bench.race.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * How one server did in one shape.
 *
 * @param server its name
 * @param pairs one for each round; empty if it did not take part
 * @param missing why it did not; null if it did
 */
public record Standing(String server, List<Pair> pairs, String missing) {
  @JsonIgnore
  public List<Sample> samples() {
    return pairs.stream().map(Pair::server).toList();
  }
}
