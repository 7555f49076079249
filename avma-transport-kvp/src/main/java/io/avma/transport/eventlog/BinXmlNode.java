package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;

/**
 * Binary XML as a tree: what {@link BinXmlParser} reads and {@link TemplateCompiler} turns into
 * programs. Names are already such that XML can hold them.
 */
sealed interface BinXmlNode {

  /**
   * An element.
   *
   * @param dependency the slot without whose value the element is left out, or {@link
   *     BinXmlToken#NO_DEPENDENCY}
   */
  record Element(
      String name,
      int dependency,
      ImmutableList<Attribute> attributes,
      boolean closedEmpty,
      ImmutableList<BinXmlNode> content)
      implements BinXmlNode {}

  /** An attribute; its value is made of texts and substitutions. */
  record Attribute(String name, ImmutableList<BinXmlNode> value) {}

  /** Characters, whether they came as value text, CDATA or character reference. */
  record Text(String text) implements BinXmlNode {}

  /** A reference to an entity, of which XML knows five. */
  record Entity(String name) implements BinXmlNode {}

  /** A processing instruction. */
  record Instruction(String target, String data) implements BinXmlNode {}

  /** A place for a value. An optional one without value drops the attribute or element around. */
  record Substitution(int slot, boolean optional) implements BinXmlNode {}

  /** A template instance whose first byte after the token is at {@code chunkOffset}. */
  record Instance(int chunkOffset, int end) implements BinXmlNode {}
}
