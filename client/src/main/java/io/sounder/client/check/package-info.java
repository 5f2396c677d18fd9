/** The command {@code check}: each step on the way to a target, timed. */
package io.sounder.client.check;
