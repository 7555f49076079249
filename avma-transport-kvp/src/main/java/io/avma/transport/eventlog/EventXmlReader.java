package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads event XML as {@code wevtutil}, Event Viewer and {@code ToXml()} write it: with a root of
 * any name or none, on one line or indented, in UTF-8 or UTF-16, with rendered texts in any
 * language. Elements that the event schema does not know are passed over. Nothing outside the file
 * is ever read, whatever a document type says.
 *
 * <p>The file is read once from front to back and never held in memory. The codes of flaws:
 *
 * <table>
 * <caption>Codes</caption>
 * <tr><td>{@code event-content}<td>an event is not well-formed, or more than the limits allow; the
 *     next one is searched
 * <tr><td>{@code event-repaired}<td>the same, but salvaged: what XML cannot hold is U+FFFD
 * <tr><td>{@code event-field}<td>a field of the event is not what the schema allows
 * <tr><td>{@code torn-tail}<td>the file ends inside an event, or before the end of its root
 * <tr><td>{@code encoding}<td>bytes that are no characters; each is U+FFFD
 * <tr><td>{@code document-type}<td>a document type, which no event log has; not used
 * <tr><td>{@code file-shrunk}, {@code file-grown}, {@code file-replaced}
 *     <td>the file changed while it was read
 * </table>
 */
@CheckReturnValue
public final class EventXmlReader implements EventLogReader {
  private final LogInput input;
  private final EventLogOptions options;
  private final LogText text;
  private final EventXmlScanner scanner;
  private final EventXmlParser parser;
  private final FlawLog flaws;
  private final VainReading vain = new VainReading();
  private boolean resuming;
  private boolean torn;
  private boolean ended;
  private boolean closed;

  EventXmlReader(LogInput input, EventLogOptions options) throws TransportException {
    this.input = input;
    this.options = options;
    this.text = new LogText(input);
    this.scanner = new EventXmlScanner(text);
    this.parser =
        new EventXmlParser(text, options.limits(), options.strictness() == Strictness.SALVAGE);
    this.flaws = new FlawLog(options.strictness(), options.limits().maxFlaws());
    requireXml();
  }

  /**
   * Opens the file.
   *
   * @throws TransportException if it cannot be opened; {@code DAMAGED} if it is no XML
   */
  public static EventXmlReader open(Path file, EventLogOptions options) throws TransportException {
    LogInput input = LogFileInput.open(file);
    try {
      return new EventXmlReader(input, options);
    } catch (TransportException | RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  /**
   * Reads a text that came by other ways than a file, for example from a subscription.
   *
   * @param name what messages call it
   * @throws TransportException {@code DAMAGED} if it is no XML
   */
  public static EventXmlReader of(String name, String xml, EventLogOptions options)
      throws TransportException {
    return new EventXmlReader(new BytesInput(name, xml.getBytes(StandardCharsets.UTF_8)), options);
  }

  private void requireXml() throws TransportException {
    while (text.ready() && Character.isWhitespace(text.chars[text.at])) {
      text.at++;
    }
    if (text.ready() && text.chars[text.at] != '<') {
      throw new TransportException(
          TransportException.Reason.DAMAGED,
          ForeignText.escape(input.name(), 200)
              + ": no XML (expected: <Event>; wevtutil prints text unless asked for /f:xml)");
    }
  }

  @Override
  public Optional<WindowsEvent> next() throws TransportException {
    checkState(!closed, "reader of %s is closed", input.name());
    flaws.requireNotStopped();
    while (!ended) {
      text.unmark();
      EventXmlScanner.Found found = resuming ? scanner.resume() : scanner.next();
      resuming = false;
      if (found != EventXmlScanner.Found.EVENT) {
        end(found);
        break;
      }
      Optional<WindowsEvent> event = event();
      if (event.isPresent()) {
        return event;
      }
    }
    return Optional.empty();
  }

  private Optional<WindowsEvent> event() throws TransportException {
    text.mark();
    try {
      EventAssembler assembler = parser.event();
      if (assembler == null) {
        if (!parser.foreignIsEmpty()) {
          scanner.opened();
        }
        return Optional.empty();
      }
      WindowsEvent event = assembler.finish().build();
      Optional<String> problem = assembler.problem();
      if (problem.isPresent()) {
        add("event-field", Flaw.Effect.DOUBTFUL, text.markIndex(), problem.get());
      }
      String forgiven = parser.forgiven();
      if (forgiven != null) {
        add("event-repaired", Flaw.Effect.DOUBTFUL, text.markIndex(), forgiven);
      }
      return Optional.of(event).filter(options.filter()::matches);
    } catch (MalformedEvent e) {
      int place = e.chunkOffset() == 0 ? text.at : e.chunkOffset();
      add("event-content", Flaw.Effect.LOST, place, e.reason());
      resume();
    } catch (TornText e) {
      torn();
      resume();
    }
    return Optional.empty();
  }

  /** One flaw stands for all that the end of the file cuts: what follows it and is whole, comes. */
  private void torn() throws TransportException {
    if (!torn) {
      torn = true;
      add(
          "torn-tail",
          Flaw.Effect.LOST,
          text.markIndex(),
          "the file ends inside this event; what it holds up to here is not returned");
    }
  }

  /**
   * Goes on behind the start of the event that could not be read, or, if what was read in vain has
   * been read in vain too often, behind that.
   */
  private void resume() throws TransportException {
    long end = text.index();
    long next = vain.next(end - text.sinceMark(), end);
    if (next > end - text.sinceMark() + 1) {
      add(
          "event-content",
          Flaw.Effect.LOST,
          text.markIndex(),
          "events begin inside events that cannot be read; the next "
              + (next - end + text.sinceMark())
              + " characters are passed over");
    }
    text.toIndex(next);
    scanner.forgetDepth();
    resuming = true;
  }

  private void end(EventXmlScanner.Found found) throws TransportException {
    ended = true;
    if (found == EventXmlScanner.Found.TORN) {
      add(
          "torn-tail",
          Flaw.Effect.LOST,
          text.at,
          "the file ends before its elements do, so events may be missing");
    }
    if (scanner.sawDocumentType()) {
      flaws.add(
          new Flaw(
              "document-type",
              Flaw.Effect.DOUBTFUL,
              Position.in(input.name()),
              "a document type, which no event log has; nothing of it was used"));
    }
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
