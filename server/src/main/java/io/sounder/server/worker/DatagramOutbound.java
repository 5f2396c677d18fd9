package io.sounder.server.worker;

import io.sounder.protocol.reply.BufferSink;
import io.sounder.server.connection.DatagramDrop;
import io.sounder.server.connection.DatagramPort;
import java.net.InetSocketAddress;

/** The way out of a UDP socket, for one thread. */
interface DatagramOutbound {
  /** Holds any datagram. */
  int BUFFER_BYTES = 64 << 10;

  /** Begins a socket's turn. */
  void begin(DatagramPort owner);

  /**
   * Sends a reply, or keeps it until its time has come.
   *
   * @param requestBytes how many it answers
   * @return why it is not sent, or null
   */
  DatagramDrop send(InetSocketAddress to, BufferSink reply, int requestBytes);

  /** How many replies were sent in this turn. */
  long replies();

  /** How many bytes were sent in this turn. */
  long written();
}
