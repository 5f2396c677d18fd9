/** The command {@code talk}: a prompt at a terminal, a filter on a pipe. */
package io.sounder.client.talk;
