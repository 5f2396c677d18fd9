package io.sounder.client.cli;

import java.nio.ByteBuffer;

/**
 * Prints what a peer sent: to a pipe the bytes as they are, to a terminal with everything that
 * could control it escaped. Not thread-safe.
 */
public final class ReplyPrinter {
  private final Console console;
  private final boolean isLineByMessage;
  private final ShownText shown = new ShownText();
  private boolean atLineStart = true;

  /**
   * A printer.
   *
   * @param isLineByMessage whether each message stands on a line of its own; otherwise they are
   *     pieces of one stream
   */
  public ReplyPrinter(Console console, boolean isLineByMessage) {
    this.console = console;
    this.isLineByMessage = isLineByMessage;
  }

  /**
   * Prints one message, or the next piece of the stream, and flushes.
   *
   * @throws io.sounder.client.outcome.ClientFailure if nobody reads the output any more
   */
  public void print(ByteBuffer bytes) {
    if (console.outIsTerminal()) {
      printText(shown.next(bytes));
    } else {
      printBytes(bytes);
    }
    if (isLineByMessage) {
      printText(shown.rest());
      endLine(!bytes.hasRemaining());
    }
    console.flushOut();
  }

  /** Ends the output: on a terminal, what comes next starts on a line of its own. */
  public void finish() {
    if (console.outIsTerminal()) {
      printText(shown.rest());
      endLine(false);
    }
    console.flushOut();
  }

  private void printText(String text) {
    console.out().print(text);
    atLineStart = text.isEmpty() ? atLineStart : text.endsWith("\n");
  }

  private void printBytes(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    console.out().write(copy, 0, copy.length);
    atLineStart = copy.length == 0 ? atLineStart : copy[copy.length - 1] == '\n';
  }

  private void endLine(boolean evenIfEmpty) {
    if (!atLineStart || evenIfEmpty) {
      console.out().write('\n');
    }
    atLineStart = true;
  }
}
