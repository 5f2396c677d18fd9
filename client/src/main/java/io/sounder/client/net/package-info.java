/**
 * Sockets as the interactive commands need them: addresses of a target, connects with a time-out,
 * reads and writes with a deadline, messages cut out of a stream. Failures come out classified.
 */
package io.sounder.client.net;
