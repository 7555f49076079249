package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.output.Console;
import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import io.avma.transport.EventGap;
import io.avma.transport.Flaw;
import java.util.List;

/** What {@code avma events} prints for people: an event a line, and what it means. */
final class EventsText implements EventsOutput {
  private static final int LONGEST = 200;

  private final Console console;

  EventsText(Console console) {
    this.console = console;
  }

  @Override
  public void event(String file, WindowsEvent event) {
    String time = event.timeCreated().map(Object::toString).orElse("(no time)");
    String computer =
        event.computer().map(name -> ForeignText.escape(name, 80)).orElse("(no computer)");
    String record =
        event.recordId().isPresent()
            ? " #" + Long.toUnsignedString(event.recordId().getAsLong())
            : "";
    console.line(
        time
            + "  "
            + computer
            + "  "
            + event.eventId()
            + "  "
            + EventMeaning.of(event).orElseGet(() -> plain(event))
            + record);
  }

  private static String plain(WindowsEvent event) {
    List<String> texts = event.data().stream().map(EventDatum::text).toList();
    return ForeignText.escape(event.providerName(), 80)
        + (texts.isEmpty() ? "" : ": " + ForeignText.escape(String.join(", ", texts), LONGEST));
  }

  @Override
  public void flaws(String file, ImmutableList<Flaw> flaws) {}

  @Override
  public void gaps(ImmutableList<EventGap> gaps) {}

  @Override
  public void end(long events, int files) {
    console.complain(
        events
            + (events == 1 ? " event" : " events")
            + " of "
            + files
            + (files == 1 ? " file" : " files"));
  }
}
