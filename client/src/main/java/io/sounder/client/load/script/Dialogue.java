package io.sounder.client.load.script;

import io.sounder.client.load.verify.Expectation;
import io.sounder.client.load.verify.Verifiers;

/**
 * What an event loop sends, and how it verifies what comes back. Belongs to its thread.
 *
 * @param request each request as it stands on the wire
 */
public record Dialogue(Expectation request, Verifiers verifiers) {}
