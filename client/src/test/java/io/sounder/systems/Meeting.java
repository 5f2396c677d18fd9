package io.sounder.systems;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client and a server, each the original or ours, with a relay between them that writes down what
 * they say to each other over 127.0.0.1.
 */
final class Meeting implements AutoCloseable {
  private final Pairing pairing;
  private final OurServer ours;
  private final List<Program> programs = new ArrayList<>();
  private Program originalServer;
  private StreamRelay streams;
  private DatagramRelay datagrams;

  Meeting(Pairing pairing, OurServer ours) {
    this.pairing = pairing;
    this.ours = ours;
  }

  /**
   * Brings in the server.
   *
   * @param script the original, whose first arguments are host and port
   * @param listener what stands in for it, one of {@link OurServer}'s
   */
  Meeting server(String listener, String script, String... arguments)
      throws IOException, InterruptedException {
    InetSocketAddress server;
    if (pairing.serverIsOurs()) {
      server = Loopback.port(URI.create(ours.endpoint(listener)).getPort());
    } else {
      originalServer = start(Programs.python(script, withAddress(0, arguments)));
      server = Loopback.port(Integer.parseInt(originalServer.awaitLine("port ")));
    }
    if (listener.startsWith("udp:")) {
      datagrams = new DatagramRelay(server);
    } else {
      streams = StreamRelay.before(server);
    }
    return this;
  }

  /** Starts the client: the original, whose first arguments are host and port, or ours. */
  Program client(List<String> original, List<String> ours) throws IOException {
    return start(pairing.clientIsOurs() ? ours : original);
  }

  /** A script that is given where to connect. */
  List<String> original(String script, String... arguments) throws IOException {
    return Programs.python(script, withAddress(port(), arguments));
  }

  /** Starts a program that ends with this meeting. */
  Program start(List<String> command) throws IOException {
    Program program = Program.start(command);
    programs.add(program);
    return program;
  }

  /**
   * The target where the client finds the server, followed by keys such as {@code ?framing=line}.
   */
  String target(String keys) throws IOException {
    return (datagrams != null ? "udp" : "tcp") + "://127.0.0.1:" + port() + keys;
  }

  private int port() throws IOException {
    return datagrams != null ? datagrams.port() : streams.port();
  }

  private static String[] withAddress(int port, String... arguments) {
    return Stream.concat(Stream.of("127.0.0.1", "" + port), Stream.of(arguments))
        .toArray(String[]::new);
  }

  StreamRelay streams() {
    return streams;
  }

  DatagramRelay datagrams() {
    return datagrams;
  }

  /** What the first connection said, once both sides have ended. */
  Wire wire() throws InterruptedException {
    return streams.connection(0).whole();
  }

  /** The server, if it is the original. */
  Program originalServer() {
    return originalServer;
  }

  @Override
  public void close() throws IOException {
    programs.forEach(Program::close);
    if (streams != null) {
      streams.close();
    }
    if (datagrams != null) {
      datagrams.close();
    }
  }
}
