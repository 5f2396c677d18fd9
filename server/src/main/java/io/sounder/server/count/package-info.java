/**
 * Numbers that one thread writes, a plain store each time, and anyone reads. Knows nothing of what
 * is counted, of sockets, threads or clocks.
 */
package io.sounder.server.count;
