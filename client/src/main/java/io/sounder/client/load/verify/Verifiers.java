package io.sounder.client.load.verify;

/**
 * Makes the verifiers of an event loop, whose thread alone may use them: one for each connection.
 */
public interface Verifiers {
  /** A verifier for a stream that begins now, after its greetings. */
  StreamVerifier newStream(int connection, InFlight awaited, Replies replies);

  /** A verifier for a UDP socket. */
  DatagramVerifier newDatagrams(
      int connection, InFlight awaited, LostRequests lost, Replies replies);
}
