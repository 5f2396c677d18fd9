package io.sounder.client.cli;

import io.sounder.protocol.endpoint.Units;
import picocli.CommandLine.ITypeConverter;

/** Reads a duration with its unit, in nanoseconds. */
public final class DurationConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    return Units.durationNanos(text);
  }
}
