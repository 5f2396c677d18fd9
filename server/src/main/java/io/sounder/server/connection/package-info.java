/**
 * What a connection, a datagram socket and a listener are: their state, their limits, and the
 * hand-off between the threads that take turns owning them. No thread runs here, and nothing here
 * reads or writes a socket.
 */
package io.sounder.server.connection;
