/**
 * What arrives, for those who watch: copies of some of the messages of listeners that allow it,
 * from the threads that answer them to whoever asks. Nothing here does I/O, waits, or keeps
 * anything that nobody watches.
 */
package io.sounder.server.inspect;
