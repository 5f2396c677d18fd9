package io.sounder.protocol.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNamesTest {
  private static final ServiceNames FILE =
      ServiceNames.of(
          List.of(
              "# Network services, Internet style",
              "",
              "tcpmux\t\t1/tcp\t\t\t\t# TCP port service multiplexer",
              "echo\t\t7777/tcp",
              "echo\t\t7778/udp",
              "  web   8081/tcp  www  http-old # hidden 9999/tcp",
              "#commented 8083/tcp",
              "toolarge 70000/tcp",
              "noport tcp",
              "sctponly 8084/sctp",
              "double 8085/tcp",
              "double 8086/tcp"));

  @ParameterizedTest
  @CsvSource({
    "tcpmux, tcp, 1",
    "echo, tcp, 7777",
    "echo, udp, 7778",
    "web, tcp, 8081",
    "www, tcp, 8081",
    "http-old, tcp, 8081",
    "double, tcp, 8085"
  })
  void findsNamesAndAliasesOfTheTransport(String name, String transport, int port) {
    assertEquals(OptionalInt.of(port), FILE.port(name, transport));
  }

  @ParameterizedTest
  @CsvSource({
    "tcpmux, udp",
    "www, udp",
    "hidden, tcp",
    "commented, tcp",
    "#commented, tcp",
    "toolarge, tcp",
    "noport, tcp",
    "sctponly, tcp",
    "TCPMUX, tcp",
    "8081/tcp, tcp",
    "'', tcp"
  })
  void knowsNothingElse(String name, String transport) {
    assertEquals(OptionalInt.empty(), FILE.port(name, transport));
  }

  @ParameterizedTest
  @CsvSource({"http, 80", "https, 443", "echo, 7", "time, 37", "ssh, 22", "domain, 53"})
  void fallsBackToItsOwnTableWhereTheFileIsMissing(String name, int port) {
    ServiceNames slim = ServiceNames.of(List.of());
    assertEquals(OptionalInt.of(port), slim.port(name, "tcp"));
    assertEquals(OptionalInt.of(port), slim.port(name, "udp"));
    assertEquals(OptionalInt.empty(), slim.port("no-such-service", "tcp"));
  }

  @Test
  void readsTheSystemsOwnFile() {
    assertEquals(OptionalInt.of(80), ServiceNames.system().port("http", "tcp"));
    assertEquals(OptionalInt.empty(), ServiceNames.system().port("no-such-service", "tcp"));
  }
}
