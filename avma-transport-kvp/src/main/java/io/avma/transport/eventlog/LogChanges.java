package io.avma.transport.eventlog;

import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;

/** What happened to a log file while it was read. */
final class LogChanges {
  private LogChanges() {}

  /** Reports whether the file, which had {@code size} bytes, has another size or is another one. */
  static void report(LogInput input, long size, FlawLog flaws) throws TransportException {
    Position place = Position.in(input.name());
    long now = input.size();
    if (now != size) {
      boolean shrunk = now < size;
      flaws.add(
          new Flaw(
              shrunk ? "file-shrunk" : "file-grown",
              shrunk ? Flaw.Effect.LOST : Flaw.Effect.NOTED,
              place.atOffset(Math.min(now, size)),
              "the file had " + size + " bytes when it was opened and has " + now + " now"));
    }
    if (!input.isStillThere()) {
      flaws.add(
          new Flaw(
              "file-replaced",
              Flaw.Effect.NOTED,
              place,
              "the file that was read is gone, or another one has its name now"));
    }
  }
}
