/**
 * Sending and receiving at the same time, as {@code send} and {@code talk} on a pipe do: where
 * messages come from, the thread that sends them, and what ends the waiting.
 */
package io.sounder.client.exchange;
