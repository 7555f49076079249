package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads events in the JSON that Winlogbeat writes: an object a line, or objects in an array, each
 * with its fields below {@code winlog}; also the hits of a search, with the same below {@code
 * _source}. What the event's fields were as numbers and is text here (task, opcode, keywords) is
 * left out.
 *
 * <table>
 * <caption>Codes of flaws</caption>
 * <tr><td>{@code event-content}<td>an object is no JSON, or more than the limits allow; reading
 *     goes on with the next line that begins one
 * <tr><td>{@code event-field}<td>a field of the event is not what the schema allows
 * <tr><td>{@code other-object}<td>an object without {@code winlog}
 * <tr><td>{@code torn-tail}<td>the file ends inside an object
 * <tr><td>{@code encoding}<td>bytes that are no characters; each is U+FFFD
 * <tr><td>{@code file-shrunk}, {@code file-grown}, {@code file-replaced}
 *     <td>the file changed while it was read
 * </table>
 */
@CheckReturnValue
public final class WinlogbeatReader implements EventLogReader {
  private final LogInput input;
  private final EventLogOptions options;
  private final LogText text;
  private final JsonParser parser;
  private final FlawLog flaws;
  private boolean ended;
  private boolean closed;

  WinlogbeatReader(LogInput input, EventLogOptions options) throws TransportException {
    this.input = input;
    this.options = options;
    this.text = new LogText(input);
    this.parser = new JsonParser(text, options.limits());
    this.flaws = new FlawLog(options.strictness(), options.limits().maxFlaws());
  }

  /**
   * Opens the file.
   *
   * @throws TransportException if it cannot be opened
   */
  public static WinlogbeatReader open(Path file, EventLogOptions options)
      throws TransportException {
    LogInput input = LogFileInput.open(file);
    try {
      return new WinlogbeatReader(input, options);
    } catch (TransportException | RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  @Override
  public Optional<WindowsEvent> next() throws TransportException {
    checkState(!closed, "reader of %s is closed", input.name());
    flaws.requireNotStopped();
    while (!ended) {
      text.unmark();
      if (!toObject()) {
        end();
        break;
      }
      Optional<WindowsEvent> event = event().filter(options.filter()::matches);
      if (event.isPresent()) {
        return event;
      }
    }
    return Optional.empty();
  }

  /** Goes to the next brace, past blanks and what separates the objects of an array. */
  private boolean toObject() throws TransportException {
    while (text.ready()) {
      char c = text.chars[text.at];
      if (c == '{') {
        return true;
      } else if (c != ',' && c != '[' && c != ']' && !Character.isWhitespace(c)) {
        add("event-content", Flaw.Effect.LOST, text.at, "no object where one should be");
        skipLine();
      } else {
        text.at++;
      }
    }
    return false;
  }

  private void skipLine() throws TransportException {
    while (text.ready() && text.chars[text.at] != '\n') {
      text.at++;
    }
  }

  private Optional<WindowsEvent> event() throws TransportException {
    text.mark();
    try {
      Optional<WinlogbeatEvent.Read> read = WinlogbeatEvent.of(parser.object());
      if (read.isEmpty()) {
        add("other-object", Flaw.Effect.NOTED, text.markIndex(), "an object without winlog");
        return Optional.empty();
      }
      Optional<String> problem = read.get().problem();
      if (problem.isPresent()) {
        add("event-field", Flaw.Effect.DOUBTFUL, text.markIndex(), problem.get());
      }
      return Optional.of(read.get().event());
    } catch (MalformedEvent e) {
      add("event-content", Flaw.Effect.LOST, e.chunkOffset(), e.reason());
    } catch (TornText e) {
      add("torn-tail", Flaw.Effect.LOST, text.markIndex(), "the file ends inside this object");
    }
    // The rest of what was begun is passed over: a line that begins an object ends it.
    text.toMark(1);
    skipLine();
    while (text.ready() && text.chars[text.at] != '{') {
      text.at++;
      if (text.ready() && text.chars[text.at] != '{') {
        skipLine();
      }
    }
    return Optional.empty();
  }

  private void end() throws TransportException {
    ended = true;
    if (text.malformed() > 0) {
      flaws.add(
          new Flaw(
              "encoding",
              Flaw.Effect.DOUBTFUL,
              Position.in(input.name()),
              text.malformed() + " places that are no characters of " + text.charset()));
    }
    LogChanges.report(input, text.size(), flaws);
  }

  private void add(String code, Flaw.Effect effect, int index, String message)
      throws TransportException {
    flaws.add(
        new Flaw(
            code,
            effect,
            Position.in(input.name()).onLine(text.lineOf(index)).atOffset(text.offsetOf(index)),
            ForeignText.escape(message, 300)));
  }

  @Override
  public ImmutableList<Flaw> flaws() {
    return flaws.kept();
  }

  @Override
  public long flawCount() {
    return flaws.count();
  }

  @Override
  public void close() {
    closed = true;
    input.close();
  }
}
