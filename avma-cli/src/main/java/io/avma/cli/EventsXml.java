package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.output.Console;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventGap;
import io.avma.transport.Flaw;
import io.avma.transport.eventlog.EventXmlWriter;

/** What {@code avma events --xml} prints: event XML below one root, in UTF-8. */
final class EventsXml implements EventsOutput {
  private final Console console;

  EventsXml(Console console) {
    this.console = console;
    console.xml("<Events>");
  }

  @Override
  public void event(String file, WindowsEvent event) {
    console.xml(EventXmlWriter.toXml(event));
  }

  @Override
  public void flaws(String file, ImmutableList<Flaw> flaws) {}

  @Override
  public void gaps(ImmutableList<EventGap> gaps) {}

  @Override
  public void end(long events, int files) {
    console.xml("</Events>");
  }
}
