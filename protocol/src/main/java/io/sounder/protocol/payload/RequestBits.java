package io.sounder.protocol.payload;

/**
 * Random bits of a request: each word a pure function of the run, the request, and what it is for,
 * so that whoever knows these can make it again.
 */
public final class RequestBits {
  private RequestBits() {}

  /**
   * One word.
   *
   * @param purpose any number that tells apart what the words of one request are for
   * @param index of the word among those for this purpose
   */
  public static long word(int run, int connection, long sequence, long purpose, int index) {
    long seed = Identity.seed(run, connection, sequence);
    long stream = Words.mix(seed ^ Words.mix(purpose + Words.GOLDEN_GAMMA));
    return Words.mix(stream + index * Words.GOLDEN_GAMMA);
  }
}
