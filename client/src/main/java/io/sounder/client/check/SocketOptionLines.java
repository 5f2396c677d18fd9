package io.sounder.client.check;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.util.Comparator;
import java.util.List;

/** What a socket has, as the system says: one line for each option. */
final class SocketOptionLines {
  private SocketOptionLines() {}

  static List<String> of(NetworkChannel channel) {
    return channel.supportedOptions().stream()
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
