package io.sounder.client.load.verify;

/** What a right reply means that was found to answer another request than the oldest. */
final class IdentifiedReplies {
  private final int connection;
  private final InFlight awaited;
  private final Replies replies;
  private final boolean inOrder;

  /**
   * Prepares for a connection.
   *
   * @param inOrder whether the transport keeps the order, so that a foreign reply stands in the
   *     place of our own
   */
  IdentifiedReplies(int connection, InFlight awaited, Replies replies, boolean inOrder) {
    this.connection = connection;
    this.awaited = awaited;
    this.replies = replies;
    this.inOrder = inOrder;
  }

  void tell(Identification identified) {
    long sequence = identified.sequence();
    boolean ours = identified.connection() == connection && sequence < awaited.next();
    if (ours && awaited.isAwaited(sequence)) {
      replies.onRight(sequence);
    } else if (ours) {
      replies.onUnawaited(sequence);
    } else if (inOrder && !awaited.isEmpty()) {
      replies.onWrong(awaited.oldest(), Wrong.MISDIRECTED);
    } else {
      replies.onStray(Wrong.MISDIRECTED);
    }
  }
}
