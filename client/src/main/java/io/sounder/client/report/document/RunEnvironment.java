package io.sounder.client.report.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and with what it was measured. Texts are empty where not known.
 *
 * @param cores null where not known
 * @param flags in force, by name, in their order
 */
public record RunEnvironment(
    String sounderVersion,
    String javaVersion,
    String operatingSystem,
    Long cores,
    String host,
    Map<String, String> flags) {
  public RunEnvironment {
    flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
  }
}
