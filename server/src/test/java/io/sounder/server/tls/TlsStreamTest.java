package io.sounder.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.fixture.Certificates;
import io.sounder.server.fixture.Certificates.Client;
import io.sounder.server.fixture.TlsPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream gives, what it holds, and what it wants next. */
@Timeout(20)
class TlsStreamTest {
  private static final byte[] ONE_BYTE = new byte[1];
  private static final String TLS_1_3 = "TLSv1.3";
  private static final String TLS_1_2 = "TLSv1.2";
  private static final int PATIENCE = 100_000;

  /** Lends larger buffers than asked for, as the pool does, and knows what is out. */
  private static final class Lender implements BufferSource {
    private final Set<ByteBuffer> lent = Collections.newSetFromMap(new IdentityHashMap<>());
    private int charged;

    @Override
    public void charge(int bytes) {
      charged += bytes;
    }

    @Override
    public void refund(int bytes) {
      charged -= bytes;
    }

    int bytes() {
      return lent.stream().mapToInt(ByteBuffer::capacity).sum() + charged;
    }

    @Override
    public ByteBuffer take(int minBytes) {
      ByteBuffer buffer = ByteBuffer.allocate(Integer.highestOneBit(minBytes - 1) << 1);
      lent.add(buffer);
      return buffer;
    }

    @Override
    public void give(ByteBuffer buffer) {
      assertTrue(lent.remove(buffer), "given back twice, or never lent");
    }
  }

  private final Lender lender = new Lender();
  private final ByteBuffer room = ByteBuffer.allocate(256 << 10);
  private SocketChannel ours;
  private SocketChannel theirs;
  private TlsStream stream;

