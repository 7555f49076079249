package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.Position;

/** What became of a write that was cut off. */
enum Recovery {
  /** There was none. */
  NOTHING_TO_DO,
  /**
   * It had not begun, or somebody else has written since and nothing of it is left; its record was
   * removed.
   */
  DROPPED,
  /** It was finished exactly. */
  COMPLETED,
  /** Somebody else had written since; it was carried out on what is there now, newer values too. */
  MERGED;

  /** Returns {@code write-merged} if the pool may hold traces of the half-written state. */
  ImmutableList<Flaw> flaws(KvpPool pool) {
    return this != MERGED
        ? ImmutableList.of()
        : ImmutableList.of(
            new Flaw(
                "write-merged",
                Flaw.Effect.DOUBTFUL,
                Position.in(PoolLayout.label(pool)),
                "a writer was killed half-way, and somebody else wrote before it could be finished"
                    + " (expected: nobody). It was finished on top: a newer value of a key that it"
                    + " wrote is overwritten, and an item may be there twice"));
  }
}
