package io.sounder.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Token;
import org.junit.jupiter.api.Test;

/** Each move between idle, handed, marked and closed, where it is legal and where it is not. */
class HandoffTest {
  private final Handoff idle = new Token(1);

  @Test
  void isHandedOnlyWhileItIsIdle() {
    assertTrue(idle.tryHand());
    assertFalse(idle.isIdle());
    assertFalse(idle.tryHand());
    assertFalse(marked().tryHand());
    assertFalse(closed().tryHand());
  }

  @Test
  void isMarkedOnlyWhileItIsHanded() {
    assertFalse(idle.tryMark());
    Handoff handed = handed();
    assertTrue(handed.tryMark());
    assertFalse(handed.tryMark());
    assertFalse(closed().tryMark());
  }

  @Test
  void isReleasedByItsOwnerWhenNothingElseIsToBeWatched() {
    Handoff handed = handed();
    assertTrue(handed.tryRelease(Interest.READ));
    assertTrue(handed.isIdle());
    assertTrue(handed.tryHand());
  }

  @Test
  void isNotReleasedWhenSomethingElseIsToBeWatched() {
    Handoff handed = handed();
    assertFalse(handed.tryRelease(Interest.WRITE));
    assertFalse(handed.isIdle());
  }

  @Test
  void isNotReleasedOnceItIsMarked() {
    Handoff marked = marked();
    assertFalse(marked.tryRelease(Interest.READ));
    assertFalse(marked.isIdle());
  }

  @Test
  void isReleasedOnlyByWhoOwnsIt() {
    idle.onArmed(Interest.READ);
    assertFalse(idle.tryRelease(Interest.READ));
    assertFalse(closed().tryRelease(Interest.READ));
  }

  @Test
  void holdsWhatItsOwnerAskedAsItLetGo() {
    Handoff handed = handed();
    handed.letGo(Request.WATCH, Interest.WRITE);
    assertEquals(Request.WATCH, handed.request());
    assertEquals(Interest.WRITE, handed.wanted());
    assertFalse(handed.isIdle(), "nobody may have it before the reactor has settled it");
  }

  @Test
  void cannotBeLetGoByWhoDoesNotOwnIt() {
    assertThrows(IllegalStateException.class, () -> idle.letGo(Request.CLOSE, Interest.NOTHING));
  }

  @Test
  void isSettledFromHandedAndFromMarkedOnly() {
    Handoff handed = handed();
    handed.settle();
    assertTrue(handed.isIdle());
    Handoff marked = marked();
    marked.settle();
    assertTrue(marked.isIdle());
    assertThrows(IllegalStateException.class, idle::settle);
    assertThrows(IllegalStateException.class, closed()::settle);
  }

  @Test
  void isClosedOnceAndForGood() {
    for (Handoff open : new Handoff[] {new Token(2), handed(), marked()}) {
      assertFalse(open.isClosed());
      open.onClosed();
      assertTrue(open.isClosed());
      assertFalse(open.isIdle());
      assertThrows(IllegalStateException.class, open::onClosed);
    }
  }

  private static Handoff handed() {
    Handoff handed = new Token(3);
    handed.onArmed(Interest.READ);
    handed.tryHand();
    return handed;
  }

  private static Handoff marked() {
    Handoff marked = handed();
    marked.tryMark();
    return marked;
  }

  private static Handoff closed() {
    Handoff closed = new Token(4);
    closed.onArmed(Interest.READ);
    closed.onClosed();
    return closed;
  }
}
