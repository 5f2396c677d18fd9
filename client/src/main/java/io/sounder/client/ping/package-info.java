/** The command {@code ping}: one message at a time, its echo timed, and a summary like ping(8). */
package io.sounder.client.ping;
