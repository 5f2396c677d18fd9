package io.sounder.client.load.verify;

/** Is told what a verifier found, as it finds it. Called by whoever owns the connection. */
public interface Replies {
  /** The reply to an awaited request, every byte as it should be. */
  void onRight(long sequence);

  /** The reply to an awaited request, and it is wrong. */
  void onWrong(long sequence, Wrong wrong);

  /**
   * A right reply to a request of ours that is not awaited: it was answered before, or given up.
   */
  void onUnawaited(long sequence);

  /** Something wrong that answers none of the awaited requests. */
  void onStray(Wrong wrong);

  /** What follows on this connection cannot be read any more; it must be given up. */
  void onUnusable();
}
