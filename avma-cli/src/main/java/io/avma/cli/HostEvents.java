package io.avma.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.cli.input.BoundedLines;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import io.avma.transport.wsman.WsManHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code avma host events}: what hosts' logs say about activation, behind bookmarks. */
final class HostEvents {
  private static final int BATCH = 500;

  /** What one run takes of a host; the bookmark begins the next there. */
  private static final int MOST = 20_000;

  private final Console console;
  private final HostAsking asking;
  private final EventsOutput output;
  private final Optional<Path> file;

  HostEvents(Console console, HostAsking asking, boolean json, Optional<Path> file) {
    this.console = console;
    this.asking = asking;
    this.output = json ? new EventsJson(console.json()) : new EventsText(console);
    this.file = file;
  }

  private record Found(
      List<WindowsEvent> events,
      List<EventGap> gaps,
      List<Flaw> flaws,
      EventBookmark next,
      boolean atEnd) {}

  ExitCode print() throws InputException, TransportException {
    Map<HostId, EventBookmark> bookmarks = read();
    ImmutableMap<HostAddress, Found> answers =
        asking.ask(
            (address, host) ->
                events(host, bookmarks.getOrDefault(address.id(), EventBookmark.start())));
    long count = 0;
    for (Map.Entry<HostAddress, Found> answer : answers.entrySet()) {
      print(answer.getKey().id(), answer.getValue());
      count += answer.getValue().events().size();
      bookmarks.put(answer.getKey().id(), answer.getValue().next());
    }
    // First what was found, then where to go on: rather twice than never.
    if (console.written()) {
      write(bookmarks);
    }
    return asking.end(answers.size(), ", " + count + " events");
  }

  private static Found events(WsManHost host, EventBookmark from) throws TransportException {
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), from, false);
    try (EventSource source = host.events()) {
      while (!found.atEnd() && found.events().size() < MOST) {
        EventBatch batch = source.read(found.next(), EventFilter.activationsAndNeighbours(), BATCH);
        found.events().addAll(batch.events());
        found.gaps().addAll(batch.gaps());
        found.flaws().addAll(batch.flaws());
        found = new Found(found.events(), found.gaps(), found.flaws(), batch.next(), batch.atEnd());
      }
    }
    return found;
  }

  private void print(HostId host, Found found) {
    found.events().forEach(event -> output.event(host.value(), event));
    output.flaws(host.value(), ImmutableList.copyOf(found.flaws()));
    output.gaps(ImmutableList.copyOf(found.gaps()));
    found.flaws().forEach(flaw -> console.complain("avma host: " + host + ": " + flaw));
    found.gaps().forEach(gap -> console.complain("avma host: " + host + ": " + gap));
    if (!found.atEnd()) {
      console.complain("avma host: " + host + ": there are more events; ask again with --since.");
    }
  }

  private Map<HostId, EventBookmark> read() throws InputException {
    Map<HostId, EventBookmark> bookmarks = new TreeMap<>();
    if (file.isEmpty() || !Files.exists(file.get())) {
      return bookmarks;
    }
    String name = ForeignText.escape(file.get().toString(), 200);
    try (InputStream in = Files.newInputStream(file.get())) {
      BoundedLines lines = BoundedLines.of(name, in);
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        String[] parts = line.get().split("\t", 2);
        Optional<EventBookmark> bookmark =
            parts.length == 2 ? bookmark(parts[1]) : Optional.empty();
        if (bookmark.isEmpty() || parts[0].isBlank() || parts[0].length() > 255) {
          throw new InputException(
              Complaint.at(
                  name,
                  lines.lineNumber(),
                  "is no bookmark of a host.",
                  "Give the file that an earlier run wrote, or a new name."));
        }
        bookmarks.put(new HostId(parts[0]), bookmark.get());
      }
      return bookmarks;
    } catch (IOException e) {
      throw new InputException(
          Complaint.about(name, "cannot be read.", "Check that it is a file and its permissions."));
    }
  }

  /** A bookmark has several lines; in the file it is one. */
  private static String encoded(EventBookmark bookmark) {
    return Base64.getEncoder().encodeToString(bookmark.toText().getBytes(UTF_8));
  }

  private static Optional<EventBookmark> bookmark(String text) {
    try {
      return EventBookmark.parse(new String(Base64.getDecoder().decode(text), UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void write(Map<HostId, EventBookmark> bookmarks) throws InputException {
    if (file.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    bookmarks.forEach(
        (host, mark) -> text.append(host.value()).append('\t').append(encoded(mark)).append('\n'));
    try {
      WholeFile.write(file.get(), text.toString().getBytes(UTF_8))
          .forEach(note -> console.complain("avma host: " + note));
    } catch (IOException e) {
      throw new InputException(
          Complaint.about(
              ForeignText.escape(file.get().toString(), 200),
              "cannot be written.",
              "Check the permissions; the next run tells the same events again."));
    }
  }
}
