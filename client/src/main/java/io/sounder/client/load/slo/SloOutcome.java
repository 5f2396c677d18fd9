package io.sounder.client.load.slo;

/**
 * How one clause of an objective ended.
 *
 * @param text the clause as the user wrote it, without blanks
 * @param unit what {@code measured} is in
 * @param measured NaN if there was nothing to measure, and then it is not met
 */
public record SloOutcome(String text, Unit unit, double measured, boolean met) {}
