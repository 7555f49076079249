package io.avma.transport.eventlog;

import io.avma.transport.TransportException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event from its start tag to its end tag into an {@link EventAssembler}. Knows as much
 * of XML as events have: no document type, so no entities but the five of XML and characters by
 * number.
 */
final class EventXmlParser {
  private static final int MAX_ATTRIBUTES = 256;

  private final LogText text;
  private final EventLogLimits limits;
  private final boolean forgiving;
  private final EventAssembler assembler = new EventAssembler();
  private final Namespaces namespaces = new Namespaces();
  private final NameTable names = new NameTable();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<String> attributeNames = new ArrayList<>();
  private final List<String> attributeValues = new ArrayList<>();
  private final StringBuilder collected = new StringBuilder();
  private String openedName = "";
  private boolean foreignIsEmpty;
  private @Nullable String forgiven;

  EventXmlParser(LogText text, EventLogLimits limits, boolean forgiving) {
    this.text = text;
    this.limits = limits;
    this.forgiving = forgiving;
  }

  /**
   * Reads the event whose {@code <} comes next; null if it is an element of another namespace, of
   * which then only the start tag is read.
   */
  @Nullable EventAssembler event() throws MalformedEvent, TornText, TransportException {
    assembler.begin(limits.maxEventXmlBytes());
    namespaces.reset();
    open.clear();
    forgiven = null;
    boolean empty = startTag();
    if (!namespaces.begin(openedName)) {
      foreignIsEmpty = empty;
      return null;
    }
    emit(true);
    if (empty) {
      close();
    }
    while (!open.isEmpty()) {
      content();
    }
    return assembler;
  }

  /** Whether the element of another namespace that was read last has its end tag already. */
  boolean foreignIsEmpty() {
    return foreignIsEmpty;
  }

  /** What was wrong with the event read last and did not hinder, if something was. */
  @Nullable String forgiven() {
    return forgiven;
  }

  private void content() throws MalformedEvent, TornText, TransportException {
    requireSize();
    need();
    if (text.chars[text.at] != '<') {
      characters();
      return;
    }
    switch (peek(1)) {
      case '/' -> endTag();
      case '!' -> {
        if (peek(2) == '-') {
          skipPast("<!--", "-->");
        } else if (peek(2) == '[') {
          cdata();
        } else {
          throw malformed("a document type inside an event");
        }
      }
      case '?' -> skipPast("<?", "?>");
      default -> {
        boolean empty = startTag();
        if (Namespaces.local(openedName).equals("Event") && namespaces.isOwn(openedName)) {
          throw malformed("another event begins before this one ends");
        }
        emit(false);
        if (empty) {
          close();
        }
      }
    }
  }

  private void requireSize() throws MalformedEvent {
    if (text.sinceMark() > limits.maxEventXmlBytes()) {
      throw malformed(
          "the event has more than "
              + limits.maxEventXmlBytes()
              + " characters (EventLogLimits.maxEventXmlBytes)");
    }
  }

  /** Reads a start tag; returns whether it is an end tag as well. */
  private boolean startTag() throws MalformedEvent, TornText, TransportException {
    if (open.size() >= limits.maxDepth()) {
      throw malformed(
          "elements nest deeper than " + limits.maxDepth() + " levels (EventLogLimits.maxDepth)");
    }
    text.at++;
    openedName = name();
    open.push(openedName);
    attributeNames.clear();
    attributeValues.clear();
    while (true) {
      boolean blank = blanks();
      need();
      char c = text.chars[text.at];
      if (c == '>') {
        text.at++;
        return false;
      } else if (c == '/') {
        text.at++;
        expect('>');
        return true;
      } else if (!blank) {
        throw malformed("no blank in front of an attribute");
      }
      attribute();
      requireSize();
    }
  }

  private void attribute() throws MalformedEvent, TornText, TransportException {
    String name = name();
    blanks();
    expect('=');
    blanks();
    String value = quoted();
    if (attributeNames.size() == MAX_ATTRIBUTES) {
      throw malformed("more than " + MAX_ATTRIBUTES + " attributes");
    }
    if (attributeNames.contains(name)) {
      throw malformed("an attribute twice");
    }
    if (name.equals("xmlns")) {
      namespaces.declare(open.size(), "", value);
    } else if (name.startsWith("xmlns:")) {
      namespaces.declare(open.size(), name.substring(6), value);
    }
    attributeNames.add(name);
    attributeValues.add(value);
  }

