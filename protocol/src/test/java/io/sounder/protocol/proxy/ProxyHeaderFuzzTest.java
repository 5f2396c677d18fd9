package io.sounder.protocol.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sounder.protocol.proxy.ProxyHeaderReader.Outcome;
import java.nio.ByteBuffer;

/** Whatever a connection begins with is read the same however it is cut. */
class ProxyHeaderFuzzTest {
  @FuzzTest
  void isJudgedTheSameHoweverItIsCut(byte[] bytes) {
    ProxyHeaderReader reader = new ProxyHeaderReader();
    ByteBuffer whole = ByteBuffer.wrap(bytes);
    Outcome outcome = reader.read(whole);
    int size = whole.position();
    assertTrue(size <= ProxyHeaderReader.MAX_HEADER_BYTES);
    boolean isKnown = false;
    for (int count = 0; count <= Math.min(bytes.length, 300); count++) {
      ByteBuffer some = ByteBuffer.wrap(bytes, 0, count);
      Outcome early = reader.read(some);
      int needed = ProxyHeaderReader.bytesNeeded(ByteBuffer.wrap(bytes, 0, count));
      assertTrue(needed <= ProxyHeaderReader.MAX_HEADER_BYTES);
      if (early == Outcome.INCOMPLETE) {
        assertTrue(!isKnown && needed > count);
        assertTrue(outcome != Outcome.HEADER || (count < size && needed <= size));
      } else {
        isKnown = true;
        assertEquals(outcome, early);
        assertEquals(size, some.position());
      }
    }
  }
}
