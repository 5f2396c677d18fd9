package io.sounder.bench.race.shape;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The names of all shapes, for the help text. */
public final class ShapeIds implements Iterable<String> {
  public List<String> all() {
    return Arrays.stream(Shape.values()).map(Shape::id).toList();
  }

  @Override
  public Iterator<String> iterator() {
    return all().iterator();
  }
}
