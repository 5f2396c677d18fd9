package io.sounder.server.fault;

import io.sounder.protocol.endpoint.Fault;

/**
 * What was drawn for one reply.
 *
 * @param deed one of {@link Fault#EXCLUSIVE}, or null
 * @param delayNanos 0 for none
 * @param salt decides about details, such as which byte
 */
public record Verdict(Fault deed, long delayNanos, long salt) {}
