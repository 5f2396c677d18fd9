package io.sounder.server.reactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.connection.Handoff;
import io.sounder.server.fixture.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is posted arrives once, in the order in which each thread posted it. */
class MailboxTest {
  private final Mailbox mailbox = new Mailbox();

  @Test
  void deliversInTheOrderOfPosting() {
    for (int i = 0; i < 5; i++) {
      mailbox.post(new Token(i));
    }
    assertFalse(mailbox.isEmpty());
    assertEquals(List.of(0, 1, 2, 3, 4), numbers(delivered()));
    assertTrue(mailbox.isEmpty());
    assertEquals(List.of(), delivered());
  }

  @Test
  void holdsOnToNothingThatItHasDelivered() {
    for (int i = 0; i < 3; i++) {
      mailbox.post(new Token(i));
    }
    for (Handoff each : delivered()) {
      assertNull(each.next());
    }
  }

  @Test
  void takesOneBackThatIsPostedAsItIsDelivered() {
    mailbox.post(new Token(7));
    mailbox.deliver(mailbox::post);
    assertEquals(List.of(7), numbers(delivered()));
  }

  @Test
  void runsCallsInOrderAndThoseThatTheyPostToo() {
    List<String> ran = new ArrayList<>();
    mailbox.post(
        () -> {
          ran.add("first");
          mailbox.post(() -> ran.add("third"));
        });
    mailbox.post(() -> ran.add("second"));
    assertFalse(mailbox.isEmpty());
    mailbox.deliver(letGo -> {});
    assertEquals(List.of("first", "second", "third"), ran);
    assertTrue(mailbox.isEmpty());
  }

  @Test
  @Timeout(30)
  void losesAndRepeatsNothingThatThreadsPostAtOnce() {
    int threads = 3;
    int perThread = 100_000;
    List<CompletableFuture<Void>> posting = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread * perThread;
      posting.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < perThread; i++) {
                  mailbox.post(new Token(first + i));
                }
              }));
    }
    int[] nextOf = new int[threads];
    int[] total = new int[1];
    while (total[0] < threads * perThread) {
      mailbox.deliver(
          letGo -> {
            int number = ((Token) letGo).number();
            assertEquals(nextOf[number / perThread]++, number % perThread);
            total[0]++;
          });
    }
    posting.forEach(CompletableFuture::join);
    assertTrue(mailbox.isEmpty());
  }

  private List<Handoff> delivered() {
    List<Handoff> delivered = new ArrayList<>();
    mailbox.deliver(delivered::add);
    return delivered;
  }

  private static List<Integer> numbers(List<Handoff> delivered) {
    return delivered.stream().map(each -> ((Token) each).number()).toList();
  }
}
