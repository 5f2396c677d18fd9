/**
 * Select, accept, hand off, assist, deadlines: one thread that knows which sockets are ready, and
 * never reads or writes one of a client. Only this package knows the selector and its keys.
 */
package io.sounder.server.reactor;
