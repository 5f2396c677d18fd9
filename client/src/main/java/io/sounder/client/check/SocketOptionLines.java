package io.sounder.client.check;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What a socket has, as the system says: one line for each option. */
final class SocketOptionLines {
  /** A number of the kernel's, and a mode that nothing here uses. */
  private static final Set<String> OF_NO_USE = Set.of("SO_INCOMING_NAPI_ID", "SO_OOBINLINE");

  private SocketOptionLines() {}

  static List<String> of(NetworkChannel channel) {
    return channel.supportedOptions().stream()
        .filter(option -> !OF_NO_USE.contains(option.name()))
        .sorted(Comparator.comparing(SocketOption::name))
        .map(option -> "  " + option.name() + " = " + value(channel, option))
        .toList();
  }

  private static String value(NetworkChannel channel, SocketOption<?> option) {
    try {
      Object value = channel.getOption(option);
      return value == null ? "unset" : value.toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "cannot be read: " + e.getMessage();
    }
  }
}
