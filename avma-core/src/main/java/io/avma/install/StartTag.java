package io.avma.install;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * A start tag, or an element without content.
 *
 * @param start the index of its {@code <}
 * @param end the index after its {@code >}
 * @param name the name as written, with prefix
 * @param attributes the attributes in order, namespace declarations included
 * @param empty whether it ends in {@code />}
 */
record StartTag(
    int start, int end, String name, ImmutableList<Attribute> attributes, boolean empty) {
  /**
   * An attribute.
   *
   * @param name the name as written, with prefix
   * @param value the value, references resolved
   * @param quote the quotation mark around it
   */
  record Attribute(String name, String value, char quote) {}

  /** Returns the value of the attribute with this name, prefix included. */
  Optional<String> attribute(String attributeName) {
    return attributes.stream()
        .filter(attribute -> attribute.name().equals(attributeName))
        .map(Attribute::value)
        .findFirst();
  }
}
