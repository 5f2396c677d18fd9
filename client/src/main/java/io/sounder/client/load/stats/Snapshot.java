package io.sounder.client.load.stats;

/**
 * What was counted up to a moment, and how long things took since the moment before, handed over to
 * another thread.
 */
public record Snapshot(Counts counts, Timings timings) {}
