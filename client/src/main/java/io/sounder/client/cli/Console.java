package io.sounder.client.cli;

import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes: the process's standard streams, or a test's. Text goes out as
 * UTF-8, whatever the locale says, because bytes from a peer stand beside it.
 *
 * @param out buffered: flush it when something is to be seen
 * @param err for errors, diagnostics and live progress
 * @param inIsTerminal whether a person types
 * @param outIsTerminal whether a person looks on, so that a peer's bytes must be escaped
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal) {
  private static final int OUT_BUFFER_BYTES = 64 << 10;

  /** The standard streams of this process. */
  public static Console system() {
    return new Console(
        new FileInputStream(FileDescriptor.in),
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUT_BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        TerminalCheck.isTerminal(0),
        TerminalCheck.isTerminal(1),
        TerminalCheck.isTerminal(2));
  }

  /**
   * Flushes what was printed.
   *
   * @throws ClientFailure if it could not all be written
   */
  public void flushOut() {
    if (out.checkError()) {
      throw outLost();
    }
  }

  /** Stdout takes no more; why is not known, since a {@link PrintStream} keeps that to itself. */
  public static ClientFailure outLost() {
    return new ClientFailure(
        ErrorClass.IO,
        "cannot write to standard output: nobody reads it any more, or the disk is full");
  }

  /** Streams that no person sits at. */
  public static Console of(InputStream in, PrintStream out, PrintStream err) {
    return new Console(in, out, err, false, false, false);
  }

  /** Neither input nor output. */
  public static Console silent() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return of(InputStream.nullInputStream(), nowhere, nowhere);
  }
}
