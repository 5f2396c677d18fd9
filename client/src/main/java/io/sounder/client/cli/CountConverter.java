package io.sounder.client.cli;

import io.sounder.protocol.endpoint.Units;
import picocli.CommandLine.ITypeConverter;

/** Reads a count such as {@code 500} or {@code 10k}. */
public final class CountConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    return Units.count(text);
  }
}
