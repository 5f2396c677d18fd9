package io.sounder.client.cli;

import io.sounder.protocol.endpoint.TargetSpec;
import picocli.CommandLine.ITypeConverter;

/** Reads the parameter TARGET. */
public final class TargetConverter implements ITypeConverter<TargetSpec> {
  @Override
  public TargetSpec convert(String text) {
    return TargetSpec.parse(text);
  }
}
