package io.sounder.server;

import io.sounder.server.logging.LogSetup;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;

/**
 * The end of a process that cannot go on: at once, loudly, with code 70, so that whoever supervises
 * it starts it again. An Error on any thread leaves it in a state that nobody knows, and a thread
 * that is stuck will not come back.
 *
 * <p>What it has to say goes through the log, which nobody can hold up for long: a process must not
 * live on because nobody reads its last words.
 */
final class FatalEnd {
  private static final long OTHERS_LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int MEMORY_FOR_LAST_WORDS = 256 << 10;
  private static final AtomicBoolean ENDING = new AtomicBoolean();
  private static final AtomicReference<byte[]> MEMORY_KEPT = new AtomicReference<>();

  private FatalEnd() {}

  /** From now on, whatever no thread has caught ends the process. */
  static void onAnyError() {
    MEMORY_KEPT.set(new byte[MEMORY_FOR_LAST_WORDS]);
    // Loads what halting takes, for which there is no memory when it is needed.
    Runtime.getRuntime().removeShutdownHook(new Thread());
    Thread.setDefaultUncaughtExceptionHandler((thread, fatal) -> end(null, thread, fatal));
  }

  /** Ends the process, since a thread of it is stuck; told which, and where. */
  static void onStuck(String finding) {
    end(finding, null, null);
  }

  // Nothing may be made outside of the try, not even a text that is used for the first time: when
  // the heap is full that throws, and the thread would end instead of the process.
  private static void end(String finding, Thread where, Throwable why) {
    try {
      if (ENDING.compareAndSet(false, true)) {
        MEMORY_KEPT.set(null);
        say(finding == null ? "internal error on thread " + where.getName() : finding, why);
      } else {
        LockSupport.parkNanos(OTHERS_LAST_WORDS_NANOS);
      }
    } finally {
      Runtime.getRuntime().halt(ExitCode.INTERNAL);
    }
  }

  private static void say(String what, Throwable why) {
    String ending = "ending with exit code " + ExitCode.INTERNAL + ": " + what;
    String words = why == null ? ending : ending + ": " + why + stack(why);
    if (LogSetup.isInstalled()) {
      LoggerFactory.getLogger(FatalEnd.class).error("{}", words);
      LogSetup.flush();
    } else {
      System.err.println("sounder: " + words);
    }
  }

  private static String stack(Throwable why) {
    StringBuilder stack = new StringBuilder();
    for (StackTraceElement frame : why.getStackTrace()) {
      stack.append("\n\tat ").append(frame);
    }
    return why.getCause() == null
        ? stack.toString()
        : stack + "\ncaused by " + why.getCause() + stack(why.getCause());
  }
}
