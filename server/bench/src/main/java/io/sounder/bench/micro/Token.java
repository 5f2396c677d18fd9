package io.sounder.bench.micro;

import io.sounder.server.connection.Handoff;

/** Stands for a socket where only its place in a queue matters. */
public final class Token extends Handoff {
  @Override
  public boolean isHeavy() {
    return false;
  }
}
