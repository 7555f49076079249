package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.input.BoundedLines;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import io.avma.transport.wsman.WsManEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A host that is to be asked.
 *
 * @param id the name by which it is told apart from the others
 * @param endpoint where it answers
 */
record HostAddress(HostId id, WsManEndpoint endpoint) {
  private static final int MOST = 10_000;

  private record Line(String where, long number, WsManEndpoint endpoint, Optional<HostId> name) {}

  /** Returns the hosts of URLs and of a file with a URL, and a name if wanted, on each line. */
  static ImmutableList<HostAddress> of(List<String> urls, Optional<Path> file)
      throws InputException {
    List<Line> lines = new ArrayList<>();
    for (String url : urls) {
      lines.add(line("URL", 0, url));
    }
    if (file.isPresent()) {
      read(file.get(), lines);
    }
    if (lines.isEmpty()) {
      throw new InputException(
          Complaint.about(
              file.isPresent() ? shown(file.get()) : "avma host",
              "names no host",
              "(expected: http://HOST:5985/wsman or https://HOST:5986/wsman, or --hosts FILE)."));
    }
    return named(lines);
  }

  private static void read(Path file, List<Line> lines) throws InputException {
    String name = shown(file);
    try (InputStream in = Files.newInputStream(file)) {
      BoundedLines text = BoundedLines.of(name, in);
      for (Optional<String> line = text.next(); line.isPresent(); line = text.next()) {
        String plain = line.get().strip();
        if (!plain.isEmpty() && !plain.startsWith("#")) {
          lines.add(line(name, text.lineNumber(), plain));
        }
        if (lines.size() > MOST) {
          throw new InputException(
              Complaint.at(name, text.lineNumber(), "is too much.", "Ask at most " + MOST + "."));
        }
      }
    } catch (IOException e) {
      throw new InputException(
          Complaint.about(name, "cannot be read.", "Check that it is a file and its permissions."));
    }
  }

  private static Line line(String where, long number, String text) throws InputException {
    String[] parts = text.strip().split("\\s+", 2);
    try {
      return new Line(
          where,
          number,
          WsManEndpoint.parse(parts[0]),
          parts.length == 1 ? Optional.empty() : Optional.of(new HostId(parts[1])));
    } catch (IllegalArgumentException e) {
      throw new InputException(
          Complaint.at(where, number, String.valueOf(e.getMessage()) + ".", ""));
    }
  }

  /** A host is called as its URL does; where several stand at one name, with the port. */
  private static ImmutableList<HostAddress> named(List<Line> lines) throws InputException {
    Map<String, Integer> count = new HashMap<>();
    lines.forEach(line -> count.merge(line.endpoint().host(), 1, Integer::sum));
    Set<HostId> seen = new HashSet<>();
    ImmutableList.Builder<HostAddress> hosts = ImmutableList.builder();
    for (Line line : lines) {
      String host = line.endpoint().host();
      HostId plain =
          new HostId(count.getOrDefault(host, 0) == 1 ? host : host + ":" + line.endpoint().port());
      HostId id = line.name().orElse(plain);
      if (!seen.add(id)) {
        throw new InputException(
            Complaint.at(
                line.where(),
                line.number(),
                "the host " + Complaint.quoted(id.value()) + " stands there before.",
                "Ask each once, or put a name of its own behind the URL."));
      }
      hosts.add(new HostAddress(id, line.endpoint()));
    }
    return hosts.build();
  }

  private static String shown(Path file) {
    return ForeignText.escape(file.toString(), 200);
  }
}
