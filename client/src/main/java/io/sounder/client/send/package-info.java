/** The command {@code send}: a text or standard input to a target, and its replies. */
package io.sounder.client.send;
