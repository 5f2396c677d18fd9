package io.sounder.server.worker;

import io.sounder.server.tls.BufferSource;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Buffers for remainders: what a connection could not write, or cannot decode yet. Small ones are
 * direct and come back to the pool; large ones, and all once direct memory is half used, are on the
 * heap and left to the garbage collector.
 *
 * <p>What all connections hold together is bounded: above that nobody gets a buffer, since peers
 * must not be able to bring the process to the end of its memory. Long before, the largest are
 * curbed:
 *
 * <pre>
 *   0 ──────── 1/2 ───────────── 3/4 ─────────── 7/8 ─────────── 1
 *     256 KiB      64 KiB at once    16 KiB          those that hold most are closed
 *     are read                                       until 3/4 is left
 * </pre>
 *
 * <p>Thread-safe; never blocks.
 */
public final class BufferPool implements BufferSource {
  /** The most that is left over from one read, and so the largest that comes back to the pool. */
  public static final int LARGEST_POOLED = 256 << 10;

  /**
   * Connections hold as much as they may together, and this one wanted more. It costs that
   * connection.
   */
  public static final class BudgetExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BudgetExceeded(long wantedBytes, long budgetBytes) {
      super(wantedBytes + " bytes would exceed the budget of " + budgetBytes, null, false, false);
    }
  }

  private static final long DEFAULT_BUDGET_BYTES = 256L << 20;
  private static final int SMALLEST = 1 << 10;
  private static final int BYTES_KEPT_PER_SIZE =
      4 << 20; // what idle buffers of one size may hold on to

  private final ArrayBlockingQueue<ByteBuffer>[] free;
  private final long budgetBytes;
  private final AtomicLong takenBytes = new AtomicLong();
  private final AtomicLong directBytes = new AtomicLong();
  private volatile boolean
      directIsShort; // asking in vain holds the asking thread up for half a second

  /**
   * An empty pool.
   *
   * @param budgetBytes how much all buffers taken may have together; a quarter of it may be direct
   *     memory
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public BufferPool(long budgetBytes) {
    this.budgetBytes = budgetBytes;
    free = new ArrayBlockingQueue[index(LARGEST_POOLED) + 1];
    for (int i = 0; i < free.length; i++) {
      free[i] = new ArrayBlockingQueue<>(BYTES_KEPT_PER_SIZE / (SMALLEST << i));
    }
  }

  /** The most that may be budgeted: the other half of the heap is for everything else. */
  public static long largestBudgetBytes() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /**
   * What is budgeted where nothing was said: 10,000 peers that do not read need no more, since they
   * are read less and less.
   */
  public static long defaultBudgetBytes() {
    return Math.min(DEFAULT_BUDGET_BYTES, largestBudgetBytes());
  }

  /**
   * An empty buffer with room for at least so many bytes.
   *
   * @throws BudgetExceeded if connections hold too much already
   */
  @Override
  public ByteBuffer take(int minBytes) {
    return take(minBytes, budgetBytes);
  }

  /**
   * The same for what is dropped if it cannot be kept: it leaves half of the budget to others.
   *
   * @throws BudgetExceeded if half of the budget is taken already
   */
  ByteBuffer takeSpare(int minBytes) {
    return take(minBytes, budgetBytes / 2);
  }

  /** Whether so much could be taken as spare now. */
  boolean hasSpare(int minBytes) {
    return takenBytes.get() + sizeFor(minBytes) <= budgetBytes / 2;
  }

  private static int sizeFor(int minBytes) {
    return minBytes <= LARGEST_POOLED ? SMALLEST << index(minBytes) : minBytes;
  }

  private ByteBuffer take(int minBytes, long limitBytes) {
    boolean pooledSize = minBytes <= LARGEST_POOLED;
    int bytes = sizeFor(minBytes);
    reserve(bytes, limitBytes);
    ByteBuffer pooled = pooledSize ? free[index(minBytes)].poll() : null;
    if (pooled != null) {
      return pooled.clear();
    }
    return pooledSize && tryReserveDirect(bytes)
        ? allocateDirect(bytes)
        : ByteBuffer.allocate(bytes);
  }

  /** Where the JVM has less direct memory than we think, it is left to what cannot do without. */
  private ByteBuffer allocateDirect(int bytes) {
    try {
      return ByteBuffer.allocateDirect(bytes);
    } catch (OutOfMemoryError e) {
      directIsShort = true;
      directBytes.addAndGet(-bytes);
      takenBytes.addAndGet(-bytes);
      throw e;
    }
  }

  private boolean tryReserveDirect(int bytes) {
    if (directIsShort) {
      return false;
    }
    if (directBytes.addAndGet(bytes) <= budgetBytes / 4) {
      return true;
    }
    directBytes.addAndGet(-bytes);
    return false;
  }

  /** Gives a buffer back, which must not be used after that. */
  @Override
  public void give(ByteBuffer buffer) {
    takenBytes.addAndGet(-buffer.capacity());
    if (buffer.isDirect() && !free[index(buffer.capacity())].offer(buffer)) {
      directBytes.addAndGet(
          -buffer.capacity()); // as many as are kept: left to the garbage collector
    }
  }

  @Override
  public void charge(int bytes) {
    reserve(bytes, budgetBytes);
  }

  @Override
  public void refund(int bytes) {
    takenBytes.addAndGet(-bytes);
  }

  private void reserve(int bytes, long limitBytes) {
    if (takenBytes.addAndGet(bytes) > limitBytes) {
      takenBytes.addAndGet(-bytes);
      throw new BudgetExceeded(bytes, limitBytes);
    }
  }

  /** The same content, position kept, in a buffer with room for at least so many bytes. */
  public ByteBuffer grow(ByteBuffer written, int minBytes) {
    ByteBuffer larger = take(minBytes);
    larger.put(written.flip());
    give(written);
    return larger;
  }

  /** How many bytes connections hold together. */
  long takenBytes() {
    return takenBytes.get();
  }

  long budgetBytes() {
    return budgetBytes;
  }

  /** Whether so much is taken that everyone must make do with little. */
  boolean isTight() {
    return takenBytes.get() > budgetBytes / 4 * 3;
  }

  /** Whether so little is left that those who hold most must give it back. */
  boolean isShort() {
    return takenBytes.get() > budgetBytes / 8 * 7;
  }

  /** 0 for the smallest size, one more for each doubling. */
  private static int index(int bytes) {
    return bytes <= SMALLEST
        ? 0
        : Integer.SIZE - Integer.numberOfLeadingZeros((bytes - 1) / SMALLEST);
  }
}
