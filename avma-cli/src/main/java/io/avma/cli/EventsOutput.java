package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventGap;
import io.avma.transport.Flaw;

/** A form in which {@code avma events} prints what it finds. */
interface EventsOutput {
  void event(String file, WindowsEvent event);

  /** Tells the flaws of a file; they go to standard error in any form. */
  void flaws(String file, ImmutableList<Flaw> flaws);

  void gaps(ImmutableList<EventGap> gaps);

  /** Everything has been printed. */
  void end(long events, int files);
}
