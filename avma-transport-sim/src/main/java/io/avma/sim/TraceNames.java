package io.avma.sim;

import io.avma.activation.Nonce;
import io.avma.activation.Rejected;
import io.avma.platform.Hresult;
import java.time.Duration;

/** What the numbers of a trace entry say. */
final class TraceNames {
  private final Engine engine;

  TraceNames(Engine engine) {
    this.engine = engine;
  }

  String name(int machine) {
    if (machine == Trace.NOBODY) {
      return "";
    }
    return machine < 0
        ? engine.hosts().get(-1 - machine).name
        : engine.nameOf(engine.guest(machine));
  }

  String detail(TraceEntry.What what, long detail) {
    return switch (what) {
      case REQUEST_SENT -> "nonce " + new Nonce(detail);
      case REQUEST_ANSWERED, OUTCOME, KEY_REFUSED -> new Hresult((int) detail).hex();
      case REJECTED -> reason(detail).label();
      case MIGRATED -> "from " + name((int) detail);
      case KEY_INSTALLED, OTHER_KEY_INSTALLED -> KeyEnding.unpacked(detail);
      case FAULT -> engine.faults().rule((int) detail).name();
      case CLOCK_SET -> Duration.ofNanos(detail).toString();
      case LOG_FILLED -> detail + " records";
      case STARTED,
          STOPPED,
          CRASHED,
          SAVED,
          RESTORED,
          MESSAGE_LOST,
          REQUEST_IGNORED,
          EXPIRED,
          KEY_REMOVED,
          HOST_CHANGED,
          DATA_EXCHANGE_ON,
          DATA_EXCHANGE_OFF,
          ITEMS_WRITTEN,
          HOST_ITEMS_WRITTEN,
          CHECKPOINTED,
          REVERTED,
          CREATED,
          HOST_DOWN,
          HOST_UP,
          REPLICATED,
          FAILED_OVER,
          LOG_CLEARED,
          HEALED ->
          "";
    };
  }

  @SuppressWarnings("EnumOrdinal") // bits of a trace entry of this process, nothing that is kept
  static long number(Rejected.Reason reason) {
    return reason.ordinal();
  }

  @SuppressWarnings("EnumOrdinal") // as above
  private static Rejected.Reason reason(long number) {
    return Rejected.Reason.values()[(int) number];
  }
}
