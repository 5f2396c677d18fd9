package io.sounder.server.worker;

import io.sounder.server.connection.Handoff;
import io.sounder.server.fixture.ModelChecks;
import io.sounder.server.fixture.Token;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The queue gives what a plain one behind a lock would give, and each to one alone, however the
 * steps of one producer and several claimers interleave.
 */
@Tag("model")
public class ReadyQueueModelTest {
  private static final int CAPACITY = 2;
  private static final int NONE = -1;

  private final ReadyQueue queue = new ReadyQueue(CAPACITY);

  @Operation(nonParallelGroup = "reactor")
  public boolean offer(@Param(gen = IntGen.class, conf = "1:9") int number) {
    return queue.tryOffer(new Token(number));
  }

  @Operation
  public int claim() {
    Handoff[] chunk = new Handoff[1];
    return queue.claim(chunk) == 0 ? NONE : ((Token) chunk[0]).number();
  }

  @Test
  void isLinearizableWhereOneIsClaimedAtATime() {
    new ModelCheckingOptions()
        .iterations(ModelChecks.ITERATIONS)
        .threads(2)
        .actorsPerThread(3)
        .invocationsPerIteration(ModelChecks.INVOCATIONS)
        .minimizeFailedScenario(false)
        .sequentialSpecification(Plain.class)
        .check(ReadyQueueModelTest.class);
  }

  @Test
  void givesEachToExactlyOneOfThoseThatClaimSome() {
    ModelChecks.explore(() -> new Claiming().run());
  }

  /** What it must be like. */
  public static final class Plain {
    private final Queue<Integer> queue = new ArrayDeque<>();

    public boolean offer(int number) {
      return queue.size() < CAPACITY && queue.add(number);
    }

    public int claim() {
      return queue.isEmpty() ? NONE : queue.remove();
    }
  }

  /** A producer that comes to where slots are used again, and two that claim all they can get. */
  private static final class Claiming {
    private final ReadyQueue queue = new ReadyQueue(CAPACITY);
    private final int[] claims = new int[4];
    private int offered;

    void run() {
      queue.tryOffer(new Token(offered++));
      ModelChecks.atOnce(this::offer, this::claim, this::claim);
      claim();
      for (int i = 0; i < claims.length; i++) {
        if (claims[i] != (i < offered ? 1 : 0)) {
          throw new IllegalStateException("number " + i + " was claimed " + claims[i] + " times");
        }
      }
    }

    private void offer() {
      for (int i = 1; i < claims.length; i++) {
        offered += queue.tryOffer(new Token(offered)) ? 1 : 0;
      }
    }

    private void claim() {
      Handoff[] chunk = new Handoff[CAPACITY];
      int count = queue.claim(chunk);
      for (int i = 0; i < count; i++) {
        claims[((Token) chunk[i]).number()]++;
      }
    }
  }
}
