package io.avma.transport.cim;

import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a text once, tag by tag. Knows as much of XML as embedded instances have: no
 * document type, so no entities but the five of XML and characters by number; no name spaces.
 *
 * <p>This is the hot loop of a sweep over a host's machines, so it works on indexes into one array
 * and makes a string only of what is asked for.
 */
final class XmlScanner {
  /** What {@link #next} has passed. */
  enum Tag {
    OPEN,
    CLOSE,
    END
  }

  private static final int MAX_ATTRIBUTES = 64;
  private static final int LONGEST_REFERENCE = 12;
  private static final boolean[] PLAIN = plain();

  private final String source;
  private final char[] chars;
  private final int maxDepth;
  private int[] openNames = new int[16]; // start and end of each name still to be ended
  private int[] attributes = new int[16]; // of each: name from and to, value from and to
  private int attributeCount;
  private int depth;
  private int at;
  private boolean selfClosed;

  XmlScanner(String source, String text, CimLimits limits) throws TransportException {
    this.source = source;
    this.maxDepth = limits.maxDepth();
    if (text.length() > limits.maxChars()) {
      this.chars = new char[0];
      throw damaged(
          "too-long",
          0,
          text.length() + " characters (expected: at most " + limits.maxChars() + ")");
    }
    this.chars = text.toCharArray();
  }

  /** Where the scanner is, in UTF-16 units. */
  int at() {
    return at;
  }

  /** How many elements are open. */
  int depth() {
    return depth;
  }

  /** Passes the next tag; nothing but blanks, comments and instructions may stand before it. */
  Tag next() throws TransportException {
    if (selfClosed) {
      selfClosed = false;
      depth--;
      return Tag.CLOSE;
    }
    while (true) {
      skipBlanks();
      if (at == chars.length) {
        if (depth > 0) {
          throw damaged("torn", at, "the text ends inside of <" + openName() + ">");
        }
        return Tag.END;
      }
      if (chars[at] != '<') {
        throw damaged("unexpected-text", at, "text where only elements may be");
      }
      switch (peek(1)) {
        case '/' -> {
          endTag();
          return Tag.CLOSE;
        }
        case '!' -> {
          if (!startsWith("<!--")) {
            throw declaration();
          }
          passComment();
        }
        case '?' -> passInstruction();
        default -> {
          startTag();
          return Tag.OPEN;
        }
      }
    }
  }

  /** Whether the element opened last is called so. */
  boolean is(String name) {
    int from = openNames[2 * depth - 2];
    return matches(from, openNames[2 * depth - 1], name);
  }

  /** Whether the name of the element opened last begins so. */
  boolean nameStartsWith(String prefix) {
    int from = openNames[2 * depth - 2];
    int end = from + prefix.length();
    return end <= openNames[2 * depth - 1] && matches(from, end, prefix);
  }

  /** The name of the element opened last, escaped and cut for a message. */
  String openName() {
    int from = openNames[2 * depth - 2];
    return ForeignText.escape(new String(chars, from, openNames[2 * depth - 1] - from), 40);
  }

  /** The value of an attribute of the element opened last; null if it has none such. */
  @Nullable String attribute(String name) throws TransportException {
    for (int i = 0; i < attributeCount; i++) {
      if (matches(attributes[4 * i], attributes[4 * i + 1], name)) {
        return attributeValue(attributes[4 * i + 2], attributes[4 * i + 3]);
      }
    }
    return null;
  }

  /** Whether an attribute of the element opened last has that value as it stands, unescaped. */
  boolean hasAttribute(String name, String value) {
    for (int i = 0; i < attributeCount; i++) {
      if (matches(attributes[4 * i], attributes[4 * i + 1], name)) {
        return matches(attributes[4 * i + 2], attributes[4 * i + 3], value);
      }
    }
    return false;
  }

  /** The characters up to the next tag. */
  String content() throws TransportException {
    if (selfClosed) {
      return "";
    }
    int from = at;
    int end = plainEnd(from);
    at = end;
    if (end == chars.length || (chars[end] == '<' && peek(1) != '!' && peek(1) != '?')) {
      return new String(chars, from, end - from);
    }
    StringBuilder text = new StringBuilder(end - from + 64).append(chars, from, end - from);
    while (at < chars.length) {
      char c = chars[at];
      if (c == '&') {
        text.appendCodePoint(reference());
      } else if (c != '<') {
        oddCharacter(text);
      } else if (startsWith("<!--")) {
        passComment();
      } else if (startsWith("<![CDATA[")) {
        cdata(text);
      } else if (peek(1) == '?') {
        passInstruction();
      } else if (peek(1) == '!') {
        throw declaration();
      } else {
        break;
      }
      int plain = at;
      at = plainEnd(plain);
      text.append(chars, plain, at - plain);
    }
    return text.toString();
  }

