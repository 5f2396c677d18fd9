/**
 * Where the work is done: the ready queue, the workers, and the turn (claim, read, decode, reply,
 * write). Nothing outside this package reads or writes a client's socket; the reactor assists by
 * running the same turns on its own thread.
 */
package io.sounder.server.worker;
