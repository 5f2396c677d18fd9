package io.sounder.server.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.sounder.server.fixture.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log on a disk that is full for a while. */
@Timeout(20)
class LogLinesTest {
  private final AtomicInteger dropped = new AtomicInteger();
  private final Disk disk = new Disk();

  /** Takes nothing while it is full. */
  private static final class Disk extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private volatile boolean full;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      kept.write(bytes, offset, length);
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void countsWhatIsLostAndSaysSoWhenItGoesOn() throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    Logger log = context.getLogger("test");
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%level %msg%n");
    encoder.start();
    LogLines lines = new LogLines(disk, encoder, 16, log, dropped::incrementAndGet);
    lines.setContext(context);
    lines.start();
    log.addAppender(lines);

    log.info("first");
    Eventually.isTrue("written", () -> disk.text().equals("INFO first\n"));
    disk.full = true;
    for (int i = 1; i <= 3; i++) {
      log.info("lost {}", i);
      Eventually.equal(i, "dropped", dropped::get);
    }
    disk.full = false;
    log.info("flows again");
    log.info("and on");
    lines.stop(TimeUnit.SECONDS.toNanos(10));
    String text = disk.text();
    assertEquals(1, text.lines().filter("WARN 3 log lines were dropped"::equals).count(), text);
    assertEquals(4, text.lines().count(), text);
    assertEquals(3, dropped.get());
  }
}
