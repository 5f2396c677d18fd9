package io.sounder.server.admin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names the admin port may be asked. */
class HostNamesTest {
  private final HostNames hosts = new HostNames("Box.lan");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1",
        "127.0.0.1:8880",
        "10.1.2.3:80",
        "[::1]",
        "[::1]:8880",
        "localhost",
        "LocalHost:8880",
        "box.lan:8880",
        "BOX.LAN"
      })
  void areAddressesLocalhostAndTheOneThatItWasGiven(String host) {
    assertTrue(hosts.areOurs(host), host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attacker.example",
        "attacker.example:8880",
        "127.0.0.1.attacker.example",
        "localhost.attacker.example:8880",
        "1.2.3.4.5",
        "[::1].attacker.example",
        "box.lan.",
        "box",
        "localhost:80:80",
        "a[::1]"
      })
  void areNoOthers(String host) {
    assertFalse(hosts.areOurs(host), host);
  }
}
