package io.avma.install;

import io.avma.catalog.ProductKey;

/**
 * Writes the elements that lead to the key.
 *
 * <p>Component, pass and attributes as Microsoft's reference of answer files gives them: {@code
 * Microsoft-Windows-Shell-Setup | ProductKey}, pass {@code specialize}.
 */
final class AnswerFileText {
  static final String PASS = "specialize";
  static final String COMPONENT = "Microsoft-Windows-Shell-Setup";
  static final String PUBLIC_KEY_TOKEN = "31bf3856ad364e35";
  static final String LANGUAGE = "neutral";
  static final String VERSION_SCOPE = "nonSxS";

  private static final Layout FRESH = new Layout("\n", "  ", "", '"');

  /**
   * How the surroundings are written.
   *
   * @param lineEnd what ends a line; empty to write everything in one
   * @param unit what one level is indented by
   * @param prefix the namespace prefix with its colon, or nothing
   * @param quote the quotation mark around attributes
   */
  record Layout(String lineEnd, String unit, String prefix, char quote) {}

  private AnswerFileText() {}

  static String wholeFile(ProductKey key, AnswerFileArchitecture architecture) {
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<unattend xmlns=\""
        + Outline.NAMESPACE
        + "\">\n  "
        + settings(key, architecture, FRESH, "  ")
        + "\n</unattend>\n";
  }

  static String fragment(ProductKey key, AnswerFileArchitecture architecture) {
    return settings(key, architecture, FRESH, "") + "\n";
  }

  /** Writes a {@code settings} element; {@code indent} is what its own line starts with. */
  static String settings(
      ProductKey key, AnswerFileArchitecture architecture, Layout layout, String indent) {
    return element(
        "settings",
        attribute(layout, "pass", PASS),
        component(key, architecture, layout, indent + layout.unit()),
        layout,
        indent);
  }

  static String component(
      ProductKey key, AnswerFileArchitecture architecture, Layout layout, String indent) {
    return element(
        "component",
        attribute(layout, "name", COMPONENT)
            + attribute(layout, "processorArchitecture", architecture.label())
            + attribute(layout, "publicKeyToken", PUBLIC_KEY_TOKEN)
            + attribute(layout, "language", LANGUAGE)
            + attribute(layout, "versionScope", VERSION_SCOPE),
        productKey(key, layout),
        layout,
        indent);
  }

  static String productKey(ProductKey key, Layout layout) {
    String name = layout.prefix() + "ProductKey";
    return "<" + name + ">" + key.reveal() + "</" + name + ">";
  }

  private static String element(
      String localName, String attributes, String child, Layout layout, String indent) {
    String name = layout.prefix() + localName;
    boolean oneLine = layout.lineEnd().isEmpty();
    return "<"
        + name
        + attributes
        + ">"
        + layout.lineEnd()
        + (oneLine ? "" : indent + layout.unit())
        + child
        + layout.lineEnd()
        + (oneLine ? "" : indent)
        + "</"
        + name
        + ">";
  }

  private static String attribute(Layout layout, String name, String value) {
    return " " + name + "=" + layout.quote() + value + layout.quote();
  }
}
