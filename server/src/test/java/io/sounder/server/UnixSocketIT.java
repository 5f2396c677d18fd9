package io.sounder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sounder.server.fixture.Peer;
import io.sounder.server.fixture.ServeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
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

  @Test
  void saysThatAPathIsTooLong() throws Exception {
    try (ServeProcess serve = serve(directory.resolve("s".repeat(108)))) {
      assertEquals(2, serve.awaitExit());
      assertEquals(1, serve.err().size(), serve.err()::toString);
      assertTrue(
          serve.err().get(0).contains("a Unix socket path has at most 106 bytes"),
          serve.err().get(0));
    }
  }

  @Test
  void letsNobodyInWhoIsNeitherItsOwnerNorOfItsGroup() throws Exception {
    assumeTrue(isRoot(), "only root can become another user");
    assumeTrue(isOnPath("setpriv") && isOnPath("socat"), "setpriv or socat is not on PATH");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path path = directory.resolve("s");
    try (ServeProcess serve = serve(path).awaitReady()) {
      assertTrue(connectAs("65534", "65534", path).contains("Permission denied"));
      assertEquals("", connectAs("65534", "0", path), "the group may");
      assertEquals("", connectAs("0", "0", path));
      assertTrue(serve.isAlive());
    }
  }

  /** What another user is told who connects and leaves again. */
  private static String connectAs(String user, String group, Path path) throws Exception {
    Process process =
        new ProcessBuilder(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + group,
                "--clear-groups",
                "socat",
                "-u",
                "/dev/null",
                "UNIX-CONNECT:" + path)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(said.isEmpty() ? 0 : 1, process.waitFor(), said);
    return said;
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
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
