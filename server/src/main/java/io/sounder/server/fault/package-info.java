/**
 * Faults that are injected on purpose: what chance decides, what is done to a reply's bytes, and
 * what waits for its time. Pure: no thread, no socket, no clock; whoever owns a connection or a
 * datagram socket says what time it is, and does what is decided here.
 */
package io.sounder.server.fault;
