package io.avma.install;

import io.avma.catalog.ProductKey;
import io.avma.install.AnswerFileText.Layout;
import java.util.List;
import java.util.Optional;

/**
 * Turns a {@link Target} into the change of the text, written as the text around it is: its line
 * ends, its indentation, its prefix, its quotation marks.
 */
final class Splicing {
  private static final String USUAL_UNIT = "  ";

  private final String text;
  private final ProductKey key;
  private final AnswerFileArchitecture architecture;

  private Splicing(String text, ProductKey key, AnswerFileArchitecture architecture) {
    this.text = text;
    this.key = key;
    this.architecture = architecture;
  }

  static Splice of(
      Target target, String text, ProductKey key, AnswerFileArchitecture architecture) {
    return new Splicing(text, key, architecture).splice(target);
  }

  private Splice splice(Target target) {
    OutlineElement element = target.element();
    return switch (target.change()) {
      case ADDED_SETTINGS, ADDED_COMPONENT, ADDED_KEY -> addedChild(target);
      case FILLED_KEY, RESPELLED_KEY, REPLACED_KEY ->
          element.tag().empty()
              ? opened(element, key.reveal())
              : new Splice(element.contentStart(), element.contentEnd(), key.reveal());
    };
  }

  private Splice addedChild(Target target) {
    OutlineElement parent = target.element();
    Optional<OutlineElement> sibling = sibling(target);
    boolean nothingInside = parent.contentStart() == parent.contentEnd();
    int place = nothingInside ? parent.contentStart() : afterSibling(parent, sibling);
    String lineEnd = nothingInside ? lineEndBefore(parent.start()) : lineEndAt(place);
    String unit = unit(parent);
    String parentIndent = indentOfLine(parent.start());
    String indent =
        sibling
            .map(OutlineElement::start)
            .or(() -> lastChild(parent))
            .flatMap(this::indentOf)
            .orElse(parentIndent + unit);
    Layout layout = new Layout(lineEnd, unit, parent.prefix(), parent.quote());
    boolean oneLine = lineEnd.isEmpty();
    String child = (oneLine ? "" : lineEnd + indent) + child(target, layout, indent);
    if (!nothingInside) {
      return Splice.insert(place, child);
    }
    String content = oneLine ? child : child + lineEnd + parentIndent;
    return parent.tag().empty() ? opened(parent, content) : Splice.insert(place, content);
  }

  private String child(Target target, Layout layout, String indent) {
    return switch (target.change()) {
      case ADDED_SETTINGS -> AnswerFileText.settings(key, architecture, layout, indent);
      case ADDED_COMPONENT -> AnswerFileText.component(key, architecture, layout, indent);
      default -> AnswerFileText.productKey(key, layout);
    };
  }

  /** Makes start and end tag of a tag that is both. */
  private static Splice opened(OutlineElement element, String content) {
    return new Splice(
        element.contentStart() - "/>".length(),
        element.contentStart(),
        ">" + content + "</" + element.tag().name() + ">");
  }

  /** A new pass follows the last one, so that what tools put at the end of the file stays there. */
  private static Optional<OutlineElement> sibling(Target target) {
    List<OutlineElement> settings = target.element().children("settings");
    return settings.isEmpty() ? Optional.empty() : Optional.of(settings.get(settings.size() - 1));
  }

  private static Optional<Integer> lastChild(OutlineElement parent) {
    return parent.lastChildStart() < 0 ? Optional.empty() : Optional.of(parent.lastChildStart());
  }

  /** Returns the place after the last child and after the comments on its line, which are its. */
  private int afterSibling(OutlineElement parent, Optional<OutlineElement> sibling) {
    int place =
        sibling
            .map(OutlineElement::end)
            .orElse(parent.lastChildEnd() < 0 ? parent.contentStart() : parent.lastChildEnd());
    int next = skipBlanks(place);
    while (text.startsWith("<!--", next)) {
      place = text.indexOf("-->", next + 4) + 3;
      next = skipBlanks(place);
    }
    return place;
  }

  /** Returns what one level is indented by around here. */
  private String unit(OutlineElement parent) {
    Optional<String> inner = lastChild(parent).flatMap(this::indentOf);
    String own = indentOfLine(parent.start());
    return inner
        .flatMap(indent -> difference(own, indent))
        .or(() -> parent.parent().flatMap(outer -> difference(indentOfLine(outer.start()), own)))
        .orElse(USUAL_UNIT);
  }

  private static Optional<String> difference(String outer, String inner) {
    return inner.startsWith(outer)
        ? Optional.of(inner.substring(outer.length()))
        : Optional.empty();
  }

  /** Returns the blanks that the line starts with on which {@code index} stands. */
  private String indentOfLine(int index) {
    int start = index;
    while (start > 0 && !isLineEnd(text.charAt(start - 1))) {
      start--;
    }
    return text.substring(start, skipBlanks(start));
  }

  /** Returns the blanks before {@code index} if nothing else stands before it on its line. */
  private Optional<String> indentOf(int index) {
    int start = index;
    while (start > 0 && isBlank(text.charAt(start - 1))) {
      start--;
    }
    boolean ownLine = start == 0 || isLineEnd(text.charAt(start - 1));
    return ownLine ? Optional.of(text.substring(start, index)) : Optional.empty();
  }

  /** Returns the line end that follows {@code index}, blanks aside; nothing if none does. */
  private String lineEndAt(int index) {
    int next = skipBlanks(index);
    if (text.startsWith("\r\n", next)) {
      return "\r\n";
    }
    return isLineEnd(text.charAt(next)) ? text.substring(next, next + 1) : "";
  }

  /** Returns the line end of the line before, if {@code index} starts a line; else nothing. */
  private String lineEndBefore(int index) {
    int start = index - indentOf(index).orElse("").length();
    if (start == 0 || !isLineEnd(text.charAt(start - 1))) {
      return "";
    }
    return text.startsWith("\r\n", start - 2) ? "\r\n" : text.substring(start - 1, start);
  }

  private int skipBlanks(int index) {
    int next = index;
    while (isBlank(text.charAt(next))) { // ends at the parent's end tag at the latest
      next++;
    }
    return next;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
