package io.sounder.client.load.search;

/**
 * A test to run: open loop, at one rate.
 *
 * @param perSecond the rate to ask for
 * @param warmUpNanos at that rate, not measured
 * @param measureNanos how long to measure after it
 */
public record Step(double perSecond, Phase phase, long warmUpNanos, long measureNanos) {}
