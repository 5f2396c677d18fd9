package io.sounder.client.report.document;

/**
 * One objective, and whether it was met.
 *
 * @param text as it was given: {@code p99<2ms}
 * @param measured null if there was nothing to measure
 * @param unit of it: {@code ns}, {@code %}, {@code /s}, or nothing
 */
public record SloResult(String text, Double measured, String unit, boolean met) {}
