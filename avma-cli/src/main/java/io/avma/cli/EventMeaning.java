package io.avma.cli;

import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.LicenseContext;
import io.avma.eventlog.LogEntry;
import io.avma.eventlog.MachineEvent;
import io.avma.eventlog.Neighbour;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import java.util.Optional;

/** What an event says about activation or a machine, in a sentence. */
final class EventMeaning {
  private static final int LONGEST = 120;

  private EventMeaning() {}

  /** Returns the sentence, all of it escaped; empty for an event that says nothing about it. */
  static Optional<String> of(WindowsEvent event) {
    return LogEntry.of(event).map(EventMeaning::sentence);
  }

  private static String sentence(LogEntry entry) {
    if (entry instanceof ActivationLogEntry activation) {
      return activation(activation);
    } else if (entry instanceof LicenseContext context) {
      return context(context);
    } else if (entry instanceof MachineEvent machine) {
      return machine.meaning()
          + machine
              .machine()
              .map(vm -> ": " + ForeignText.escape(vm.toString(), LONGEST))
              .orElse("");
    }
    return ((Neighbour) entry).kind().meaning();
  }

  private static String activation(ActivationLogEntry entry) {
    String who =
        switch (entry.side()) {
          case HOST -> "the host answered a request for activation";
          case GUEST -> "the guest got an answer to its request for activation";
        };
    String result = entry.result().map(Object::toString).orElse("a result that cannot be read");
    return who
        + ": "
        + result
        + entry
            .detail()
            .filter(detail -> !detail.isEmpty())
            .map(detail -> " (" + ForeignText.escape(detail, LONGEST) + ")")
            .orElse("");
  }

  private static String context(LicenseContext context) {
    StringBuilder text = new StringBuilder("license state");
    text.append(
        context
            .state()
            .map(state -> " " + ForeignText.escape(state.toString(), LONGEST))
            .orElse(" not told"));
    context
        .graceEnd()
        .ifPresent(end -> text.append(", until ").append(end).append(" by the machine's clock"));
    context
        .partialProductKey()
        .ifPresent(key -> text.append(", key ends in ").append(ForeignText.escape(key, 20)));
    context
        .productKeyType()
        .ifPresent(type -> text.append(" (").append(ForeignText.escape(type, LONGEST)).append(')'));
    context.result().ifPresent(result -> text.append(", ").append(result));
    return text.toString();
  }
}
