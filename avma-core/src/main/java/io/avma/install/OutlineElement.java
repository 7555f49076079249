package io.avma.install;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An element on the way to a key: where it stands and what it holds. Filled by {@link Outline},
 * read-only afterwards.
 */
final class OutlineElement {
  private final StartTag tag;
  private final String namespace;
  private final List<OutlineElement> children = new ArrayList<>(0);
  private final StringBuilder content = new StringBuilder(0);
  private boolean textOnly = true;
  private Optional<OutlineElement> parent = Optional.empty();
  private int contentEnd;
  private int end;
  private int lastChildStart = -1;
  private int lastChildEnd = -1;

  OutlineElement(StartTag tag, String namespace) {
    this.tag = tag;
    this.namespace = namespace;
  }

  // What the outline fills in.

  void addText(String text) {
    content.append(text);
  }

  void addAside() {
    textOnly = false;
  }

  void childStarts(int index) {
    lastChildStart = index;
    textOnly = false;
  }

  void childEnds(int index) {
    lastChildEnd = index;
  }

  void keep(OutlineElement child) {
    children.add(child);
    child.parent = Optional.of(this);
  }

  void ends(int endTagStart, int index) {
    contentEnd = endTagStart;
    end = index;
  }

  // What the editor reads.

  StartTag tag() {
    return tag;
  }

  String namespace() {
    return namespace;
  }

  /** Returns the element that it stands in; empty for the root. */
  Optional<OutlineElement> parent() {
    return parent;
  }

  /** Returns the prefix with its colon, or nothing. */
  String prefix() {
    return tag.name().substring(0, tag.name().indexOf(':') + 1);
  }

  String localName() {
    return tag.name().substring(tag.name().indexOf(':') + 1);
  }

  Optional<String> attribute(String name) {
    return tag.attribute(name);
  }

  /** Returns the quotation mark that this element uses; the usual one if it has no attributes. */
  char quote() {
    return tag.attributes().isEmpty() ? '"' : tag.attributes().get(0).quote();
  }

  /** Returns the kept child elements with this local name. */
  List<OutlineElement> children(String name) {
    return children.stream().filter(child -> child.localName().equals(name)).toList();
  }

  /** Returns the text of a key element, references resolved. */
  String content() {
    return content.toString();
  }

  /** Returns whether it holds neither elements nor comments nor processing instructions. */
  boolean isTextOnly() {
    return textOnly;
  }

  int start() {
    return tag.start();
  }

  int contentStart() {
    return tag.end();
  }

  /** Returns the index of its end tag. */
  int contentEnd() {
    return contentEnd;
  }

  int end() {
    return end;
  }

  /** Returns where the last element in it starts, kept or not; -1 if there is none. */
  int lastChildStart() {
    return lastChildStart;
  }

  /** Returns where that element ends. */
  int lastChildEnd() {
    return lastChildEnd;
  }
}
