package io.sounder.client.load.verify;

import java.nio.ByteBuffer;

/** Verifies that nothing comes back. */
public final class SilenceVerifier implements StreamVerifier {
  private final Replies replies;

  public SilenceVerifier(Replies replies) {
    this.replies = replies;
  }

  @Override
  public void take(ByteBuffer bytes) {
    bytes.position(bytes.limit());
    replies.onStray(Wrong.EXTRA);
    replies.onUnusable();
  }

  @Override
  public boolean isInsideReply() {
    return false;
  }
}
