package io.sounder.client.talk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.client.fixture.DatagramServer;
import io.sounder.client.fixture.StreamServer;
import io.sounder.client.fixture.StreamServer.Peer;
import io.sounder.client.net.Dialer;
import io.sounder.client.net.MessageLink;
import io.sounder.client.outcome.ClientFailure;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.client.wire.Wiring;
import io.sounder.protocol.endpoint.TargetSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** At a terminal that is none, whose keys are pressed by the test. */
class PromptedTalkTest {
  private static final String PROMPT = "Please input some string > ";
  private static final char CTRL_D = 4;

  private final PipedOutputStream keys = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private Terminal terminal;
  private MessageLink link;
  private CompletableFuture<Integer> talk;

  @AfterEach
  void hangUp() throws IOException {
    keys.close();
    link.close();
    terminal.close();
  }

  @Test
  void promptsPrintsTheAnswerAndEndsOnCtrlD() throws Exception {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.send("answer to " + peer.read());
              peer.read();
            })) {
      start(server.target());
      awaitPrompts(1);
      press("连接\n");
      awaitScreen("answer to 连接");
      awaitPrompts(2);
      press(String.valueOf(CTRL_D));

      assertEquals(0, exitCode());
    }
  }

  @Test
  void theServersCloseAfterCtrlDDoesNotInterruptTheCaller() throws Exception {
    CompletableFuture<Void> close = new CompletableFuture<>();
    try (StreamServer server = StreamServer.tcp(peer -> close.join())) {
      start(server.target());
      CompletableFuture<Boolean> interrupted =
          talk.thenApply(
              code -> {
                close.complete(null);
                await("the listener's end").until(() -> listeners().isEmpty());
                return Thread.currentThread().isInterrupted();
              });
      awaitPrompts(1);
      press(String.valueOf(CTRL_D));

      assertFalse(interrupted.get(20, TimeUnit.SECONDS));
    }
  }

  private static List<Thread> listeners() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("listener"))
        .toList();
  }

  @Test
  void anEmptyLineIsRefusedOnAStream() throws Exception {
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      start(server.target());
      awaitPrompts(1);
      press("\n");
      awaitScreen("input can't empty, Please input again..");
      awaitPrompts(2);
      press(String.valueOf(CTRL_D));

      assertEquals(0, exitCode());
    }
  }

  @Test
  void anEmptyLineIsAnEmptyDatagramOverUdp() throws Exception {
    try (DatagramServer server = DatagramServer.echo()) {
      start(server.target());
      awaitPrompts(1);
      press("\n");
      await().until(() -> server.received().equals(List.of("")));
      awaitPrompts(2);
      press(String.valueOf(CTRL_D));

      assertEquals(0, exitCode());
    }
  }

  @Test
  void theServersCloseIsToldAtThePromptAndEndsIt() throws Exception {
    CompletableFuture<Void> close = new CompletableFuture<>();
    try (StreamServer server = StreamServer.tcp(peer -> close.join())) {
      start(server.target());
      awaitPrompts(1);

      close.complete(null);

      assertEquals(0, exitCode());
      assertTrue(screen().contains("the server closed the connection"), screen());
    }
  }

  @Test
  void theServersResetAtThePromptIsAFailure() throws Exception {
    CompletableFuture<Void> close = new CompletableFuture<>();
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              close.join();
              peer.resetOnClose();
            })) {
      start(server.target());
      awaitPrompts(1);

      close.complete(null);

      ExecutionException ended =
          assertThrows(ExecutionException.class, () -> talk.get(10, TimeUnit.SECONDS));
      assertEquals(ErrorClass.RESET, ((ClientFailure) ended.getCause()).errorClass());
    }
  }

  @Test
  void whatComesIsEscaped() throws Exception {
    try (StreamServer server =
        StreamServer.tcp(
            peer -> {
              peer.send("\u001b[2Jgone\u0007\n");
              peer.read();
            })) {
      start(server.target());
      awaitScreen("\\x1b[2Jgone\\x07");
      awaitPrompts(1);
      press(String.valueOf(CTRL_D));

      assertEquals(0, exitCode());
    }
  }

  @Test
  void quotesBackslashesAndExclamationMarksAreOnlyText() throws Exception {
    try (StreamServer server = StreamServer.tcp(Peer::echo)) {
      start(server.target() + "?reply=echo");
      awaitPrompts(1);
      press("it's \"!!\" a\\tb\n");
      awaitPrompts(2);
      press(String.valueOf(CTRL_D));

      assertEquals(0, exitCode(), "the echo was verified");
    }
  }

  private void start(String target) throws IOException {
    TargetSpec spec = TargetSpec.parse(target);
    terminal =
        new DumbTerminal(
            "test", "dumb", new PipedInputStream(keys), screen, StandardCharsets.UTF_8);
    Attributes attributes = terminal.getAttributes();
    attributes.setControlChar(Attributes.ControlChar.VEOF, CTRL_D);
    terminal.setAttributes(attributes);
    link = Dialer.standard(Wiring.PLAIN).openMessages(spec);
    talk = CompletableFuture.supplyAsync(() -> new PromptedTalk(spec, link).run(terminal));
  }

  private void press(String typed) throws IOException {
    keys.write(typed.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private int exitCode() throws Exception {
    return talk.get(10, TimeUnit.SECONDS);
  }

  private void awaitScreen(String text) {
    await(text).until(() -> screen().contains(text));
  }

  private void awaitPrompts(int count) {
    await("prompt " + count).until(() -> screen().split(PROMPT, -1).length > count);
  }

  private String screen() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
