/**
 * TLS on a socket: certificates and keys read from files when a listener is opened, and the stream
 * that a connection's turns read and write instead of their socket. It knows no connection and no
 * thread, and nothing here waits.
 */
package io.sounder.server.tls;
