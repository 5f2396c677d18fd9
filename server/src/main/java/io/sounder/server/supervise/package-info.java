/**
 * Telling whoever supervises the process how it gets on. Knows nothing else of ours, and is the
 * only room that starts another program: never on the reactor's thread.
 */
package io.sounder.server.supervise;
