package io.avma.cli;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.eventlog.LogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventGap;
import io.avma.transport.Flaw;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.eventlog.EventLogOptions;
import io.avma.transport.eventlog.EventLogReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avma events}: what event logs and their exports say about activation. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Read .evtx logs, event XML as wevtutil and Event Viewer write it, and the JSON of",
      "Winlogbeat. Print the events of activation, their neighbours and what Hyper-V hosts log",
      "about their machines, or those that are asked for. Flaws of the files and gaps between",
      "records go to standard error.",
      "Exit code 3 if a file cannot be read, or something in it is lost."
    },
    footer = {
      "",
      "Examples: avma events Application.evtx",
      "          avma events --since 2026-01-01 --host hv-n1 --json logs/",
      "          avma events --all --xml Application.evtx > Application.xml"
    })
final class EventsCommand implements Callable<ExitCode> {
  private static final int THREADS = 2;

  private final Console console;

  @Parameters(
      paramLabel = "FILE|DIR",
      arity = "1..*",
      description = "Files, or directories with files ending in evtx, xml, json, jsonl, ndjson.")
  private List<Path> paths = new ArrayList<>();

  @Option(names = "--all", description = "Every event, not only those of activation.")
  private boolean all;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Events of this provider, whatever they mean. May be repeated.")
  private List<String> providers = new ArrayList<>();

  @Option(
      names = "--id",
      paramLabel = "N",
      description = "Events with this number, 0 to 65535. May be repeated.")
  private List<Integer> ids = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Events from then on: 2026-03-01 or 2026-03-01T12:00:00Z, UTC.")
  private String since = "";

  @Option(names = "--until", paramLabel = "TIME", description = "Events before then.")
  private String until = "";

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Events of this computer, with or without its domain. May be repeated.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--strict",
      description = "Stop reading a file at the first flaw that leaves anything in doubt.")
  private boolean strict;

  @Option(
      names = "--salvage",
      description = "Also dig in free space and behind broken records of .evtx files.")
  private boolean salvage;

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  @Option(names = "--xml", description = "Event XML, below one root.")
  private boolean xml;

  private long events;
  private ExitCode code = ExitCode.ANSWERED;

  EventsCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitCode call() throws InputException {
    if (json && xml) {
      throw complaint("--xml", "cannot be had together with --json", "Ask for one of them.");
    } else if (strict && salvage) {
      throw complaint("--strict", "is the opposite of --salvage", "Ask for one of them.");
    }
    EventFilter filter = filter();
    ImmutableList<Path> files = LogFiles.named(paths);
    EventsOutput output =
        json
            ? new EventsJson(console.json())
            : xml ? new EventsXml(console) : new EventsText(console);
    EventFollower follower = new EventFollower(EventBookmark.start());
    for (Path file : files) {
      read(file, filter, follower, output);
    }
    tell(follower, output);
    output.end(events, files.size());
    return code;
  }

  /** Reads every record, because gaps show only among all of them. */
  private void read(Path file, EventFilter filter, EventFollower follower, EventsOutput output) {
    String name = file.toString();
    EventLogOptions options =
        EventLogOptions.builder().strictness(strictness()).threads(THREADS).build();
    try (EventLogReader reader = EventLogReader.open(file, options)) {
      try {
        Optional<WindowsEvent> event = reader.next();
        while (event.isPresent()) {
          follower.saw(event.get());
          if (filter.matches(event.get()) && isMeant(event.get()) && isOfHost(event.get())) {
            output.event(name, event.get());
            events++;
          }
          event = reader.next();
        }
      } finally {
        tell(name, reader, output);
      }
    } catch (TransportException e) {
      console.complain("avma events: " + String.valueOf(e.getMessage()));
      code = ExitCode.PARTIAL;
    }
  }

  private Strictness strictness() {
    if (strict) {
      return Strictness.STRICT;
    }
    return salvage ? Strictness.SALVAGE : Strictness.LENIENT;
  }

  /** Unless something else was asked for, an event without a meaning is of no use. */
  private boolean isMeant(WindowsEvent event) {
    return all || !providers.isEmpty() || !ids.isEmpty() || LogEntry.of(event).isPresent();
  }

  private boolean isOfHost(WindowsEvent event) {
    if (hosts.isEmpty()) {
      return true;
    }
    String computer = Ascii.toLowerCase(event.computer().orElse(""));
    return hosts.stream()
        .map(Ascii::toLowerCase)
        .anyMatch(host -> computer.equals(host) || computer.startsWith(host + "."));
  }

  private void tell(String name, EventLogReader reader, EventsOutput output) {
    ImmutableList<Flaw> flaws = reader.flaws();
    output.flaws(name, flaws);
    for (Flaw flaw : flaws) {
      console.complain("flaw: " + flaw);
      if (flaw.effect() == Flaw.Effect.LOST) {
        code = ExitCode.PARTIAL;
      }
    }
    if (reader.flawCount() > flaws.size()) {
      console.complain(
          "flaw: "
              + ForeignText.escape(name, 200)
              + ": "
              + (reader.flawCount() - flaws.size())
              + " more flaws");
      code = ExitCode.PARTIAL;
    }
  }

  /** Gaps show only when everything has been read: an archive may be named behind its log. */
  private void tell(EventFollower follower, EventsOutput output) {
    ImmutableList<EventGap> gaps = follower.gaps();
    output.gaps(gaps);
    gaps.forEach(gap -> console.complain("gap: " + gap));
    if (follower.gapsBeyondBound() > 0) {
      console.complain("gap: " + follower.gapsBeyondBound() + " more gaps");
    }
  }

  private EventFilter filter() throws InputException {
    boolean chosen = !providers.isEmpty() || !ids.isEmpty();
    EventFilter filter = all || chosen ? EventFilter.all() : EventFilter.activationsAndNeighbours();
    if (!providers.isEmpty()) {
      filter = filter.withProviders(providers.toArray(new String[0]));
    }
    if (!ids.isEmpty()) {
      for (int id : ids) {
        if (id < 0 || id > 0xFFFF) {
          throw complaint("--id", "cannot be " + id, "Numbers of events are 0 to 65535.");
        }
      }
      filter = filter.withEventIds(ImmutableSortedSet.copyOf(ids));
    }
    if (!since.isEmpty()) {
      filter = filter.since(time("--since", since));
    }
    return until.isEmpty() ? filter : filter.until(time("--until", until));
  }

  private static Instant time(String option, String text) throws InputException {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw complaint(
          option,
          Complaint.quoted(text) + " is no time",
          "Write 2026-03-01 or 2026-03-01T12:00:00Z; it is UTC.");
    }
  }

  private static InputException complaint(String option, String what, String remedy) {
    return new InputException(Complaint.about(option, what, remedy));
  }
}
