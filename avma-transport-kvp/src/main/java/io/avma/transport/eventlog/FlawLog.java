package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;
import io.avma.transport.Flaw;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flaws of one reading, in order: the first ones in full, the rest counted. A strict reader
 * stops here.
 */
final class FlawLog {
  private final Strictness strictness;
  private final int max;
  private final List<Flaw> kept = new ArrayList<>();
  private long count;
  private @Nullable TransportException stop;

  FlawLog(Strictness strictness, int max) {
    this.strictness = strictness;
    this.max = max;
  }

  void add(Flaw flaw) throws TransportException {
    count++;
    if (kept.size() < max) {
      kept.add(flaw);
    }
    if (strictness == Strictness.STRICT && flaw.stopsStrictReaders()) {
      stop = TransportException.damaged(flaw);
      throw stop;
    }
  }

  /**
   * Fails as before if a flaw has stopped the reading: who asks again must not get what comes
   * behind it.
   */
  void requireNotStopped() throws TransportException {
    if (stop != null) {
      throw stop;
    }
  }

  void addAll(List<Flaw> flaws) throws TransportException {
    for (Flaw flaw : flaws) {
      add(flaw);
    }
  }

  ImmutableList<Flaw> kept() {
    return ImmutableList.copyOf(kept);
  }

  long count() {
    return count;
  }
}
