package io.sounder.chaos;

import java.util.Random;

/**
 * What a link does to the bytes that pass it, drawn from a seed.
 *
 * @param up how bytes go from client to server
 * @param down how they come back
 * @param ending how it ends before all have passed
 * @param endsDown in which direction bytes are counted for that
 * @param endsAfterBytes how many pass before it ends
 */
record Schedule(Pace up, Pace down, Ending ending, boolean endsDown, long endsAfterBytes) {
  /** What becomes of a link in the middle of a conversation. */
  enum Ending {
    /** Nothing: it lasts as long as both sides want. */
    NONE,
    /** The client is told that there is nothing more; what it has got by then is left to it. */
    CLOSE,
    /** Both sides are reset, which may destroy what is on its way. */
    RESET,
    /** Nothing passes any more, and nobody is told. */
    BLACK_HOLE
  }

  /**
   * How bytes go in one direction.
   *
   * @param sliceBytes how many are passed on at once
   * @param delayNanos how long each slice waits
   * @param nanosPerByte how long each byte of it makes it wait besides
   */
  record Pace(int sliceBytes, long delayNanos, long nanosPerByte) {
    static final int UNSLICED = 16 << 10;
    static final Pace UNHINDERED = new Pace(UNSLICED, 0, 0);

    private static final int MOST_SLICES = 300; // more only take time
    private static final int MOST_DELAYS = 8; // of a millisecond or two
    private static final long SLOWEST_NANOS = 10_000_000;

    private static Pace draw(Random random, int totalBytes) {
      return switch (random.nextInt(4)) {
        case 0 -> UNHINDERED;
        case 1 -> new Pace(slice(random, totalBytes, MOST_SLICES), 0, 0);
        case 2 ->
            new Pace(
                slice(random, totalBytes, MOST_DELAYS), 500_000L + random.nextInt(1_500_000), 0);
        default ->
            new Pace(
                slice(random, totalBytes, MOST_DELAYS),
                0,
                random.nextLong(SLOWEST_NANOS) / totalBytes);
      };
    }

    /** Small slices as often as large ones. */
    private static int slice(Random random, int totalBytes, int mostSlices) {
      int smallest = (totalBytes + mostSlices - 1) / mostSlices;
      int largest = Math.min(UNSLICED, Math.max(smallest, totalBytes));
      double ratio = (double) largest / smallest;
      return (int) Math.min(largest, Math.round(smallest * Math.pow(ratio, random.nextDouble())));
    }
  }

  /** One that hinders nothing. */
  static final Schedule NONE =
      new Schedule(Pace.UNHINDERED, Pace.UNHINDERED, Ending.NONE, false, Long.MAX_VALUE);

  /** One for a conversation of so many bytes in each direction, more than 0. */
  static Schedule draw(Random random, int totalBytes) {
    Pace up = Pace.draw(random, totalBytes);
    Pace down = Pace.draw(random, totalBytes);
    Ending ending = Ending.values()[random.nextInt(Ending.values().length)];
    boolean endsDown = random.nextBoolean();
    long endsAfter = ending == Ending.NONE ? Long.MAX_VALUE : random.nextInt(totalBytes);
    return new Schedule(up, down, ending, endsDown, endsAfter);
  }
}
