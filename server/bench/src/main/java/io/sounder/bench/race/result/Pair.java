package io.sounder.bench.race.result;

/**
 * A server's turn, and what Sounder did right before and after it.
 *
 * @param server the other one
 * @param sounder between its two turns
 */
public record Pair(Sample server, Sample sounder) {}