  /** Tells the assembler of the element opened last. */
  private void emit(boolean isEvent) throws MalformedEvent {
    boolean own = isEvent || namespaces.isOwn(openedName);
    if (own) {
      assembler.open(Namespaces.local(openedName));
    } else {
      assembler.open(assembler.isInPayload() ? openedName : ""); // no name of an event
    }
    boolean payload = assembler.isInPayload();
    for (int i = 0; i < attributeNames.size(); i++) {
      if (payload || !attributeNames.get(i).startsWith("xmlns")) {
        assembler.attribute(attributeNames.get(i));
        assembler.characters(attributeValues.get(i));
        assembler.attributeEnd();
      }
    }
  }

  private void endTag() throws MalformedEvent, TornText, TransportException {
    text.at += 2;
    String name = name();
    blanks();
    expect('>');
    if (!name.equals(open.peek())) {
      throw malformed("an end tag that does not fit the start tag");
    }
    close();
  }

  private void close() throws MalformedEvent {
    open.pop();
    namespaces.leave(open.size());
    assembler.close();
  }

  private void characters() throws MalformedEvent, TornText, TransportException {
    boolean wanted = assembler.wantsCharacters();
    while (true) {
      int from = text.at;
      int to = plainText(from);
      text.at = to;
      if (wanted && to > from) {
        assembler.characters(new String(text.chars, from, to - from));
      }
      if (to == text.limit) {
        requireSize();
        if (!text.more()) {
          throw new TornText();
        }
        continue;
      }
      char c = text.chars[to];
      if (c == '<') {
        return;
      }
      String odd = oddCharacter(c);
      if (wanted) {
        assembler.characters(odd);
      }
    }
  }

  /** The end of the characters that are text as they stand. */
  private int plainText(int from) {
    char[] chars = text.chars;
    int end = text.limit;
    int i = from;
    while (i < end) {
      char c = chars[i];
      if (c == '<' || c == '&' || (c < ' ' && c != '\n' && c != '\t') || c >= 0xFFFE) {
        break;
      }
      i++;
    }
    return i;
  }

  /** A reference, a carriage return, or what XML cannot hold. */
  private String oddCharacter(char c) throws MalformedEvent, TornText, TransportException {
    if (c == '&') {
      return reference();
    }
    text.at++;
    if (c == '\r') {
      if (text.ready() && text.chars[text.at] == '\n') {
        text.at++;
      }
      return "\n";
    }
    forgive("the character U+" + String.format(Locale.ROOT, "%04X", (int) c));
    return "\uFFFD";
  }

  private String quoted() throws MalformedEvent, TornText, TransportException {
    need();
    char quote = text.chars[text.at];
    if (quote != '\'' && quote != '"') {
      throw malformed("an attribute without quotes");
    }
    text.at++;
    int plain = text.at;
    while (plain < text.limit && isPlainInAttribute(text.chars[plain], quote)) {
      plain++;
    }
    if (plain < text.limit && text.chars[plain] == quote) {
      String value = new String(text.chars, text.at, plain - text.at);
      text.at = plain + 1;
      return value;
    }
    collected.setLength(0);
    while (true) {
      int from = text.at;
      int i = from;
      while (i < text.limit && isPlainInAttribute(text.chars[i], quote)) {
        i++;
      }
      collected.append(text.chars, from, i - from);
      text.at = i;
      if (i == text.limit) {
        requireSize();
        need();
        continue;
      }
      char c = text.chars[i];
      if (c == quote) {
        text.at++;
        return collected.toString();
      } else if (c == '<') {
        forgive("'<' in an attribute");
        text.at++;
        collected.append(c);
      } else if (c == '\t' || c == '\n') {
        text.at++;
        collected.append(' ');
      } else {
        String odd = oddCharacter(c);
        collected.append(c == '\r' ? " " : odd);
      }
    }
  }

  private static boolean isPlainInAttribute(char c, char quote) {
    return c >= ' ' && c != quote && c != '&' && c != '<' && c < 0xFFFE;
  }

