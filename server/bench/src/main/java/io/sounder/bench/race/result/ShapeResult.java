package io.sounder.bench.race.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * What one shape came to.
 *
 * @param shape its id
 * @param sounder all of Sounder's own turns, with its defaults
 * @param others all others, the control among them
 */
public record ShapeResult(String shape, List<Sample> sounder, List<Standing> others) {
  /** The server of that name, if it took part. */
  @JsonIgnore
  public Optional<Standing> of(String server) {
    return others.stream()
        .filter(standing -> standing.server().equals(server) && !standing.pairs().isEmpty())
        .findFirst();
  }
}
