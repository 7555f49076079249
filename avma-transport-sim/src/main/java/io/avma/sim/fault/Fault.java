package io.avma.sim.fault;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import java.time.Duration;

/** What goes wrong. Each says at which points it can. */
@CheckReturnValue
public sealed interface Fault {
  /** Returns the points at which this can happen. */
  ImmutableSet<FaultPoint> points();

  /**
   * A message, an item write or a log record vanishes; a record's number is used up. Of a message
   * that is lost there is nothing left for the rules behind this one to duplicate.
   */
  record Lost() implements Fault {
    @Override
    public ImmutableSet<FaultPoint> points() {
      return Sets.immutableEnumSet(
          FaultPoint.REQUEST,
          FaultPoint.RESPONSE,
          FaultPoint.GUEST_ITEMS,
          FaultPoint.GUEST_LOG,
          FaultPoint.HOST_LOG);
    }
  }

  /**
   * A message arrives later.
   *
   * @param delay by how much more than usual
   */
  record Delayed(Delay delay) implements Fault {
    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.MESSAGES;
    }
  }

  /**
   * A message arrives several times.
   *
   * @param copies how many times more, 1 to 100
   * @param delay by how much later each of them comes
   */
  record Duplicated(int copies, Delay delay) implements Fault {
    /** Refuses a number of copies out of range. */
    public Duplicated {
      checkArgument(copies >= 1 && copies <= 100, "%s copies (expected: 1 to 100)", copies);
    }

    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.MESSAGES;
    }
  }

  /**
   * A message is held back, so that what was sent after it may arrive before it.
   *
   * @param within how long at most; each time anything up to that, all equally likely
   */
  record Reordered(Duration within) implements Fault {
    /** Refuses a time out of range. */
    public Reordered {
      checkTime(within);
    }

    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.MESSAGES;
    }
  }

  /**
   * Bits of a message turn over. The nonce travels in the open, so that a turned bit in it makes
   * another nonce; all else is sealed, and whoever receives it sees that it was broken (assumed:
   * the real exchange is cryptographic).
   *
   * @param bits how many, 1 to 64; each anywhere in the message
   */
  record Damaged(int bits) implements Fault {
    /** Refuses a number of bits out of range. */
    public Damaged {
      checkArgument(bits >= 1 && bits <= 64, "%s bits (expected: 1 to 64)", bits);
    }

    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.MESSAGES;
    }
  }

  /**
   * A host hangs: what reaches it meanwhile, this request included, gets no answer ever.
   *
   * @param time for how long
   */
  record Hung(Duration time) implements Fault {
    /** Refuses a time out of range. */
    public Hung {
      checkTime(time);
    }

    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.HOST;
    }
  }

  /**
   * A host fails and restarts: its guests crash, a cluster starts them on other nodes, and one that
   * stands alone starts them when it is back. Of several such faults at once the longest counts.
   *
   * @param time how long it is away
   */
  record Restarting(Duration time) implements Fault {
    /** Refuses a time out of range. */
    public Restarting {
      checkTime(time);
    }

    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.HOST;
    }
  }

  /**
   * A host answers that it has too much to do, whatever its own limit is.
   *
   * @param time for how long
   */
  record Throttling(Duration time) implements Fault {
    /** Refuses a time out of range. */
    public Throttling {
      checkTime(time);
    }

    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.HOST;
    }
  }

  /**
   * Items are written late; until then the host reads what was there. They replace what was written
   * meanwhile, and are forgotten when the guest stops, boots again or moves.
   *
   * @param time how late
   */
  record Stale(Duration time) implements Fault {
    /** Refuses a time out of range. */
    public Stale {
      checkTime(time);
    }

    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.ITEMS;
    }
  }

  /**
   * Values are cut.
   *
   * @param characters to how many characters, 0 or more
   */
  record Truncated(int characters) implements Fault {
    /** Refuses a negative length. */
    public Truncated {
      checkArgument(characters >= 0, "%s characters (expected: 0 or more)", characters);
    }

    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.ITEMS;
    }
  }

  /**
   * Somebody in the guest writes something else instead.
   *
   * @param value what stands in every value then; at most as long as a pool takes
   */
  record Tampered(String value) implements Fault {
    /** Refuses a value that no pool holds. */
    public Tampered {
      checkArgument(
          KvpLimits.SAFE.violations(new KvpItem("key", value)).isEmpty(),
          "a value of %s characters fits no pool",
          value.length());
    }

    @Override
    public ImmutableSet<FaultPoint> points() {
      return Places.ITEMS;
    }
  }

  /** A migration fails half-way: the guest goes on where it was, what was in flight is lost. */
  record Interrupted() implements Fault {
    @Override
    public ImmutableSet<FaultPoint> points() {
      return Sets.immutableEnumSet(FaultPoint.MIGRATION);
    }
  }

  private static void checkTime(Duration value) {
    checkArgument(
        !value.isNegative() && value.compareTo(Delay.LONGEST) <= 0,
        "time is %s (expected: zero to %s)",
        value,
        Delay.LONGEST);
  }
}
