package io.sounder.server.guard;

/** Spreads what differs in a few bits over all of them. */
final class Mixing {
  private static final long ODD = 0x9e3779b97f4a7c15L; // 2^64 divided by the golden ratio

  private Mixing() {}

  static long mix(long bits) {
    long product = bits * ODD;
    return (product ^ product >>> 32) * ODD ^ product >>> 29;
  }
}
