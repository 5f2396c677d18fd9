/**
 * The load test's payload: printable text that says which run, connection and request it belongs
 * to, made and compared in place. Pure: no clocks, no sockets, nothing allocated per message.
 */
package io.sounder.protocol.payload;
