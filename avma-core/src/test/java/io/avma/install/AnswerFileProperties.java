package io.avma.install;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Laws of every edit, over answer files as people and tools write them. */
class AnswerFileProperties {

  /** How a file is written. */
  record Style(
      String lineEnd, String unit, char quote, String prefix, Charset charset, boolean mark) {
    byte[] bytes(String text) {
      return ((mark ? "\uFEFF" : "") + text).getBytes(charset);
    }
  }

  /** A file, and the key that stands in the component, if any. */
  record Sample(Style style, String text) {
    byte[] bytes() {
      return style.bytes(text);
    }
  }

  @Property(tries = 400)
  void anEditDiffersInOnePlaceAndSaysTheSameButForTheKey(@ForAll("samples") Sample sample)
      throws Exception {
    byte[] before = sample.bytes();
    AnswerFileEdit edit =
        AnswerFiles.edit(before, AnswerFileOptions.standard().withReplacing(true));
    byte[] after = before;
    if (edit instanceof AnswerFileEdit.Inserted inserted) {
      after = inserted.bytes();
      int offset = inserted.position().offsetBytes();
      assertArrayEquals(Arrays.copyOf(before, offset), Arrays.copyOf(after, offset));
      int same = commonSuffix(before, after);
      assertTrue(before.length - same - offset < 200, "one place, and little of the old goes");
      assertTrue(after.length - same - offset < 600, "one place, and little comes");
    } else {
      assertInstanceOf(AnswerFileEdit.Unchanged.class, edit, edit.message());
    }
    List<String> events = events(parse(before));
    List<String> expected = withoutKey(events);
    assertEquals(expected, withoutKey(events(parse(after))));
    assertEquals(List.of(AnswerFiles.KEY), keys(parse(after)));
    assertInstanceOf(AnswerFileEdit.Unchanged.class, AnswerFiles.edit(after));
  }

  @Property(tries = 200)
  void aFileOnLinesOfItsOwnKeepsItsLineEndsAndQuotes(@ForAll("samples") Sample sample) {
    AnswerFileEdit edit =
        AnswerFiles.edit(sample.bytes(), AnswerFileOptions.standard().withReplacing(true));
    if (edit instanceof AnswerFileEdit.Inserted inserted) {
      Style style = sample.style();
      String after = new String(inserted.bytes(), style.charset());
      String others = after.replace(style.lineEnd(), "");
      assertEquals(-1, others.indexOf('\n'));
      assertEquals(-1, others.indexOf('\r'));
      char wrong = style.quote() == '"' ? '\'' : '"';
      assertEquals(-1, after.indexOf("=" + wrong));
      assertTrue(after.contains("<" + style.prefix() + "ProductKey"));
    }
  }

  @Property(tries = 300)
  void whateverIsCutOutOrPutInIsEditedOrRefusedButNeverThrows(
      @ForAll("samples") Sample sample,
      @ForAll @IntRange(max = 999) int place,
      @ForAll("noise") byte[] noise) {
    byte[] bytes = sample.bytes();
    int at = place * bytes.length / 1000;
    byte[] damaged = new byte[bytes.length + noise.length];
    System.arraycopy(bytes, 0, damaged, 0, at);
    System.arraycopy(noise, 0, damaged, at, noise.length);
    System.arraycopy(bytes, at, damaged, at + noise.length, bytes.length - at);
    assertTrue(AnswerFiles.edit(damaged).kind() != null);
    byte[] overwritten = bytes.clone();
    System.arraycopy(noise, 0, overwritten, at, Math.min(noise.length, bytes.length - at));
    assertTrue(AnswerFiles.edit(overwritten).kind() != null);
    assertTrue(AnswerFiles.edit(noise).kind() != null);
  }

  @Provide
  Arbitrary<byte[]> noise() {
    Arbitrary<byte[]> markup =
        Arbitraries.of(
                "<",
                ">",
                "/>",
                "</",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<!DOCTYPE x>",
                "&x;",
                "&#0;",
                "\u0000",
                "<?",
                "?>",
                "=",
                "\"",
                "'",
                "xmlns=''",
                "<settings pass='specialize'>",
                "<ProductKey/>",
                " ",
                "\uFEFF")
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    return Arbitraries.oneOf(markup, Arbitraries.bytes().array(byte[].class).ofMaxSize(12));
  }

