package io.sounder.server.listener;

import io.sounder.protocol.endpoint.Endpoint;
import io.sounder.protocol.endpoint.ListenerSpec;
import io.sounder.server.tls.TlsContext;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener whose sockets are bound, non-blocking and not yet watched.
 *
 * @param endpoint with the port that it got
 * @param accepting the listening socket of a stream listener
 * @param datagrams a UDP listener's sockets, one for each local address
 * @param socketFile a Unix listener's file
 * @param tls with what a TLS listener speaks
 */
public record BoundListener(
    ListenerSpec spec,
    Endpoint endpoint,
    Optional<ServerSocketChannel> accepting,
    List<DatagramChannel> datagrams,
    Optional<UnixSocketFile> socketFile,
    Optional<TlsContext> tls)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BoundListener.class);

  /** Closes the sockets, and removes a socket file that is still ours. */
  @Override
  public void close() {
    accepting.ifPresent(BoundListener::closeQuietly);
    datagrams.forEach(BoundListener::closeQuietly);
    removeFile();
  }

  /** Removes a socket file that is still ours. */
  public void removeFile() {
    socketFile.ifPresent(
        file -> {
          try {
            file.removeIfOurs();
          } catch (IOException e) {
            LOG.warn("could not remove the socket file of {}: {}", endpoint, e.toString());
          }
        });
  }

  static void closeQuietly(Channel channel) {
    if (InheritedSocket.is(channel)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("an error while closing, with nothing left to lose: {}", e.toString());
    }
  }
}
