package io.sounder.server.admin;

import java.util.Locale;
import java.util.regex.Pattern;

/** By which names the admin port is asked: whatever cannot be made to point at it by others. */
final class HostNames {
  private static final Pattern PORT = Pattern.compile(":[0-9]*$");
  private static final Pattern IP_LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]");

  private final String bound;

  /**
   * The names.
   *
   * @param bound that which the operator gave the port
   */
  HostNames(String bound) {
    this.bound = bound.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether it is an address, or one of ours. A browser always says a name (RFC 9112, section 3.2).
   *
   * @param host a Host header; empty where there was none
   */
  boolean areOurs(String host) {
    String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    return name.isEmpty()
        || name.equals("localhost")
        || name.equals(bound)
        || IP_LITERAL.matcher(name).matches();
  }
}
