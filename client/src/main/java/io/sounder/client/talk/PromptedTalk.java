package io.sounder.client.talk;

import io.sounder.client.cli.ShownText;
import io.sounder.client.message.ExpectedReplies;
import io.sounder.client.message.ReplyLedger;
import io.sounder.client.net.Deadline;
import io.sounder.client.net.MessageLink;
import io.sounder.client.net.NanoClock;
import io.sounder.client.outcome.ExitCode;
import io.sounder.protocol.endpoint.TargetSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * A talk at a terminal. The calling thread waits at the prompt and sends; a second one, the
 * listener, prints what comes above the prompt, and calls the first away when the talk is over.
 */
final class PromptedTalk {
  private static final String PROMPT = "Please input some string > ";
  private static final String EMPTY_REFUSED = "input can't empty, Please input again..";
  private static final String PEER_CLOSED = "(the server closed the connection)";

  /** How long the next prompt waits for the answer, so that it stands below it. */
  private static final long ANSWER_WAIT_MILLIS = 1000;

  /** The same for a greeting; not every server has one, so it is short. */
  private static final long GREETING_WAIT_MILLIS = 200;

  private final TargetSpec target;
  private final MessageLink link;
  private final ReplyLedger ledger; // null if replies are not checked
  private final boolean isStream;
  private final boolean expectsAnswers;
  private final Thread prompter = Thread.currentThread();

  private final Object lock = new Object();
  private long answers; // guarded by lock
  private boolean isOver; // guarded by lock
  private boolean isAtPrompt; // guarded by lock
  private RuntimeException failure; // guarded by lock

  PromptedTalk(TargetSpec target, MessageLink link) {
    this.target = target;
    this.link = link;
    this.ledger = target.conversation().replyGiven() ? new ReplyLedger(target) : null;
    this.isStream = target.endpoint().scheme().isStream();
    this.expectsAnswers = !new ExpectedReplies(target).areSilent();
  }

  /** Runs on a terminal until Ctrl-D (0), Ctrl-C (130), or the server's end (0); the exit code. */
  int run(Terminal terminal) {
    boolean isDumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
    if (terminal.getWidth() <= 0 && !isDumb) {
      terminal.setSize(new Size(80, 24)); // it does not know, and nothing could be shown on none
    }
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    Thread listener = new Thread(() -> listen(reader), "listener");
    listener.setDaemon(true);
    listener.start();
    if (isStream) {
      awaitAnswer(0, GREETING_WAIT_MILLIS);
    }
    return promptUntilOver(reader);
  }

  private int promptUntilOver(LineReader reader) {
    while (enterPrompt()) {
      String typed;
      try {
        typed = reader.readLine(PROMPT);
      } catch (EndOfFileException e) {
        leavePrompt(); // the thread is its caller's again, and not to be interrupted
        return ExitCode.OK;
      } catch (UserInterruptException e) {
        if (leavePrompt()) {
          return ExitCode.INTERRUPTED;
        }
        break;
      }
      if (!leavePrompt()) {
        break;
      }
      typed.lines().forEach(line -> say(reader, line));
      if (typed.isEmpty()) {
        say(reader, "");
      }
    }
    synchronized (lock) {
      if (failure != null) {
        throw failure;
      }
    }
    return ExitCode.OK;
  }

  /** Whether the talk goes on; from here on the listener may call the prompter away. */
  private boolean enterPrompt() {
    synchronized (lock) {
      isAtPrompt = !isOver;
      return isAtPrompt;
    }
  }

  /** Whether the talk goes on; the listener's call, if there was one, is taken back. */
  private boolean leavePrompt() {
    synchronized (lock) {
      isAtPrompt = false;
      if (isOver) {
        Thread.interrupted();
      }
      return !isOver;
    }
  }

  private void say(LineReader reader, String line) {
    if (line.isEmpty() && isStream) {
      reader.printAbove(EMPTY_REFUSED);
      return;
    }
    byte[] message = line.getBytes(StandardCharsets.UTF_8);
    if (ledger != null) {
      ledger.onSending(message);
    }
    long before = answers();
    link.send(ByteBuffer.wrap(message));
    if (expectsAnswers) {
      awaitAnswer(before, ANSWER_WAIT_MILLIS);
    }
  }

  private long answers() {
    synchronized (lock) {
      return answers;
    }
  }

  private void awaitAnswer(long before, long waitMillis) {
    Deadline deadline = Deadline.after(NanoClock.SYSTEM, waitMillis * 1_000_000);
    synchronized (lock) {
      try {
        while (answers == before && !isOver && !deadline.hasPassed()) {
          lock.wait(waitMillis);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void listen(LineReader reader) {
    ShownText text = new ShownText();
    try {
      while (link.receive(Deadline.never()) == MessageLink.Event.MESSAGE) {
        onMessage(reader, text);
      }
      reader.printAbove(PEER_CLOSED);
      finish(null);
    } catch (RuntimeException e) {
      finish(e);
    }
  }

  private void onMessage(LineReader reader, ShownText text) {
    String shown = text.next(link.message());
    boolean isWhole = !isStream || target.conversation().framing().hasHeader();
    String rest = isWhole ? text.rest() : "";
    reader.printAbove(shown + rest);
    if (ledger != null) {
      ledger.onReceived(link.message());
    }
    synchronized (lock) {
      answers++;
      lock.notifyAll();
    }
  }

  private void finish(RuntimeException why) {
    synchronized (lock) {
      isOver = true;
      failure = why;
      lock.notifyAll();
      if (isAtPrompt) {
        prompter.interrupt();
      }
    }
  }
}
