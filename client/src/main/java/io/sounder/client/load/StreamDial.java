package io.sounder.client.load;

import io.sounder.client.net.Dialer;
import io.sounder.client.net.SocketOptions;
import io.sounder.client.outcome.ErrorClass;
import io.sounder.protocol.endpoint.Scheme;
import io.sounder.protocol.endpoint.TargetSpec;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Connects without blocking: to the first address of the target, and if that fails to the next. */
final class StreamDial {
  private final LoopContext context;
  private final Session session;
  private int addressIndex;

  StreamDial(LoopContext context, Session session) {
    this.context = context;
    this.session = session;
  }

  /** Back to the first address. */
  void restart() {
    addressIndex = 0;
  }

  /** Goes on to the next address, if there is one. */
  boolean advance() {
    addressIndex++;
    return addressIndex < context.addresses().size();
  }

  /**
   * Begins to connect to the current address.
   *
   * @return a key that waits for the connect, or for bytes where it succeeded at once; null if the
   *     queue of a Unix socket is full, where a connect does not wait, but has to be tried again
   */
  SelectionKey connect() throws IOException {
    TargetSpec target = context.plan().target();
    Scheme scheme = target.endpoint().scheme();
    SocketChannel channel = Dialer.openStream(scheme);
    try {
      SocketOptions.apply(channel, scheme, target.socket());
      channel.configureBlocking(false);
      boolean connected = channel.connect(context.addresses().get(addressIndex));
      return channel.register(
          context.selector(), connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, session);
    } catch (IOException | RuntimeException e) {
      channel.close();
      boolean queueFull =
          scheme == Scheme.UNIX && ErrorClass.of(e) == ErrorClass.CONNECT_TIMEOUT; // EAGAIN
      if (queueFull) {
        return null;
      }
      throw e;
    }
  }
}
