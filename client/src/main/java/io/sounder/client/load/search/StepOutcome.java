package io.sounder.client.load.search;

import io.sounder.client.load.slo.Measured;

/**
 * What a step has measured.
 *
 * @param measured where {@code achievedPerSecond} counts up to the last reply, if that comes after
 *     the end of the measurement: else a queue that built up would hide that a rate is too high
 * @param clientLimited whether the client itself was the limit
 * @param elapsedNanos how long it took in all, the wait for the last replies included
 */
public record StepOutcome(Measured measured, boolean clientLimited, long elapsedNanos) {}
