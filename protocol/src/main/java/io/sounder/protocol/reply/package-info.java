/**
 * Replies: what comes back for a message, as pure functions. The server uses them to answer, the
 * client to know what to expect. What a reply knows besides the message is in its {@link
 * io.sounder.protocol.reply.Exchange}.
 */
package io.sounder.protocol.reply;
