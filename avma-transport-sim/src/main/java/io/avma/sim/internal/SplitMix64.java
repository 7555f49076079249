package io.avma.sim.internal;

/**
 * The random numbers of a simulation: SplitMix64, our own, because the platform's generators
 * promise no sequence across versions. Streams of one seed that have different names do not disturb
 * each other.
 */
public final class SplitMix64 {
  private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;

  private long state;

  private SplitMix64(long state) {
    this.state = state;
  }

  /** Returns the stream of {@code seed} that is called {@code name}. */
  public static SplitMix64 stream(long seed, String name) {
    return new SplitMix64(mix(seed) ^ hash(name));
  }

  /** Returns a stream that goes on as this one does. */
  public SplitMix64 copy() {
    return new SplitMix64(state);
  }

  /** Returns the next 64 bits. */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  /**
   * Returns a number from 0 to {@code bound} - 1; the tiny bias of the remainder does not matter.
   */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  public double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Returns a number from 0 to {@code bound} - 1. */
  public long below(long bound) {
    return Long.remainderUnsigned(next(), bound);
  }

  /** Returns {@code bits} well mixed; different bits give different ones. */
  public static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  /** FNV-1a over the characters: the same on every JVM, and good enough behind {@link #mix}. */
  public static long hash(String text) {
    long hash = 0xCBF2_9CE4_8422_2325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x0000_0100_0000_01B3L;
    }
    return mix(hash);
  }
}
