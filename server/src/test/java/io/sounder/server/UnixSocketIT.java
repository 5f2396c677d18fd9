package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose socket file may be replaced, and whose never. */
@Timeout(60)
class UnixSocketIT {
  @TempDir private Path directory;

  @Test
  void replacesAStaleSocketAndRemovesItsOwnAtTheEnd() throws Exception {
    Path path = directory.resolve("s");
    try (ServeProcess killed = serve(path).awaitReady()) {
      killed.signal("KILL").awaitExit();
    }
    assertTrue(Files.exists(path), "killed, it could not clean up");
    try (ServeProcess next = serve(path).awaitReady();
        Peer peer = Peer.connect(next.endpoint(0))) {
      assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      peer.assertEchoes("hello");
      peer.leave();
      next.signal("TERM");
      assertEquals(0, next.awaitExit());
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void neverStealsALiveSocket() throws Exception {
    Path path = directory.resolve("s");
    try (ServeProcess first = serve(path).awaitReady();
        Peer peer = Peer.connect(first.endpoint(0))) {
      assertFails(path, "another server listens there");
      peer.assertEchoes("still here");
      try (Peer late = Peer.connect(first.endpoint(0))) {
        late.assertEchoes("and still found");
      }
    }
  }

  @Test
  void neverTouchesAFileOfAnotherKind() throws Exception {
    Path file = Files.writeString(directory.resolve("precious"), "data");
    assertFails(file, "it exists and is not a socket");
    assertEquals("data", Files.readString(file));
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertFails(link, "it exists and is not a socket");
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void leavesAFileThatSomeoneElsePutInItsPlace() throws Exception {
    Path path = directory.resolve("s");
    try (ServeProcess serve = serve(path).awaitReady()) {
      Files.delete(path);
      Files.writeString(path, "not yours");
      serve.signal("TERM");
      assertEquals(0, serve.awaitExit());
    }
    assertEquals("not yours", Files.readString(path));
  }

  @Test
  void saysWhenThereIsNoSuchDirectory() throws Exception {
    assertFails(directory.resolve("missing/s"), "its directory does not exist; create it first");
  }

  private static void assertFails(Path path, String said) throws Exception {
    try (ServeProcess serve = serve(path)) {
      assertEquals(3, serve.awaitExit());
      assertEquals(1, serve.err().size(), serve.err()::toString);
      assertTrue(
          serve.err().get(0).startsWith("sounder: cannot listen on unix://" + path + ": "),
          serve.err().get(0));
      assertTrue(serve.err().get(0).contains(said), serve.err().get(0));
    }
  }

  private static ServeProcess serve(Path path) throws Exception {
    return ServeProcess.start("--admin", "off", "unix://" + path);
  }
}
