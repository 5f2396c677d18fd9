package io.sounder.server.inspect;

import java.nio.ByteBuffer;

/**
 * A message that was picked to be looked at.
 *
 * @param position how many were picked before it since its listener is watched
 * @param epochMillis when it arrived, by the wall clock
 * @param peer who sent it
 * @param size its length in bytes
 * @param bytes its first bytes, at most {@link Tap#MAX_BYTES}; read-only, and one for all: to be
 *     duplicated before it is read
 */
public record Sample(long position, long epochMillis, String peer, int size, ByteBuffer bytes) {}
