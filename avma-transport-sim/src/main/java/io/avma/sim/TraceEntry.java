package io.avma.sim;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.time.Duration;
import java.util.Locale;

/**
 * One thing that happened in a simulation.
 *
 * @param after when, since the simulation's start
 * @param what what happened
 * @param machine the guest or host that it happened to; empty if it concerns all
 * @param other the other machine involved; empty if there was none
 * @param detail a result code or reason; empty if there is none
 */
@CheckReturnValue
public record TraceEntry(Duration after, What what, String machine, String other, String detail) {
  /** What can happen. */
  public enum What {
    /** A guest booted. */
    STARTED,
    /** A guest was shut down or turned off. */
    STOPPED,
    /** A guest failed. */
    CRASHED,
    /** A guest was saved. */
    SAVED,
    /** A saved guest went on. */
    RESTORED,
    /** A guest asked its host for activation; the detail is the end of the nonce. */
    REQUEST_SENT,
    /** A request or answer met nobody: the guest had moved or stopped, or Data Exchange was off. */
    MESSAGE_LOST,
    /** A host answered a request; the detail is the code. */
    REQUEST_ANSWERED,
    /** A host that does not support AVMA let a request pass. */
    REQUEST_IGNORED,
    /** An attempt ended; the detail is the code in the guest's log. */
    OUTCOME,
    /** An activation ran out while its guest ran. */
    EXPIRED,
    /** A guest moved to another host. */
    MIGRATED,
    /** An AVMA key was installed; the detail is its last five characters. */
    KEY_INSTALLED,
    /** A key of another channel was installed; the detail is its last five characters. */
    OTHER_KEY_INSTALLED,
    /** The key was removed. */
    KEY_REMOVED,
    /** Windows refused a key; the detail is the code. */
    KEY_REFUSED,
    /** A host's profile changed. */
    HOST_CHANGED,
    /** Data Exchange was enabled for a guest. */
    DATA_EXCHANGE_ON,
    /** Data Exchange was disabled for a guest. */
    DATA_EXCHANGE_OFF,
    /** An input made no sense; the detail is the reason. */
    REJECTED,
    /** Items were written or removed in a guest's own pool, by no part of activation. */
    ITEMS_WRITTEN,
    /** The host of a guest added, changed or removed items for it. */
    HOST_ITEMS_WRITTEN,
    /** A checkpoint or export was taken of a guest. */
    CHECKPOINTED,
    /** A guest became what it was at a checkpoint. */
    REVERTED,
    /** A guest was created after the start: a new one, a copy, a replica. */
    CREATED,
    /** A guest's clock was set; the detail is by how much it is ahead of the true time. */
    CLOCK_SET,
    /** A host failed. */
    HOST_DOWN,
    /** A host that had failed is back. */
    HOST_UP,
    /** A guest became the replica of another. */
    REPLICATED,
    /** A replica took over. */
    FAILED_OVER,
    /** An event log was cleared. */
    LOG_CLEARED,
    /** Other programs wrote into an event log; the detail is how many records. */
    LOG_FILLED,
    /** A fault struck a guest; the detail is the name of its rule. */
    FAULT,
    /** Faults were over, and what they had done to hosts. */
    HEALED
  }

  /** Returns the entry in one line: {@code +31m05s vm-17 REQUEST_SENT host-3}. */
  @Override
  public String toString() {
    long seconds = after.toSeconds();
    String time =
        String.format(
            Locale.ROOT,
            "+%dd%02dh%02dm%02d.%03ds",
            seconds / 86_400,
            seconds / 3_600 % 24,
            seconds / 60 % 60,
            seconds % 60,
            after.toMillisPart());
    return time
        + (machine.isEmpty() ? "" : " " + ForeignText.escape(machine, 80))
        + " "
        + what
        + (other.isEmpty() ? "" : " " + ForeignText.escape(other, 80))
        + (detail.isEmpty() ? "" : " " + ForeignText.escape(detail, 80));
  }
}
