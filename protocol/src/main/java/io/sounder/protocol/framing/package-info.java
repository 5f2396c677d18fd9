/**
 * Framings: how a stream of bytes is cut into messages, and how a message is put back on the wire.
 * Decoders are incremental and work on the caller's buffer in place; nothing here allocates per
 * message.
 */
package io.sounder.protocol.framing;
