package io.avma.install;

/** Is told what {@link XmlScanner} finds, in the order of the text. */
interface XmlVisitor {
  /** A start tag; an empty element is followed by its {@link #endTag} as well. */
  void startTag(StartTag tag);

  /**
   * The end of the innermost open element.
   *
   * @param start the index of its end tag; the end of the start tag for an empty element
   * @param end the index after its end tag
   */
  void endTag(int start, int end);

  /** Text in an element, references resolved; a CDATA section counts as text. */
  void text(String value);

  /** A comment or a processing instruction. */
  void aside();
}
