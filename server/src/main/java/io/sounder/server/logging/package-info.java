/**
 * Where the log and what {@code --show} prints go: bounded, and never in the way of whoever has
 * something to say.
 */
package io.sounder.server.logging;
