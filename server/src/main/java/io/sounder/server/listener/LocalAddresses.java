package io.sounder.server.listener;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** This machine's addresses. */
final class LocalAddresses {
  private LocalAddresses() {}

  /** All addresses of interfaces that are up. */
  static List<InetAddress> all(boolean v4Only) throws SocketException {
    return upInterfaces().stream()
        .flatMap(each -> Collections.list(each.getInetAddresses()).stream())
        .filter(address -> !v4Only || address instanceof Inet4Address)
        .distinct()
        .toList();
  }

  /** The broadcast addresses of all interfaces that are up. */
  static Set<InetAddress> broadcast() throws SocketException {
    Set<InetAddress> addresses = new HashSet<>();
    for (NetworkInterface each : upInterfaces()) {
      for (InterfaceAddress address : each.getInterfaceAddresses()) {
        if (address != null && address.getBroadcast() != null) {
          addresses.add(address.getBroadcast());
        }
      }
    }
    return addresses;
  }

  private static List<NetworkInterface> upInterfaces() throws SocketException {
    return NetworkInterface.networkInterfaces().filter(LocalAddresses::isUp).toList();
  }

  private static boolean isUp(NetworkInterface each) {
    try {
      return each.isUp();
    } catch (SocketException e) {
      return false; // gone while we looked
    }
  }
}