  @BeforeEach
  void connect() throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      theirs = SocketChannel.open();
      theirs.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 10);
      theirs.connect(listening.getLocalAddress());
      ours = listening.accept();
    }
    ours.setOption(StandardSocketOptions.SO_SNDBUF, 4 << 10);
    ours.configureBlocking(false);
    ListenerSpec spec = ListenerSpec.parse(Certificates.listener(""));
    stream = TlsContext.read(spec.tls().orElseThrow()).newStream(ours, lender);
  }

  @AfterEach
  void disconnect() throws IOException {
    ours.close();
    theirs.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_3, TLS_1_2})
  void holdsNothingWhileNothingIsUnderWay(String protocol) throws Exception {
    assertTrue(lender.lent.isEmpty(), "before the first byte");
    TlsPeer peer = secured(protocol);
    assertTrue(lender.lent.isEmpty(), "after the handshake");
    peer.send(peer.encrypted("hello"));
    assertEquals("hello", read(5));
    stream.write(ByteBuffer.wrap(new byte[100]));
    peer.read(100, Thread::onSpinWait);
    assertTrue(lender.lent.isEmpty(), "after a message and a reply");
    assertFalse(stream.isOutputPending());
    assertFalse(stream.isInputBuffered());
    assertFalse(stream.isRecordBegun());
  }

  @Test
  void tellsThatARecordIsBegunAndGivesBackWhatItHoldsForItWhenItIsClosed() throws Exception {
    TlsPeer peer = secured(TLS_1_3);
    byte[] record = peer.encrypted("hello");
    peer.send(Arrays.copyOf(record, 9));
    until(() -> read() == 0 && stream.isRecordBegun());
    assertFalse(stream.isInputBuffered(), "an event will tell when there is more");
    assertFalse(lender.lent.isEmpty());
    stream.close();
    assertTrue(lender.lent.isEmpty());
    assertTrue(ours.isOpen());
  }

  @Test
  void saysWhatItHoldsFromItsBeginningToItsEnd() throws Exception {
    assertEquals(TlsStream.HANDSHAKE_BYTES, stream.heldBytes());
    TlsPeer peer = secured(TLS_1_3);
    assertEquals(TlsStream.SECURED_BYTES, stream.heldBytes());
    byte[] record = peer.encrypted(new byte[10_000]);
    peer.send(Arrays.copyOf(record, 9_000));
    until(() -> read() == 0 && stream.heldBytes() >= TlsStream.SECURED_BYTES + 9_000);
    assertEquals(lender.bytes(), stream.heldBytes());
    while (!stream.isOutputPending()) {
      stream.write(ByteBuffer.allocate(1 << 20));
    }
    assertEquals(2, lender.lent.size());
    assertEquals(lender.bytes(), stream.heldBytes());
    peer.send(Arrays.copyOfRange(record, 9_000, record.length));
    room.limit(10);
    until(() -> read() == 10); // the rest of the record stays inside
    assertEquals(lender.bytes(), stream.heldBytes());
    stream.close();
    assertEquals(0, stream.heldBytes());
    assertEquals(0, lender.bytes());
  }

  @Test
  void countsWhatIsKeptOfAHandshakeThatIsNotWhole() throws Exception {
    ByteBuffer record = ByteBuffer.allocate(5_000);
    record.put(new byte[] {22, 3, 1}).putShort((short) (5_000 - 5));
    record.putInt(1 << 24 | 30_000); // a hello that is longer than that
    theirs.write(record.rewind());
    until(
        () -> {
          assertEquals(TlsStream.Handshake.UNFINISHED, stream.handshake());
          return stream.heldBytes() >= TlsStream.HANDSHAKE_BYTES + 5_000;
        });
    assertEquals(lender.bytes(), stream.heldBytes());
    stream.close();
    assertEquals(0, lender.bytes());
  }

  @Test
  void tellsThatThereIsMoreInsideAfterItHasFilledTheRoomItWasGiven() throws Exception {
    TlsPeer peer = secured(TLS_1_3);
    peer.send(peer.encrypted("0123456789"));
    room.limit(4);
    until(() -> read() == 4);
    assertTrue(stream.isInputBuffered());
    room.limit(room.capacity());
    assertEquals(6, read());
    assertEquals("0123456789", text());
    assertFalse(stream.isInputBuffered());
    assertTrue(lender.lent.isEmpty());
  }

  @Test
  void readsManyRecordsAtOnceOfTls13() throws Exception {
    TlsPeer peer = secured(TLS_1_3);
    sendThree(peer);
    until(() -> read() > 0);
    assertEquals("onetwothree", text());
  }

  @Test
  void readsOneRecordAtATimeOfTls12() throws Exception {
    TlsPeer peer = secured(TLS_1_2);
    sendThree(peer);
    until(() -> read() > 0);
    assertEquals("one", text());
    assertTrue(stream.isInputBuffered());
    assertEquals(3, read());
    assertEquals(5, read());
    assertEquals("onetwothree", text());
    assertFalse(stream.isInputBuffered());
  }

  private static void sendThree(TlsPeer peer) throws IOException {
    ByteBuffer records = ByteBuffer.allocate(1000);
    for (String text : new String[] {"one", "two", "three"}) {
      records.put(peer.encrypted(text));
    }
    peer.send(Arrays.copyOf(records.array(), records.position()));
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_3, TLS_1_2})
  void tellsAnEndThatWasSaidFromOneThatWasNot(String protocol) throws Exception {
    secured(protocol);
    theirs.shutdownOutput();
    until(() -> read() < 0);
    assertFalse(stream.isEndProper());
    disconnect();
    connect();
    TlsPeer peer = secured(protocol);
    peer.send(peer.farewell());
    until(() -> read() < 0);
    assertTrue(stream.isEndProper());
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_3, TLS_1_2})
  void keepsWhatTheSocketDoesNotTakeAndSaysSo(String protocol) throws Exception {
    TlsPeer peer = secured(protocol);
    ByteBuffer much = ByteBuffer.allocate(4 << 20);
    while (!stream.isOutputPending()) {
      stream.write(much);
    }
    int sent = much.position();
    assertTrue(sent < much.capacity());
    assertEquals(0, stream.write(much));
    assertEquals(1, lender.lent.size());
    peer.read(
        sent,
        () -> {
          try {
            stream.flush();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    assertFalse(stream.isOutputPending());
    assertTrue(lender.lent.isEmpty());
  }

  @Test
  void keepsItsFarewellUntilTheSocketTakesIt() throws Exception {
    TlsPeer peer = secured(TLS_1_2); // after which nothing is under way
    ByteBuffer filler = ByteBuffer.allocate(4 << 20);
    while (ours.write(filler) > 0) {
      Thread.onSpinWait(); // below TLS, so that TLS has nothing pending
    }
    assertFalse(stream.sayFarewell());
    assertTrue(stream.isOutputPending());
    ByteBuffer read = ByteBuffer.allocate(filler.position());
    until(() -> theirs.read(read) >= 0 && !read.hasRemaining());
    until(() -> stream.sayFarewell());
    assertFalse(stream.isOutputPending());
    ours.shutdownOutput();
    peer.readTextToEnd(Thread::onSpinWait);
    assertTrue(peer.isEndProper());
  }

  @Test
  void readsNoMoreInATurnThanATurnMay() throws Exception {
    TlsPeer peer = secured(TLS_1_3);
    Queue<ByteBuffer> unsent = new ArrayDeque<>(List.of(ByteBuffer.wrap(peer.encrypted(ONE_BYTE))));
    int recordBytes = unsent.element().remaining();
    int least = (Wire.MOST_READ_PER_TURN - (17 << 10)) / recordBytes;
    int most = (Wire.MOST_READ_PER_TURN + (17 << 10)) / recordBytes;
    until(
        () -> {
          for (int i = 0; i < 2 * most && theirs.write(unsent.element()) == recordBytes; i++) {
            unsent.remove();
            unsent.add(ByteBuffer.wrap(peer.encrypted(ONE_BYTE)));
          }
          int read = read(); // fewer, where the socket did not yet have more
          assertTrue(read <= most, read + " records in a turn");
          return read >= least;
        });
    assertTrue(stream.mayHaveMore());
  }

  @Test
  void refusesARecordThatIsTooLong() throws Exception {
    TlsPeer peer = secured(TLS_1_3);
    peer.send(new byte[] {0x17, 3, 3, 0x7f, 0});
    ByteBuffer never = ByteBuffer.allocate(0x7f00);
    assertThrows(
        SSLException.class,
        () ->
            until(
                () -> {
                  theirs.write(never);
                  return read() < 0;
                }));
  }

  private TlsPeer secured(String protocol) throws Exception {
    TlsPeer peer = new TlsPeer(theirs, Client.WITHOUT, protocol);
    boolean[] done = new boolean[1];
    peer.shakeHands(
        () -> {
          try {
            done[0] = done[0] || stream.handshake() == TlsStream.Handshake.DONE;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    until(() -> done[0] || stream.handshake() == TlsStream.Handshake.DONE);
    return peer;
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void until(Condition condition) throws IOException {
    for (int i = 0; i < PATIENCE; i++) {
      if (condition.holds()) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("never came true");
  }

  private int read() throws IOException {
    return stream.read(room);
  }

  private String read(int count) throws IOException {
    until(
        () -> {
          read();
          return room.position() >= count;
        });
    return text();
  }

  private String text() {
    return new String(room.array(), 0, room.position(), StandardCharsets.UTF_8);
  }
}
