package io.sounder.server.listener;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The file of a Unix socket. A stale one (that refuses connections) is replaced, under a lock file
 * beside it, so that of two servers that start at once only one wins; a live one, or a file of any
 * other kind, is never touched.
 *
 * <p>The lock file stays, since taking it away could let two in at once.
 */
final class UnixSocketFile {
  private static final int FILE_TYPE_MASK = 0170000; // stat(2)
  private static final int SOCKET_TYPE = 0140000;
  private static final String MODE = "rw-rw----";

  private final Path path;
  private final Object identity;

  private UnixSocketFile(Path path, Object identity) {
    this.path = path;
    this.identity = identity;
  }

  /**
   * Binds a channel to a path.
   *
   * @throws BindFailure if something that is not ours to replace is there
   */
  static UnixSocketFile bind(ServerSocketChannel channel, Path path, int backlog)
      throws IOException, BindFailure {
    Path lockPath = path.resolveSibling(path.getFileName() + ".lock");
    try (FileChannel lockChannel =
            FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lockChannel.lock()) {
      Objects.requireNonNull(lock);
      removeStale(path);
      channel.bind(UnixDomainSocketAddress.of(path), backlog);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
      return new UnixSocketFile(path, identity(path));
    }
  }

  private static void removeStale(Path path) throws IOException, BindFailure {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & FILE_TYPE_MASK) != SOCKET_TYPE) {
      throw new BindFailure("it exists and is not a socket; move it away or choose another path");
    }
    if (isLive(path)) {
      throw new BindFailure(
          "Address already in use: another server listens there; stop it or choose another path");
    }
    Files.delete(path);
  }

  private static boolean isLive(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false); // a full backlog must not hold us up
      probe.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (java.net.SocketException e) {
      return !String.valueOf(e.getMessage()).contains("refused");
    }
  }

  private static Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Removes the file, if it is still the one that was bound. */
  void removeIfOurs() throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && identity(path).equals(identity)) {
      Files.delete(path);
    }
  }
}
