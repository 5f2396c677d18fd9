package io.sounder.client.cli;

import io.sounder.protocol.endpoint.Units;
import picocli.CommandLine.ITypeConverter;

/** Reads a size such as {@code 64KiB}, in bytes. */
public final class SizeConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    return Units.sizeBytes(text);
  }
}