  /** Passes the rest of the element opened last, whatever it holds. */
  void skip() throws TransportException {
    int outer = depth - 1;
    do {
      String ignored = content();
      next();
    } while (depth > outer);
  }

  TransportException damaged(String code, int offset, String message) {
    long line = 1;
    for (int i = 0; i < offset && i < chars.length; i++) {
      line += chars[i] == '\n' ? 1 : 0;
    }
    return TransportException.damaged(
        new Flaw(
            code, Flaw.Effect.LOST, Position.in(source).onLine(line).atOffset(offset), message));
  }

  private void startTag() throws TransportException {
    if (depth == maxDepth) {
      throw damaged("too-deep", at, "elements nest deeper than " + maxDepth + " levels");
    }
    if (2 * depth == openNames.length) {
      openNames = Arrays.copyOf(openNames, 4 * depth);
    }
    at++;
    openNames[2 * depth] = at;
    name();
    openNames[2 * depth + 1] = at;
    depth++;
    attributeCount = 0;
    while (true) {
      int before = at;
      skipBlanks();
      char c = current();
      if (c == '>') {
        at++;
        return;
      }
      if (c == '/') {
        at++;
        expect('>');
        selfClosed = true;
        return;
      }
      if (at == before) {
        throw damaged("malformed", at, "no blank in front of an attribute");
      }
      attribute();
    }
  }

  private void attribute() throws TransportException {
    if (attributeCount == MAX_ATTRIBUTES) {
      throw damaged("too-many-attributes", at, "more than " + MAX_ATTRIBUTES + " attributes");
    }
    int slot = 4 * attributeCount;
    if (slot == attributes.length) {
      attributes = Arrays.copyOf(attributes, 2 * slot);
    }
    attributes[slot] = at;
    name();
    attributes[slot + 1] = at;
    for (int i = 0; i < slot; i += 4) {
      if (Arrays.equals(
          chars, attributes[i], attributes[i + 1], chars, attributes[slot], attributes[slot + 1])) {
        throw damaged("malformed", attributes[slot], "an attribute twice");
      }
    }
    skipBlanks();
    expect('=');
    skipBlanks();
    char quote = current();
    if (quote != '"' && quote != '\'') {
      throw damaged("malformed", at, "an attribute without quotes");
    }
    at++;
    attributes[slot + 2] = at;
    while (current() != quote) {
      passAttributeCharacter();
    }
    attributes[slot + 3] = at;
    at++;
    attributeCount++;
  }

  private void passAttributeCharacter() throws TransportException {
    char c = chars[at];
    if (c == '&') {
      int ignored = reference();
    } else if (c == '<') {
      throw damaged("malformed", at, "'<' in an attribute");
    } else if (c < PLAIN.length && PLAIN[c]) {
      at++;
    } else {
      oddCharacter(null);
    }
  }

  private String attributeValue(int from, int to) throws TransportException {
    for (int i = from; i < to; i++) {
      if (chars[i] == '&' || chars[i] < ' ') {
        return normalized(from, to);
      }
    }
    return new String(chars, from, to - from);
  }

  /** References are resolved, and bare line ends and tabs are blanks, as XML has it. */
  private String normalized(int from, int to) throws TransportException {
    int back = at;
    StringBuilder value = new StringBuilder(to - from);
    at = from;
    while (at < to) {
      if (chars[at] == '&') {
        value.appendCodePoint(reference());
        continue;
      }
      char c = chars[at++];
      if (c == '\r' && at < to && chars[at] == '\n') {
        at++;
      }
      value.append(c < ' ' ? ' ' : c);
    }
    at = back;
    return value.toString();
  }

  private void endTag() throws TransportException {
    int start = at;
    at += 2;
    int from = at;
    name();
    int to = at;
    skipBlanks();
    expect('>');
    if (depth == 0
        || !Arrays.equals(
            chars, from, to, chars, openNames[2 * depth - 2], openNames[2 * depth - 1])) {
      throw damaged("malformed", start, "an end tag that does not fit the start tag");
    }
    depth--;
  }

  private void name() throws TransportException {
    int from = at;
    while (at < chars.length && isNamePart(chars[at])) {
      at++;
    }
    if (at == from) {
      throw at == chars.length ? torn() : damaged("malformed", at, "no name");
    }
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-'
        || c == ':'
        || (c >= 0x80 && Character.isUnicodeIdentifierPart(c));
  }

  /** The end of the characters that are text as they stand. */
  private int plainEnd(int from) {
    char[] text = chars;
    int i = from;
    while (i < text.length) {
      char c = text[i];
      if (c < PLAIN.length ? !PLAIN[c] : c >= Character.MIN_SURROGATE) {
        break;
      }
      i++;
    }
    return i;
  }