  private String reference() throws MalformedEvent, TornText, TransportException {
    int length = 1;
    while (length < 12 && peek(length) != ';' && isReferencePart(peek(length))) {
      length++;
    }
    if (peek(length) != ';' || length == 1) {
      forgive("an '&' that begins no reference");
      text.at++;
      return "&";
    }
    String name = names.get(text.chars, text.at + 1, text.at + length);
    text.at += length + 1;
    return switch (name) {
      case "lt" -> "<";
      case "gt" -> ">";
      case "amp" -> "&";
      case "quot" -> "\"";
      case "apos" -> "'";
      default -> byNumber(name);
    };
  }

  private static boolean isReferencePart(char c) {
    return c == '#' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private String byNumber(String name) throws MalformedEvent {
    try {
      if (name.startsWith("#")) {
        int codePoint =
            name.startsWith("#x")
                ? Integer.parseUnsignedInt(name.substring(2), 16)
                : Integer.parseUnsignedInt(name.substring(1));
        if (Character.isValidCodePoint(codePoint) && XmlBuffer.isXmlCharacter(codePoint)) {
          return Character.toString(codePoint);
        }
      }
    } catch (NumberFormatException e) {
      // Then it is no reference that we know.
    }
    forgive("the reference '&" + name + ";'");
    return name.startsWith("#") ? "\uFFFD" : "&" + name + ";";
  }

  private void cdata() throws MalformedEvent, TornText, TransportException {
    expectAll("<![CDATA[");
    boolean wanted = assembler.wantsCharacters();
    StringBuilder data = new StringBuilder();
    while (!(peek(0) == ']' && peek(1) == ']' && peek(2) == '>')) {
      char c = text.chars[text.at];
      if (c == '\r' || (c < ' ' && c != '\n' && c != '\t') || c >= 0xFFFE) {
        data.append(oddCharacter(c));
      } else {
        data.append(c);
        text.at++;
      }
      requireSize();
    }
    text.at += 3;
    if (wanted) {
      assembler.characters(data.toString());
    }
  }

  private void skipPast(String start, String end)
      throws MalformedEvent, TornText, TransportException {
    expectAll(start);
    while (true) {
      boolean found = true;
      for (int i = 0; i < end.length() && found; i++) {
        found = peek(i) == end.charAt(i);
      }
      if (found) {
        text.at += end.length();
        return;
      }
      text.at++;
      requireSize();
    }
  }

  private void expectAll(String expected) throws MalformedEvent, TornText, TransportException {
    for (int i = 0; i < expected.length(); i++) {
      expect(expected.charAt(i));
    }
  }

  private void expect(char expected) throws MalformedEvent, TornText, TransportException {
    need();
    if (text.chars[text.at] != expected) {
      throw malformed("no '" + expected + "' where one should be");
    }
    text.at++;
  }

  private boolean blanks() throws TornText, TransportException {
    boolean any = false;
    while (true) {
      need();
      char c = text.chars[text.at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return any;
      }
      any = true;
      text.at++;
    }
  }

  private String name() throws MalformedEvent, TornText, TransportException {
    int length = 0;
    while (isNamePart(peek(length))) {
      length++;
      if (length > limits.maxNameChars()) {
        throw malformed(
            "a name of more than "
                + limits.maxNameChars()
                + " characters (EventLogLimits.maxNameChars)");
      }
    }
    if (length == 0 || isNoStart(text.chars[text.at])) {
      throw malformed("no name where one should be");
    }
    String name = names.get(text.chars, text.at, text.at + length);
    text.at += length;
    return name;
  }

  private static boolean isNamePart(char c) {
    return c < 0x80
        ? (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9')
            || c == ':'
            || c == '_'
            || c == '-'
            || c == '.'
        : c == 0xB7 || (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0xFFFE);
  }

  private static boolean isNoStart(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == 0xB7;
  }

  /** The character that many places on. */
  private char peek(int ahead) throws TornText, TransportException {
    while (text.at + ahead >= text.limit) {
      if (!text.more()) {
        throw new TornText();
      }
    }
    return text.chars[text.at + ahead];
  }

  private void need() throws TornText, TransportException {
    if (!text.ready()) {
      throw new TornText();
    }
  }

  private void forgive(String what) throws MalformedEvent {
    if (!forgiving) {
      throw malformed(what);
    }
    if (forgiven == null) {
      forgiven = what;
    }
  }

  private MalformedEvent malformed(String what) {
    return new MalformedEvent(text.at, what);
  }
}
