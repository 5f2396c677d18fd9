/**
 * The service that misbehaves on purpose, and the load tester that must notice: what one has
 * injected is what the other has seen, to the last reply.
 */
package io.sounder.faults;
