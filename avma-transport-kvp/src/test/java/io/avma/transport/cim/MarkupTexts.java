package io.avma.transport.cim;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Pieces of markup between any characters: what a tenant would try. */
public final class MarkupTexts {
  private MarkupTexts() {}

  /** Any; some hold characters that XML cannot carry. */
  public static Arbitrary<String> any() {
    return Arbitraries.oneOf(
            Arbitraries.strings().all().ofMaxLength(20),
            Arbitraries.of(
                "<",
                ">",
                "&",
                "]]>",
                "<![CDATA[",
                "</VALUE>",
                "</p:X>",
                "</s:Envelope>",
                "&amp;",
                "&#10;",
                "\r\n",
                "\r",
                "\"",
                "'",
                "\t",
                "<!--",
                " ",
                "\uD83D\uDE00"))
        .list()
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces));
  }

  /** Those that XML can carry. */
  public static Arbitrary<String> carried() {
    return any().filter(text -> XmlText.firstUncarried(text).isEmpty());
  }
}
