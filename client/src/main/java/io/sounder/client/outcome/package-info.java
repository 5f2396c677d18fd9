/**
 * How a command ends: exit codes, classes of error, and the failure that carries both. No sockets
 * and no output here.
 */
package io.sounder.client.outcome;
