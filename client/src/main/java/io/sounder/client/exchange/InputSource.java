package io.sounder.client.exchange;

import io.sounder.client.outcome.UsageException;
import io.sounder.protocol.endpoint.TargetSpec;
import io.sounder.protocol.endpoint.Units;
import io.sounder.protocol.framing.Framing;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Standard input: its bytes as they come, or its lines. */
public final class InputSource implements MessageSource {
  private static final int READ_BYTES = 64 << 10;

  private final InputStream in;
  private final boolean byLine;
  private final int maxLineBytes;

  private InputSource(InputStream in, boolean byLine, int maxLineBytes) {
    this.in = new BufferedInputStream(in, READ_BYTES);
    this.byLine = byLine;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Input as a target takes it: bytes for a plain stream; where there are messages, each line is
   * one.
   */
  public static InputSource forTarget(InputStream in, TargetSpec target) {
    boolean plain =
        target.endpoint().scheme().isStream() && target.conversation().framing() == Framing.RAW;
    return new InputSource(in, !plain, target.conversation().maxFrameBytes());
  }

  @Override
  public Optional<byte[]> next() throws IOException {
    return byLine ? nextLine() : nextBytes();
  }

  @Override
  public boolean hasMore() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      return false; // as the next read will tell
    }
  }

  private Optional<byte[]> nextBytes() throws IOException {
    byte[] bytes = new byte[READ_BYTES];
    int read = in.read(bytes);
    return read < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, read));
  }

  private Optional<byte[]> nextLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
      }
      line.write(b);
      if (line.size() > maxLineBytes) {
        throw new UsageException(
            "a line of the input is longer than a message may be ("
                + Units.sizeText(maxLineBytes)
                + "); give a larger max-frame, or use framing=raw");
      }
    }
    return Optional.of(line.toByteArray());
  }
}
