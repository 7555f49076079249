package io.avma.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpSnapshot;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.Optional;

/** What a sweep found out about one VM. One VM that cannot be read hides no other. */
@CheckReturnValue
public sealed interface VmReading {
  /** Returns the VM. */
  VmId vm();

  /** Returns when the host was asked, by the clock of whoever asked. */
  Instant readAt();

  /**
   * The VM was read.
   *
   * @param facts what the host itself knows of it
   * @param snapshot its items, as far as the scope asked for them; problems included
   * @param readAt when the host was asked
   */
  record Read(VmFacts facts, KvpSnapshot snapshot, Instant readAt) implements VmReading {
    @Override
    public VmId vm() {
      return facts.vm();
    }

    /** Returns VM and snapshot, escaped. */
    @Override
    public String toString() {
      return facts + " " + snapshot;
    }
  }

  /**
   * The VM could not be read, or the host does not have it.
   *
   * @param vm the VM
   * @param facts what was found out before it failed
   * @param reason why, for programs; not found if the host does not have the VM
   * @param message why, for people; foreign text in it is escaped and cut
   * @param readAt when the host was asked
   */
  record Unreadable(
      VmId vm,
      Optional<VmFacts> facts,
      TransportException.Reason reason,
      String message,
      Instant readAt)
      implements VmReading {
    /** Returns the reading for a VM that failed with {@code failure} before anything was known. */
    public static Unreadable of(VmId vm, TransportException failure, Instant readAt) {
      return new Unreadable(
          vm,
          Optional.empty(),
          failure.reason(),
          Optional.ofNullable(failure.getMessage()).orElse(""),
          readAt);
    }

    /** Returns VM, reason and message. */
    @Override
    public String toString() {
      return vm + " " + reason + ": " + message;
    }
  }
}
