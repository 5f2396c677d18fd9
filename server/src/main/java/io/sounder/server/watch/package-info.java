/**
 * Watching the threads that must never stand still. Knows no socket, and nothing of what the
 * threads do: each tells its pulse that it gets on.
 */
package io.sounder.server.watch;
