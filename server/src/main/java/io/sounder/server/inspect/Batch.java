package io.sounder.server.inspect;

import java.util.List;

/**
 * What has arrived since a view last asked.
 *
 * @param arrived how many messages, exactly
 * @param samples those that were picked, oldest first; fewer than that where messages come faster
 *     than anybody could read them
 */
public record Batch(long arrived, List<Sample> samples) {}
