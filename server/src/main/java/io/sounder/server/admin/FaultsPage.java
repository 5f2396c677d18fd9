package io.sounder.server.admin;

import io.sounder.protocol.endpoint.EndpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** {@code /faults}: GET shows what is injected on purpose, PUT changes it for one listener. */
public final class FaultsPage implements Page {
  private static final int MAX_BODY_BYTES = 8 << 10; // some hundred times a listener and its faults

  private final FaultControl faults;

  public FaultsPage(FaultControl faults) {
    this.faults = faults;
  }

  @Override
  public Answer answer(Question question) throws IOException, InterruptedException {
    return question.method().equals("PUT") ? put(question) : Answer.text(200, faults.list());
  }

  private Answer put(Question question) throws IOException, InterruptedException {
    // Any page in a browser on this machine can reach loopback. Across origins a PUT takes a
    // preflight, which is not granted here; but a page whose own name was made to point at
    // 127.0.0.1 needs none. With a PUT a browser always says where the page is from, and whoever
    // has business here has no reason to.
    if (question.header("Origin").isPresent()) {
      return Answer.text(403, "not from a web page; use curl, or another program\n");
    }
    if (!question.peer().isLoopbackAddress()) {
      return Answer.text(403, "faults are changed from the machine itself\n");
    }
    Optional<byte[]> body = question.body(MAX_BODY_BYTES);
    if (body.isEmpty()) {
      return Answer.text(413, "a line has at most " + MAX_BODY_BYTES + " bytes\n");
    }
    String line = new String(body.get(), StandardCharsets.UTF_8).strip();
    if (line.chars().anyMatch(Character::isISOControl)) {
      return Answer.text(400, "one listener at a time, on one line\n");
    }
    return change(line);
  }

  private Answer change(String line) throws InterruptedException {
    try {
      return Answer.text(200, faults.change(line) + "\n");
    } catch (EndpointException e) {
      return Answer.text(400, e.getMessage() + "\n");
    } catch (FaultControl.UnknownListenerException e) {
      return Answer.text(404, e.getMessage() + "\n");
    } catch (TimeoutException e) {
      return Answer.text(503, e.getMessage() + "\n");
    }
  }
}
