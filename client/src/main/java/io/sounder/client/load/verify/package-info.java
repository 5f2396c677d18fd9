/**
 * What is expected back, and what came back instead. Bytes in, findings out: no sockets, no clocks
 * of its own, and nothing allocated per reply as long as the peer does not lie.
 */
package io.sounder.client.load.verify;
