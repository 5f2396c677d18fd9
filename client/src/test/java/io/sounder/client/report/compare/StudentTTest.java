package io.sounder.client.report.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
  @ParameterizedTest
  @CsvSource({"3, 3.182", "4, 2.776", "5, 2.571", "9, 2.262", "30, 2.042", "1000, 1.962"})
  void theQuantilesAreThoseOfTheTables(double degrees, double quantile) {
    assertEquals(quantile, StudentT.quantile975(degrees), quantile * 0.01);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "1.959964, 0.975", "-1.959964, 0.025", "-3, 0.0013499", "1, 0.8413447"})
  void theNormalDistributionIsThatOfTheTables(double z, double below) {
    assertEquals(below, StudentT.normalBelow(z), 1e-6);
  }
}
