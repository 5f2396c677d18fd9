package io.sounder.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.load.stats.Latencies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyChartTest {
  private static final Style UNICODE = new Style(false, true);

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 1_000, 49_000, 999_999, 5_000_000_000L})
  void fitsAScreenAndEndsAtAllOfThem(long scale) {
    for (double spread : new double[] {0, 0.001, 0.1, 1, 3}) {
      Latencies latencies = logNormal(scale, spread);
      for (Style style : List.of(UNICODE, Style.PLAIN)) {
        List<String> lines = LatencyChart.lines(latencies, style);
        assertTrue(!lines.isEmpty() && lines.size() <= 15, lines.size() + " rows");
        lines.forEach(line -> assertTrue(line.length() <= 80, line));
        assertTrue(lines.get(lines.size() - 1).endsWith(" 100 %"), String.join("\n", lines));
      }
    }
  }

  @Test
  void aSingleSlowOneAmongManyCanBeSeen() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < 100_000; i++) {
      latencies.record(50_000);
    }
    latencies.record(2_000_000_000L);
    List<String> lines = LatencyChart.lines(latencies, UNICODE);
    String last = lines.get(lines.size() - 1);
    assertTrue(last.contains("2.00 s") && last.contains("▏") && last.contains("<0.01 %"), last);
  }

  @Test
  void isAsciiWhereNothingElseIsUnderstood() {
    for (String line : LatencyChart.lines(logNormal(49_000, 1), Style.PLAIN)) {
      String ascii =
          new String(line.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
      assertEquals(ascii, line);
    }
  }

  @Test
  void isLeftOutWhereNothingWasMeasured() {
    assertEquals(List.of(), LatencyChart.lines(new Latencies(), UNICODE));
  }

  private static Latencies logNormal(long scale, double spread) {
    Random random = new Random(5);
    Latencies latencies = new Latencies();
    for (int i = 0; i < 10_000; i++) {
      latencies.record((long) (scale * Math.exp(spread * random.nextGaussian())));
    }
    return latencies;
  }
}
