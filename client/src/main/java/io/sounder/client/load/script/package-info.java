/**
 * What is said to servers that are no echo: the user's own messages in place of payloads, and what
 * has to come back. Reads them, checks that they go with the target, and makes the verifiers of
 * {@link io.sounder.client.load.verify} for them. No sockets, no threads.
 */
package io.sounder.client.load.script;
