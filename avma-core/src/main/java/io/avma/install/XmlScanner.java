package io.avma.install;

import com.google.common.collect.ImmutableList;
import io.avma.install.AnswerFileEdit.Refused.Reason;
import io.avma.platform.ForeignText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Goes through an XML text and tells where its tags stand, to the character.
 *
 * <p>The JDK's parsers do not: a StAX offset is that of a buffer, and attributes have none. So this
 * scanner finds the places, checks what it relies on (nesting, quoting, references, one root), and
 * explains the mistakes that people make; {@link Infoset} has the JDK's parser judge the rest, such
 * as names, repeated attributes and undeclared prefixes. One pass, no recursion, no DOCTYPE.
 */
final class XmlScanner {
  /** Answer files have eight; more only serve to make parsers slow. */
  static final int MAX_ATTRIBUTES = 64;

  private static final int NAME_SHOWN = 40;

  private final String text;
  private final int maxDepth;
  private final XmlVisitor visitor;
  private final Deque<String> open = new ArrayDeque<>();
  private int at;
  private boolean rootSeen;

  private XmlScanner(String text, int maxDepth, XmlVisitor visitor) {
    this.text = text;
    this.maxDepth = maxDepth;
    this.visitor = visitor;
  }

  /** Goes through {@code text} until its end, or until the flaw that is returned. */
  static Optional<Flaw> scan(String text, int maxDepth, XmlVisitor visitor) {
    int illegal = XmlCharacters.firstIllegal(text);
    if (illegal >= 0) {
      return Optional.of(
          new Flaw(
              Reason.DAMAGED_TEXT,
              illegal,
              "the character "
                  + ForeignText.escape(Character.toString(text.codePointAt(illegal)))
                  + " is not allowed in XML"));
    }
    return new XmlScanner(text, maxDepth, visitor).scan();
  }

