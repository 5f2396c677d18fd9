/**
 * What lies between a connected socket and the bytes that are for the peer: nothing, TLS, and a
 * PROXY header in front. Non-blocking, and knows no selector and no clock; whoever uses it waits.
 */
package io.sounder.client.wire;
