package io.sounder.bench.peer;

import java.net.InetSocketAddress;

/** How a peer says that it is ready. */
final class Listening {
  static final int BACKLOG = 4096;
  static final int UDP_RECEIVE_BYTES = 4 << 20; // all peers alike, so that the kernel drops nothing

  static final int MOST_READ_BYTES = 256 << 10; // at once, as Sounder does

  private Listening() {}

  static void announce(InetSocketAddress address) {
    System.out.println(
        "listening " + address.getAddress().getHostAddress() + ":" + address.getPort());
    System.out.flush();
  }
}
