/**
 * Text on its way to or from people: escapes in what a peer sent, escapes in what a user typed,
 * UTF-8.
 */
package io.sounder.protocol.text;
