package io.avma.install;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The elements of an answer file that lead to keys, with their places: {@code unattend}, {@code
 * settings}, {@code component}, {@code UserData}, {@code ProductKey}, {@code Key}. Others leave no
 * trace but that they are there, so the outline is small whatever the file holds.
 */
final class Outline implements XmlVisitor {
  /** The namespace of answer files. */
  static final String NAMESPACE = "urn:schemas-microsoft-com:unattend";

  private static final Set<String> KEPT =
      Set.of("settings", "component", "UserData", "ProductKey", "Key"); // looked up, not iterated

  private static final Set<String> WITH_TEXT = Set.of("ProductKey", "Key");

  /** The open elements; empty for one that is not kept, nor anything in it. */
  private final Deque<Optional<OutlineElement>> open = new ArrayDeque<>();

  private final Namespaces namespaces = new Namespaces();
  private @Nullable OutlineElement root;

  private Outline() {}

  /** Reads {@code text}; answers with its root element. */
  static Reading<OutlineElement> read(String text, int maxDepth) {
    Outline outline = new Outline();
    Optional<Flaw> flaw = XmlScanner.scan(text, maxDepth, outline);
    if (flaw.isPresent()) {
      return new Reading.Flawed<>(flaw.get());
    }
    OutlineElement root = outline.root;
    if (root == null) {
      throw new AssertionError("a text without flaw has a root");
    }
    return new Reading.Sound<>(root);
  }

  @Override
  public void startTag(StartTag tag) {
    namespaces.open(tag);
    open.push(root == null ? Optional.of(rooted(tag)) : parent().flatMap(it -> kept(it, tag)));
  }

  private OutlineElement rooted(StartTag tag) {
    OutlineElement element = new OutlineElement(tag, namespaces.of(tag.name()));
    root = element;
    return element;
  }

  private Optional<OutlineElement> kept(OutlineElement parent, StartTag tag) {
    parent.childStarts(tag.start());
    OutlineElement element = new OutlineElement(tag, namespaces.of(tag.name()));
    if (!element.namespace().equals(NAMESPACE) || !KEPT.contains(element.localName())) {
      return Optional.empty();
    }
    parent.keep(element);
    return Optional.of(element);
  }

  @Override
  public void endTag(int start, int end) {
    open.pop().ifPresent(element -> element.ends(start, end));
    parent().ifPresent(outer -> outer.childEnds(end));
    namespaces.close();
  }

  @Override
  public void text(String value) {
    parent()
        .filter(element -> WITH_TEXT.contains(element.localName()))
        .ifPresent(element -> element.addText(value));
  }

  @Override
  public void aside() {
    parent().ifPresent(OutlineElement::addAside);
  }

  private Optional<OutlineElement> parent() {
    return open.isEmpty() ? Optional.empty() : open.element();
  }
}
