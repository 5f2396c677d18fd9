package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sounder.server.connection.CloseReason;
import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.RunningServer;
import io.sounder.server.fixture.Transport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes in comes out, however it is cut, on every transport and in every framing. */
@Timeout(60)
class StreamEchoTest {
  private static final int MAX_FRAME = 256 << 10;

  static Stream<Arguments> everyWay() {
    return Stream.of(Transport.values())
        .flatMap(
            transport ->
                Stream.of("raw", "line", "length", "length-le")
                    .map(framing -> Arguments.of(transport, framing)));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void comesBackByteForByteHoweverItIsCut(Transport transport, String framing) throws Exception {
    Random random = new Random(transport.name().hashCode() * 31L + framing.hashCode());
    byte[] stream = messages(framing, random, 4 << 20);
    String keys =
        "framing=" + framing + (framing.equals("raw") ? "" : "&max-frame=" + MAX_FRAME + "B");
    try (RunningServer server = RunningServer.on(transport.listener(keys));
        Peer peer = server.connect()) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> sendInPieces(peer, stream, random), task -> new Thread(task).start());
      String back = sha256(peer.read(stream.length));
      sending.get(10, TimeUnit.SECONDS);
      assertEquals(sha256(stream), back);
      assertArrayEquals(new byte[0], peer.shutdownOutput().readToEnd());
      server.awaitClosed(CloseReason.PEER_CLOSED, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void sendsAllOfItBackAfterAHalfCloseAndThenTheEnd(Transport transport) throws Exception {
    byte[] chunk = new byte[1 << 20];
    new Random(1).nextBytes(chunk);
    int chunks = 64;
    try (RunningServer server = RunningServer.on(transport.listener(""));
        Peer peer = server.connect()) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 1; i < chunks; i++) {
                  peer.sendOrFail(chunk);
                }
                peer.sendMeanwhile(chunk, true).join();
              },
              task -> new Thread(task).start());
      for (int i = 0; i < chunks; i++) {
        assertArrayEquals(chunk, peer.read(chunk.length));
      }
      assertArrayEquals(new byte[0], peer.readToEnd());
      sending.get(10, TimeUnit.SECONDS);
      server.awaitClosed(CloseReason.PEER_CLOSED, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void answersPipelinedRequestsInOrder(Transport transport, String framing) throws Exception {
    try (RunningServer server = RunningServer.on(transport.listener("framing=" + framing))) {
      List<Peer> peers = new ArrayList<>();
      byte[] stream = messages(framing, new Random(5), 48 << 10);
      for (int i = 0; i < 20; i++) {
        peers.add(server.connect());
      }
      for (int round = 0; round < 5; round++) {
        for (Peer peer : peers) {
          peer.send(stream);
        }
        for (Peer peer : peers) {
          assertArrayEquals(stream, peer.read(stream.length));
        }
      }
      for (Peer peer : peers) {
        peer.leave();
      }
      server.awaitClosed(CloseReason.PEER_CLOSED, peers.size());
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void putsOneByteAtATimeTogether(Transport transport, String framing) throws Exception {
    byte[] stream = messages(framing, new Random(7), 400);
    try (RunningServer server = RunningServer.on(transport.listener("framing=" + framing));
        Peer peer = server.connect()) {
      for (byte b : stream) {
        peer.send(new byte[] {b});
      }
      assertArrayEquals(stream, peer.read(stream.length));
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void takesTheLargestFrameThereCanBe(Transport transport) throws Exception {
    int length = 16 << 20;
    ByteBuffer frame = ByteBuffer.allocate(4 + length).putInt(length);
    new Random(3).nextBytes(frame.array());
    frame.putInt(0, length);
    try (RunningServer server =
            RunningServer.on(transport.listener("framing=length&max-frame=16MiB"));
        Peer peer = server.connect()) {
      CompletableFuture<Void> sending = peer.sendMeanwhile(frame.array(), true);
      assertArrayEquals(frame.array(), peer.read(frame.capacity()));
      sending.get(10, TimeUnit.SECONDS);
      assertArrayEquals(new byte[0], peer.readToEnd());
    }
  }

  private static void sendInPieces(Peer peer, byte[] stream, Random random) {
    int sent = 0;
    while (sent < stream.length) {
      int most = random.nextInt(10) == 0 ? 200_000 : 2_000;
      int count = Math.min(stream.length - sent, 1 + random.nextInt(most));
      byte[] piece = new byte[count];
      System.arraycopy(stream, sent, piece, 0, count);
      peer.sendOrFail(piece);
      sent += count;
    }
  }

  /** Whole messages of random sizes, small and large, about so many bytes. */
  private static byte[] messages(String framing, Random random, int bytes) {
    ByteBuffer stream = ByteBuffer.allocate(bytes + MAX_FRAME + 4);
    if (framing.equals("length-le")) {
      stream.order(ByteOrder.LITTLE_ENDIAN);
    }
    while (stream.position() < bytes) {
      int most = random.nextInt(20) == 0 ? Math.min(MAX_FRAME - 2, bytes) : 300;
      byte[] message = new byte[random.nextInt(most)];
      random.nextBytes(message);
      switch (framing) {
        case "raw" -> stream.put(message);
        case "line" -> {
          for (int i = 0; i < message.length; i++) {
            stream.put(message[i] == '\n' ? (byte) 'n' : message[i]);
          }
          stream.put(random.nextBoolean() ? new byte[] {'\r', '\n'} : new byte[] {'\n'});
        }
        default -> stream.putInt(message.length).put(message);
      }
    }
    byte[] all = new byte[stream.position()];
    stream.flip().get(all);
    return all;
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
