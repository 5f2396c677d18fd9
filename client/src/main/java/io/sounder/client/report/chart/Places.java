package io.sounder.client.report.chart;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The places on an x axis that several curves have in common. */
final class Places {
  private final TreeSet<Double> places = new TreeSet<>();

  void addAll(Map<Double, Double> curve) {
    places.addAll(curve.keySet());
  }

  List<Double> x() {
    return List.copyOf(places);
  }

  /** A curve's value at each place; absent where it has none. */
  List<Double> y(Map<Double, Double> curve) {
    return places.stream().map(place -> curve.getOrDefault(place, Chart.ABSENT)).toList();
  }
}
