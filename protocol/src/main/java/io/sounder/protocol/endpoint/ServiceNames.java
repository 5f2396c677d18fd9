package io.sounder.protocol.endpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Ports by service name: the system's services file (services(5)) first, then a small table of our
 * own, since slim images have no such file.
 */
public final class ServiceNames {
  private static final Path SERVICES_FILE = Path.of("/etc/services");

  private static final Map<String, Integer> WELL_KNOWN =
      Map.ofEntries(
          Map.entry("echo", 7),
          Map.entry("discard", 9),
          Map.entry("daytime", 13),
          Map.entry("qotd", 17),
          Map.entry("chargen", 19),
          Map.entry("ftp", 21),
          Map.entry("ssh", 22),
          Map.entry("telnet", 23),
          Map.entry("smtp", 25),
          Map.entry("time", 37),
          Map.entry("domain", 53),
          Map.entry("http", 80),
          Map.entry("pop3", 110),
          Map.entry("ntp", 123),
          Map.entry("imap2", 143),
          Map.entry("snmp", 161),
          Map.entry("https", 443),
          Map.entry("syslog", 514),
          Map.entry("mysql", 3306),
          Map.entry("postgresql", 5432),
          Map.entry("redis", 6379),
          Map.entry("http-alt", 8080));

  private final List<String> lines;

  private ServiceNames(List<String> lines) {
    this.lines = lines;
  }

  /** The system's services file, read when the first name is looked up, and our own table. */
  public static ServiceNames system() {
    return SystemFile.INSTANCE;
  }

  /** The lines of a services file, and our own table. */
  public static ServiceNames of(List<String> lines) {
    return new ServiceNames(List.copyOf(lines));
  }

  /**
   * The port of a service or of one of its aliases; the transport is {@code tcp} or {@code udp}.
   */
  public OptionalInt port(String name, String transport) {
    OptionalInt listed =
        lines.stream().flatMapToInt(line -> match(line, name, transport).stream()).findFirst();
    if (listed.isPresent()) {
      return listed;
    }
    Integer known = WELL_KNOWN.get(name);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  private static OptionalInt match(String line, String name, String transport) {
    int comment = line.indexOf('#');
    String[] fields = (comment < 0 ? line : line.substring(0, comment)).trim().split("\\s+");
    if (fields.length < 2 || !fields[1].matches("[0-9]{1,5}/" + transport)) {
      return OptionalInt.empty();
    }
    boolean named =
        Stream.concat(Stream.of(fields[0]), Stream.of(fields).skip(2)).anyMatch(name::equals);
    int port = Integer.parseInt(fields[1].substring(0, fields[1].indexOf('/')));
    return named && port <= 65535 ? OptionalInt.of(port) : OptionalInt.empty();
  }

  private static final class SystemFile {
    static final ServiceNames INSTANCE = new ServiceNames(read());

    private static List<String> read() {
      try {
        return Files.readAllLines(SERVICES_FILE, StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        return List.of(); // slim images have none: our own table serves
      }
    }
  }
}