  private Optional<Flaw> scan() {
    while (at < text.length()) {
      Optional<Flaw> flaw = text.charAt(at) == '<' ? markup() : characters();
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    if (!open.isEmpty()) {
      return malformed(at, "the file ends inside " + named(open.element()) + ": it is cut off");
    }
    return rootSeen ? Optional.empty() : malformed(at, "the file holds no element");
  }

  private Optional<Flaw> markup() {
    if (text.startsWith("<!--", at)) {
      return comment();
    }
    if (text.startsWith("<?", at)) {
      if (at > 0 && text.startsWith("<?xml ", at)) {
        return malformed(at, "the XML declaration is not the very first thing in the file");
      }
      return aside("?>", 2, "processing instruction");
    }
    if (text.startsWith("<![CDATA[", at)) {
      return cdata();
    }
    if (text.startsWith("<!", at)) {
      return text.startsWith("<!DOCTYPE", at)
          ? flaw(
              Reason.DOCTYPE, at, "the file has a DOCTYPE, which no answer file needs; remove it")
          : malformed(at, "'<!' starts neither a comment nor a CDATA section");
    }
    return text.startsWith("</", at) ? endTag() : startTag();
  }

  private Optional<Flaw> comment() {
    int dashes = text.indexOf("--", at + 4);
    return dashes >= 0 && !text.startsWith("-->", dashes)
        ? malformed(dashes, "a comment holds '--', which XML does not allow")
        : aside("-->", 4, "comment");
  }

  private Optional<Flaw> aside(String terminator, int skip, String what) {
    int end = text.indexOf(terminator, at + skip);
    if (end < 0) {
      return malformed(at, "the " + what + " does not end: the file is cut off");
    }
    visitor.aside();
    at = end + terminator.length();
    return Optional.empty();
  }

  private Optional<Flaw> cdata() {
    int start = at + "<![CDATA[".length();
    int end = text.indexOf("]]>", start);
    if (end < 0) {
      return malformed(at, "the CDATA section does not end: the file is cut off");
    }
    if (open.isEmpty()) {
      return malformed(at, "a CDATA section stands outside the root element");
    }
    visitor.text(References.literal(text, start, end));
    at = end + 3;
    return Optional.empty();
  }

  private Optional<Flaw> characters() {
    int next = text.indexOf('<', at);
    int end = next < 0 ? text.length() : next;
    if (open.isEmpty()) {
      int first = XmlCharacters.skipSpace(text, at);
      if (first < end) {
        return malformed(first, "text stands outside the root element");
      }
    } else {
      int unknown = References.firstUnknown(text, at, end);
      if (unknown >= 0) {
        return unknownReference(unknown);
      }
      visitor.text(References.resolve(text, at, end));
    }
    at = end;
    return Optional.empty();
  }

  private Optional<Flaw> endTag() {
    int nameEnd = nameEnd(at + 2);
    String name = text.substring(at + 2, nameEnd);
    int close = XmlCharacters.skipSpace(text, nameEnd);
    if (close == text.length()) {
      return malformed(at, "the file ends inside an end tag: it is cut off");
    }
    if (text.charAt(close) != '>') {
      return malformed(close, "the end tag of " + named(name) + " does not end here with '>'");
    }
    if (open.isEmpty() || !open.element().equals(name)) {
      return malformed(
          at,
          "the end tag of "
              + named(name)
              + (open.isEmpty()
                  ? " has no start tag"
                  : " stands where " + named(open.element()) + " is open"));
    }
    open.remove();
    visitor.endTag(at, close + 1);
    at = close + 1;
    return Optional.empty();
  }

  private Optional<Flaw> startTag() {
    int nameEnd = nameEnd(at + 1);
    String name = text.substring(at + 1, nameEnd);
    if (name.isEmpty()) {
      return malformed(at, "'<' starts no tag (in text, write &lt;)");
    }
    if (open.isEmpty() && rootSeen) {
      return malformed(at, "a second root element, " + named(name));
    }
    if (open.size() == maxDepth) {
      return flaw(
          Reason.TOO_DEEP, at, "elements nested more than " + maxDepth + " deep (maxDepth)");
    }
    rootSeen = true;
    return attributes(named(name), XmlCharacters.skipSpace(text, nameEnd), name);
  }

  /** Goes through the attributes of the tag at {@code at}, and past its end. */
  private Optional<Flaw> attributes(String shown, int first, String name) {
    List<StartTag.Attribute> attributes = new ArrayList<>();
    int next = first;
    while (!isTagEnd(next)) {
      if (next == text.length()) {
        return malformed(at, "the file ends inside the start tag of " + shown + ": it is cut off");
      }
      if (attributes.size() == MAX_ATTRIBUTES) {
        return flaw(
            Reason.TOO_MANY_ATTRIBUTES,
            next,
            shown + " has more than " + MAX_ATTRIBUTES + " attributes");
      }
      int nameEnd = nameEnd(next);
      int equals = XmlCharacters.skipSpace(text, nameEnd);
      int quote = XmlCharacters.skipSpace(text, Math.min(equals + 1, text.length()));
      int valueEnd = valueEnd(equals, quote);
      if (nameEnd == next || valueEnd < 0) {
        return malformed(next, "no attribute in quotation marks, in the start tag of " + shown);
      }
      int unknown = References.firstUnknown(text, quote + 1, valueEnd);
      if (unknown >= 0) {
        return unknownReference(unknown);
      }
      attributes.add(
          new StartTag.Attribute(
              text.substring(next, nameEnd),
              References.resolve(text, quote + 1, valueEnd),
              text.charAt(quote)));
      next = XmlCharacters.skipSpace(text, valueEnd + 1);
    }
    opened(name, ImmutableList.copyOf(attributes), next);
    return Optional.empty();
  }

  /** Returns where the quoted value ends that follows the {@code =}, or -1 if there is none. */
  private int valueEnd(int equals, int quote) {
    boolean quoted =
        text.startsWith("=", equals)
            && (text.startsWith("\"", quote) || text.startsWith("'", quote));
    return quoted ? text.indexOf(text.charAt(quote), quote + 1) : -1;
  }

  private void opened(String name, ImmutableList<StartTag.Attribute> attributes, int tagEnd) {
    boolean empty = text.charAt(tagEnd) == '/';
    int end = tagEnd + (empty ? 2 : 1);
    visitor.startTag(new StartTag(at, end, name, attributes, empty));
    if (empty) {
      visitor.endTag(end, end);
    } else {
      open.push(name);
    }
    at = end;
  }

  private boolean isTagEnd(int index) {
    return text.startsWith(">", index) || text.startsWith("/>", index);
  }

  /** Returns where the name ends that starts at {@code start}; what a name is, the JDK judges. */
  private int nameEnd(int start) {
    int i = start;
    while (i < text.length() && "=/><\"'&".indexOf(text.charAt(i)) < 0) {
      if (XmlCharacters.isSpace(text.charAt(i))) {
        break;
      }
      i++;
    }
    return i;
  }

  private Optional<Flaw> unknownReference(int index) {
    return malformed(
        index, "'&' starts no reference that an answer file knows (for the sign, write &amp;)");
  }

  private static Optional<Flaw> malformed(int index, String message) {
    return Optional.of(Flaw.notWellFormed(index, message));
  }

  private static Optional<Flaw> flaw(Reason reason, int index, String message) {
    return Optional.of(new Flaw(reason, index, message));
  }

  private static String named(String name) {
    return "<" + ForeignText.escape(name, NAME_SHOWN) + ">";
  }
}
