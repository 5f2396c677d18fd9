package io.sounder.systems;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses on 127.0.0.1, which is not always what Java calls the loopback address. */
final class Loopback {
  private Loopback() {}

  static InetSocketAddress port(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(e); // four bytes are an address
    }
  }
}