  /**
   * A line end, a pair of surrogates, or what XML cannot hold; into {@code text} if there is one.
   */
  private void oddCharacter(@Nullable StringBuilder text) throws TransportException {
    char c = chars[at];
    int length = 1;
    if (c == '\r') {
      c = '\n';
      length = peek(1) == '\n' ? 2 : 1;
    } else if (Character.isHighSurrogate(c) && Character.isLowSurrogate(peek(1))) {
      length = 2;
      if (text != null) {
        text.append(c);
      }
      c = peek(1);
    } else if (!XmlText.isCarried(c)) {
      throw damaged(
          "malformed",
          at,
          String.format(Locale.ROOT, "the character U+%04X, which XML cannot hold", (int) c));
    }
    if (text != null) {
      text.append(c);
    }
    at += length;
  }

  private int reference() throws TransportException {
    int start = at;
    int end = start + 1;
    int last = Math.min(chars.length, start + LONGEST_REFERENCE);
    while (end < last && chars[end] != ';') {
      end++;
    }
    if (end == last) {
      throw damaged("unknown-reference", start, "'&' that begins no reference");
    }
    at = end + 1;
    String name = new String(chars, start + 1, end - start - 1);
    return switch (name) {
      case "lt" -> '<';
      case "gt" -> '>';
      case "amp" -> '&';
      case "quot" -> '"';
      case "apos" -> '\'';
      default -> numbered(name, start);
    };
  }

  private int numbered(String name, int start) throws TransportException {
    boolean hexadecimal = name.startsWith("#x");
    int codePoint = name.startsWith("#") ? digits(name, hexadecimal ? 2 : 1, hexadecimal) : -1;
    if (codePoint < 0
        || codePoint > Character.MAX_CODE_POINT
        || (Character.isBmpCodePoint(codePoint) && !XmlText.isCarried((char) codePoint))) {
      throw damaged(
          "unknown-reference",
          start,
          "reference to '"
              + ForeignText.escape(name, 20)
              + "' (expected: lt, gt, amp, quot, apos, or the number of a character)");
    }
    return codePoint;
  }

  /** The number, or -1; no longer than what a reference can be, so it cannot wrap. */
  private static int digits(String name, int from, boolean hexadecimal) {
    int number = from == name.length() || name.length() - from > 7 ? -1 : 0;
    for (int i = from; i < name.length() && number >= 0; i++) {
      char c = name.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, hexadecimal ? 16 : 10) : -1;
      number = digit < 0 ? -1 : number * (hexadecimal ? 16 : 10) + digit;
    }
    return number;
  }

  private void cdata(StringBuilder text) throws TransportException {
    int start = at;
    at += "<![CDATA[".length();
    while (!startsWith("]]>")) {
      if (at == chars.length) {
        throw damaged("torn", start, "the text ends inside of CDATA");
      }
      if (chars[at] == '\r' || chars[at] >= Character.MIN_SURROGATE || chars[at] < ' ') {
        oddCharacter(text);
      } else {
        text.append(chars[at++]);
      }
    }
    at += 3;
  }

  private void passComment() throws TransportException {
    passTo("-->", 4);
  }

  private void passInstruction() throws TransportException {
    passTo("?>", 2);
  }

  private void passTo(String end, int begin) throws TransportException {
    int start = at;
    at += begin;
    while (!startsWith(end)) {
      if (at >= chars.length) {
        throw damaged("torn", start, "the text ends before " + end);
      }
      at++;
    }
    at += end.length();
  }

  private TransportException declaration() {
    return startsWith("<!DOCTYPE")
        ? damaged("document-type", at, "a document type, which no instance has")
        : damaged("malformed", at, "a declaration where only elements may be");
  }

  private void skipBlanks() {
    while (at < chars.length && isBlank(chars[at])) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private void expect(char c) throws TransportException {
    if (current() != c) {
      throw damaged("malformed", at, "no '" + c + "' where one must be");
    }
    at++;
  }

  private char current() throws TransportException {
    if (at >= chars.length) {
      throw torn();
    }
    return chars[at];
  }

  private TransportException torn() {
    return damaged("torn", at, "the text ends inside of a tag");
  }

  /** The character so far ahead; 0, which no XML has, behind the end. */
  private char peek(int ahead) {
    return at + ahead < chars.length ? chars[at + ahead] : 0;
  }

  private boolean startsWith(String text) {
    int end = at + text.length();
    return end <= chars.length && matches(at, end, text);
  }

  private boolean matches(int from, int to, String text) {
    int length = to - from;
    if (length != text.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (chars[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean[] plain() {
    boolean[] plain = new boolean[128];
    Arrays.fill(plain, ' ', plain.length, true);
    plain['\t'] = true;
    plain['\n'] = true;
    plain['<'] = false;
    plain['&'] = false;
    return plain;
  }
}
