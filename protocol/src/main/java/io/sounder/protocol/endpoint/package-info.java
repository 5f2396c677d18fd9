/**
 * Endpoints: one grammar for what the server listens on and what the client talks to, and the
 * units, service names and addresses that it is made of. Text goes in, immutable specifications
 * come out; no sockets and no name look-ups.
 */
package io.sounder.protocol.endpoint;
