/**
 * Messages as a target's keys describe them: cut out of a stream behind its greetings, put on the
 * wire, and compared with what should have come back. No sockets here.
 */
package io.sounder.client.message;
