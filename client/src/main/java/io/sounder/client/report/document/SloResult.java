package io.sounder.client.report.document;

/**
 * One objective, and whether it was met.
 *
 * @param text as it was given: {@code p99<2ms}
 * @param measured null if there was nothing to measure
 */
public record SloResult(String text, Double measured, boolean met) {}