  @Provide
  Arbitrary<Sample> samples() {
    return styles().flatMap(style -> texts(style).map(text -> new Sample(style, text)));
  }

  private static Arbitrary<Style> styles() {
    Arbitrary<Charset> charsets =
        Arbitraries.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("windows-1252"));
    return Combinators.combine(
            Arbitraries.of("\n", "\r\n", "\r"),
            Arbitraries.of("  ", "    ", "\t", "", " \t"),
            Arbitraries.of('"', '\''),
            Arbitraries.of("", "u:"),
            charsets,
            Arbitraries.of(true, false))
        .as(
            (lineEnd, unit, quote, prefix, charset, mark) ->
                new Style(
                    lineEnd,
                    unit,
                    quote,
                    prefix,
                    charset,
                    charset.name().startsWith("UTF-16")
                        || (mark && charset.name().equals("UTF-8"))));
  }

  private static Arbitrary<String> texts(Style style) {
    Arbitrary<String> other = settings("windowsPE", Arbitraries.just(""));
    Arbitrary<String> others = other.list().ofMaxSize(2).map(list -> String.join("", list));
    Arbitrary<String> ours = Arbitraries.oneOf(settings("specialize", component()), others);
    return Combinators.combine(
            declarations(style),
            Arbitraries.of("", "<!-- Gr\u00F6\u00DFe <settings> -->\n"),
            others,
            ours,
            others)
        .as(
            (declaration, comment, before, our, after) ->
                written(
                    style,
                    declaration
                        + comment
                        + "<{P}unattend {XMLNS}={Q}"
                        + AnswerFiles.NAMESPACE
                        + "{Q}>\n"
                        + before
                        + our
                        + after
                        + "</{P}unattend>\n"));
  }

  /** A template in the style: there, LF, tab, {P} and {Q} stand for what the style says. */
  private static String written(Style style, String template) {
    return template
        .replace("{XMLNS}", style.prefix().isEmpty() ? "xmlns" : "xmlns:u")
        .replace("{P}", style.prefix())
        .replace("{Q}", String.valueOf(style.quote()))
        .replace("\t", style.unit())
        .replace("\n", style.lineEnd());
  }

  private static Arbitrary<String> declarations(Style style) {
    String name = style.charset().name().replaceAll("(?<=UTF-16).E", "");
    String declaration = "<?xml version={Q}1.0{Q} encoding={Q}" + name + "{Q}?>\n";
    return name.startsWith("UTF") ? Arbitraries.of("", declaration) : Arbitraries.just(declaration);
  }

  private static Arbitrary<String> settings(String pass, Arbitrary<String> component) {
    Arbitrary<String> others =
        Arbitraries.of(
                "\t\t<{P}component name={Q}Other{Q} processorArchitecture={Q}amd64{Q}/>\n",
                "\t\t<!-- a comment -->\n",
                "\t\t<{P}component name={Q}Microsoft-Windows-Shell-Setup{Q}"
                    + " processorArchitecture={Q}x86{Q}>\n"
                    + "\t\t\t<{P}TimeZone>UTC</{P}TimeZone>\n\t\t</{P}component>\n",
                "\t\t<{P}component name={Q}Microsoft-Windows-Setup{Q}><{P}UserData><{P}FullName>"
                    + "\u00C4 &amp; &#66;</{P}FullName></{P}UserData></{P}component> <!-- x -->\n")
            .list()
            .ofMaxSize(3)
            .map(list -> String.join("", list));
    return Combinators.combine(others, component, others)
        .as(
            (before, our, after) ->
                "\t<{P}settings pass={Q}"
                    + pass
                    + "{Q}>\n"
                    + before
                    + our
                    + after
                    + "\t</{P}settings>\n");
  }

  /** The component that takes the key, in one of the states in which it is found. */
  private static Arbitrary<String> component() {
    String tag =
        "\t\t<{P}component name={Q}Microsoft-Windows-Shell-Setup{Q}"
            + " processorArchitecture={Q}amd64{Q} publicKeyToken={Q}31bf3856ad364e35{Q}"
            + " language={Q}neutral{Q} versionScope={Q}nonSxS{Q}";
    Arbitrary<String> others =
        Arbitraries.of(
                "\t\t\t<{P}ComputerName>*</{P}ComputerName>\n",
                "\t\t\t<!-- ProductKey -->\n",
                "\t\t\t<{P}Display><{P}Dpi>96</{P}Dpi></{P}Display> <!-- \u00FC -->\n",
                "\t\t\t<{P}Owner><![CDATA[<ProductKey>]]></{P}Owner>\n",
                "\t\t\t<{P}List>\n\t\t\t\t<{P}Item a={Q}&lt;1{Q}/>\n\t\t\t</{P}List>\n")
            .list()
            .ofMaxSize(3)
            .map(list -> String.join("", list));
    Arbitrary<String> key =
        Arbitraries.of(
                "",
                "<{P}ProductKey/>",
                "<{P}ProductKey>" + AnswerFiles.KEY + "</{P}ProductKey>",
                "<{P}ProductKey>" + AnswerFiles.KMS_KEY + "</{P}ProductKey>",
                "<{P}ProductKey>\n" + AnswerFiles.KEY + "\t</{P}ProductKey> <!-- old -->",
                "<{P}ProductKey><![CDATA[%KEY%]]></{P}ProductKey>")
            .map(element -> element.isEmpty() ? "" : "\t\t\t" + element + "\n");
    Arbitrary<String> full =
        Combinators.combine(others, key, others)
            .as(
                (before, own, after) ->
                    tag + ">\n" + before + own + after + "\t\t</{P}component>\n");
    return Arbitraries.oneOf(Arbitraries.of("", tag + "/>\n"), full);
  }

  private static Document parse(byte[] bytes) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
  }

  /** Every node of the tree but white space, with its path. */
  private static List<String> events(Document document) {
    List<String> events = new ArrayList<>();
    collect(document, "", events);
    return events;
  }

  private static void collect(Node node, String path, List<String> events) {
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      String name = path + "/" + child.getNodeName();
      if (child instanceof Element element) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
          attributes.append(' ').append(element.getAttributes().item(i));
        }
        events.add(name + attributes);
        collect(child, name, events);
      } else if (!child.getNodeValue().isBlank()) {
        events.add(name + " " + child.getNodeValue());
      }
    }
  }

  /** The events without the way to the key where it is empty, and without the key itself. */
  private static List<String> withoutKey(List<String> events) {
    List<String> rest = new ArrayList<>(events);
    rest.removeIf(event -> event.matches("(?s)\\S*ProductKey(/#text.*|/#cdata-section.*|)"));
    rest.removeIf(event -> event.contains("pass=\"specialize\""));
    rest.removeIf(
        event -> event.contains("Microsoft-Windows-Shell-Setup") && event.contains("amd64"));
    return rest;
  }

  private static List<String> keys(Document document) {
    List<String> keys = new ArrayList<>();
    var elements = document.getElementsByTagNameNS(AnswerFiles.NAMESPACE, "ProductKey");
    for (int i = 0; i < elements.getLength(); i++) {
      Element component = (Element) elements.item(i).getParentNode();
      Element settings = (Element) component.getParentNode();
      assertEquals("specialize", settings.getAttribute("pass"));
      assertEquals("Microsoft-Windows-Shell-Setup", component.getAttribute("name"));
      assertEquals("amd64", component.getAttribute("processorArchitecture"));
      keys.add(elements.item(i).getTextContent());
    }
    return keys;
  }

  private static int commonSuffix(byte[] a, byte[] b) {
    int n = 0;
    while (n < Math.min(a.length, b.length) && a[a.length - 1 - n] == b[b.length - 1 - n]) {
      n++;
    }
    return n;
  }
}
