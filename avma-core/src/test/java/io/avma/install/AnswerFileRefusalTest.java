package io.avma.install;

import static io.avma.install.AnswerFiles.KEY;
import static io.avma.install.AnswerFiles.NAMESPACE;
import static io.avma.install.AnswerFiles.SHELL_SETUP;
import static io.avma.install.AnswerFiles.edit;
import static io.avma.install.AnswerFiles.file;
import static io.avma.install.AnswerFiles.inserted;
import static io.avma.install.AnswerFiles.refused;
import static io.avma.install.AnswerFiles.withComponent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.install.AnswerFileEdit.Refused;
import io.avma.install.AnswerFileEdit.Refused.Reason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerFileRefusalTest {
  @Test
  void moreThanTheLimitIsNotLookedAt() {
    Refused refused = refused(edit(new byte[100 * 1024 * 1024]));
    assertEquals(Reason.TOO_LARGE, refused.reason());
    assertEquals("104857600 bytes (expected: at most 4194304, maxSizeBytes)", refused.message());
    assertEquals(AnswerFileEdit.Kind.REFUSED, refused.kind());
    assertTrue(refused.position().isEmpty());
    String file = file("");
    AnswerFileOptions exact = AnswerFileOptions.standard().withMaxSizeBytes(file.length());
    inserted(edit(file, exact));
    assertEquals(Reason.TOO_LARGE, refused(edit(file + " ", exact)).reason());
  }

  @Test
  void theLimitsStandInTheOptions() {
    AnswerFileOptions options =
        AnswerFileOptions.standard()
            .withMaxSizeBytes(1)
            .withMaxDepth(1)
            .withReplacing(true)
            .withArchitecture(AnswerFileArchitecture.ARM64);
    assertEquals(
        "AnswerFileOptions[arm64, replacing, at most 1 bytes and 1 levels]", options.toString());
    assertEquals(
        "AnswerFileOptions[amd64, at most 4194304 bytes and 64 levels]",
        AnswerFileOptions.standard().toString());
    assertTrue(options.withMaxDepth(2).replacing());
    assertTrue(options.withMaxSizeBytes(2).replacing());
    assertThrows(
        IllegalArgumentException.class,
        () -> AnswerFileOptions.standard().withMaxDepth(0).maxDepth());
    assertThrows(
        IllegalArgumentException.class,
        () -> AnswerFileOptions.standard().withMaxSizeBytes(0).maxSizeBytes());
  }

  @Test
  void anEmptyOrBinaryFileIsNoAnswerFile() {
    check(new byte[0], Reason.NOT_AN_ANSWER_FILE, 1, 1, 0, "the file is empty");
    check(
        new byte[] {'M', 'Z', (byte) 0x90, 0, 3},
        Reason.DAMAGED_TEXT,
        1,
        3,
        2,
        "byte 0x90 at offset 2 is not UTF-8");
    check("\n", Reason.NOT_WELL_FORMED, 2, 1, 1, "the file holds no element");
    check("set /p x", Reason.NOT_WELL_FORMED, 1, 1, 0, "text stands outside the root element");
    check("{\n}", Reason.NOT_WELL_FORMED, 1, 1, 0, "text stands outside the root element");
  }

  @Test
  void anExternalEntityIsNeverFetched() {
    check(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE unattend [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n"
            + withComponent("<ProductKey>&x;</ProductKey>"),
        Reason.DOCTYPE,
        2,
        1,
        22,
        "the file has a DOCTYPE, which no answer file needs; remove it");
    check(
        "<!DOCTYPE unattend SYSTEM \"http://192.0.2.1/unattend.dtd\">" + file(""),
        Reason.DOCTYPE,
        1,
        1,
        0,
        "the file has a DOCTYPE, which no answer file needs; remove it");
    check(
        withComponent("<ProductKey>&x;</ProductKey>"),
        Reason.NOT_WELL_FORMED,
        1,
        withComponent("").indexOf("</") + 13,
        -1,
        "'&' starts no reference that an answer file knows (for the sign, write &amp;)");
  }

  @Test
  void aBillionLaughsAreNotHeard() {
    StringBuilder lol = new StringBuilder("<!DOCTYPE lolz [<!ENTITY lol \"lol\">");
    for (int i = 1; i < 10; i++) {
      lol.append("<!ENTITY lol").append(i).append(" \"").append("&lol;".repeat(10)).append("\">");
    }
    assertEquals(
        Reason.DOCTYPE, refused(edit(lol.append("]>").append(file("&lol9;")).toString())).reason());
  }

  @Test
  void everyTruncationIsRefusedAtAPlace() {
    String whole =
        "<?xml version=\"1.0\"?>\r\n"
            + withComponent(
                "<!-- c --><A x='1'/><![CDATA[ d ]]>&amp;<?pi data?></A>".replace("</A>", ""));
    inserted(edit(whole));
    for (int length = 0; length < whole.length(); length++) {
      Refused refused = refused(edit(whole.substring(0, length)));
      assertTrue(
          refused.reason() == Reason.NOT_WELL_FORMED || length == 0,
          length + " " + refused.message());
      assertTrue(refused.position().orElseThrow().offsetBytes() <= length);
    }
  }

  @Test
  void everyTruncationOfUtf16IsRefused() {
    byte[] whole = ("\uFEFF" + withComponent("")).getBytes(StandardCharsets.UTF_16LE);
    for (int length = 0; length < whole.length; length++) {
      assertFalse(refused(edit(java.util.Arrays.copyOf(whole, length))).message().isEmpty());
    }
  }

  @Test
  void damagedBytesAreNamedWithTheirOffset() {
    byte[] latin = file("<!-- \n\u00E4 -->").getBytes(StandardCharsets.ISO_8859_1);
    int offset = file("<!-- \n").indexOf("\n") + 1;
    check(
        latin,
        Reason.DAMAGED_TEXT,
        2,
        1,
        offset,
        "byte 0xE4 at offset " + offset + " is not UTF-8");
    byte[] marked = new byte[latin.length + 3];
    System.arraycopy(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, 0, marked, 0, 3);
    System.arraycopy(latin, 0, marked, 3, latin.length);
    check(
        marked,
        Reason.DAMAGED_TEXT,
        2,
        1,
        offset + 3,
        "byte 0xE4 at offset " + (offset + 3) + " is not UTF-8");
    check(
        new byte[] {(byte) 0xFF, (byte) 0xFE, '<', 0, 0, (byte) 0xD8, 'a', 0},
        Reason.DAMAGED_TEXT,
        1,
        2,
        4,
        "byte 0x00 at offset 4 is not UTF-16LE");
    check(
        new byte[] {(byte) 0xFE, (byte) 0xFF, 0, '<', (byte) 0xDC, 0},
        Reason.DAMAGED_TEXT,
        1,
        2,
        4,
        "byte 0xDC at offset 4 is not UTF-16BE");
    check(
        "<?xml version='1.0' encoding='windows-1252'?>\u0081".getBytes(StandardCharsets.ISO_8859_1),
        Reason.DAMAGED_TEXT,
        1,
        46,
        45,
        "byte 0x81 at offset 45 is not windows-1252");
  }

  @Test
  void charactersThatXmlDoesNotKnowAreNamedAndEscaped() {
    check(
        file("\u0000"),
        Reason.DAMAGED_TEXT,
        1,
        file("").indexOf("</") + 1,
        -1,
        "the character \\u{0} is not allowed in XML");
    check(
        file("\n\u001B[31m"),
        Reason.DAMAGED_TEXT,
        2,
        1,
        -1,
        "the character \\u{1B} is not allowed in XML");
    check(
        file("\n\uFFFE"),
        Reason.DAMAGED_TEXT,
        2,
        1,
        -1,
        "the character \\u{FFFE} is not allowed in XML");
  }

  @Test
  void encodingsThatCannotBeEditedToTheByteAreRefused() {
    check(
        ("\uFEFF" + file("")).getBytes(Charset.forName("UTF-32LE")),
        Reason.UNSUPPORTED_ENCODING,
        1,
        1,
        0,
        "the file is in UTF-32 (expected: UTF-8 or UTF-16); save it as UTF-8");
    check(
        ("\uFEFF" + file("")).getBytes(Charset.forName("UTF-32BE")),
        Reason.UNSUPPORTED_ENCODING,
        1,
        1,
        0,
        "the file is in UTF-32 (expected: UTF-8 or UTF-16); save it as UTF-8");
    for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
      check(
          file("").getBytes(charset),
          Reason.UNSUPPORTED_ENCODING,
          1,
          1,
          0,
          "the file is in UTF-16 without a byte-order mark; save it with one");
    }
    check(
        "<?xml version='1.0' encoding='utf-16'?>" + file(""),
        Reason.UNSUPPORTED_ENCODING,
        1,
        1,
        0,
        "the file declares utf-16 but has no byte-order mark; save it as it declares");
    for (String name : new String[] {"Shift_JIS", "x-nothing", "iso-8859-10"}) {
      check(
          "<?xml version='1.0' encoding='" + name + "'?>" + file(""),
          Reason.UNSUPPORTED_ENCODING,
          1,
          1,
          0,
          "the file declares the encoding "
              + name.toLowerCase(java.util.Locale.ROOT)
              + " (expected: UTF-8, UTF-16, ISO-8859-1 … 16, Windows-1250 … 1258); save it as UTF-8");
    }
  }

  @Test
  void nestingIsBounded() {
    String shallow = "<a>".repeat(61) + "</a>".repeat(61);
    inserted(edit(withComponent(shallow)));
    String deep = "<a>".repeat(62) + "</a>".repeat(62);
    Refused refused = refused(edit(withComponent(deep)));
    assertEquals(Reason.TOO_DEEP, refused.reason());
    assertEquals("elements nested more than 64 deep (maxDepth)", refused.message());
    assertEquals(
        withComponent(deep).lastIndexOf("<a>") + 1, refused.position().orElseThrow().column());
    assertEquals(Reason.TOO_DEEP, refused(edit(file("<a>".repeat(1_000_000)))).reason());
    inserted(edit(withComponent(deep), AnswerFileOptions.standard().withMaxDepth(65)));
  }

  @Test
  void attributesAreBounded() {
    StringBuilder tag = new StringBuilder("<a");
    for (int i = 0; i < 64; i++) {
      tag.append(" a").append(i).append("=''");
    }
    inserted(edit(file(tag + "/>")));
    Refused refused = refused(edit(file(tag + " b=''/>")));
    assertEquals(Reason.TOO_MANY_ATTRIBUTES, refused.reason());
    assertEquals("<a> has more than 64 attributes", refused.message());
    assertEquals(file(tag + " ").indexOf("</") + 1, refused.position().orElseThrow().column());
  }

  @Test
  void aLargeHostileFileTakesNoLongerThanALargeFile() {
    int budget = 400_000; // what is quadratic would take minutes
    String[] fillers = {
      "<a/>",
      "<settings/>",
      "\n",
      "\r",
      "&lt;",
      "<![CDATA[]]>",
      "<!---->",
      "<?p?>",
      "x",
      "<settings pass='windowsPE'><component name='Microsoft-Windows-Setup'><UserData><ProductKey>"
          + "<Key>"
          + KEY
          + "</Key></ProductKey></UserData></component></settings>"
    };
    for (String filler : fillers) {
      inserted(edit(file(filler.repeat(budget / filler.length()))));
    }
    StringBuilder scopes = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      scopes.append("<a");
      for (int j = 0; j < 60; j++) {
        scopes.append(" xmlns:p").append(i).append('_').append(j).append("='u'");
      }
      scopes.append('>');
    }
    String inner = "<a/>".repeat((budget - scopes.length()) / 5);
    inserted(edit(file(scopes + inner + "</a>".repeat(60))));
    String name = "urn:" + "x".repeat(990);
    inserted(edit(file("<b xmlns='" + name + "'>" + "<a/>".repeat(budget / 10) + "</b>")));
    String longer = "urn:" + "x".repeat(budget);
    assertEquals(
        Reason.NOT_WELL_FORMED, refused(edit(file("<b xmlns='" + longer + "'/>"))).reason());
    assertEquals(Reason.NOT_WELL_FORMED, refused(edit("<".repeat(budget))).reason());
    assertEquals(Reason.NOT_WELL_FORMED, refused(edit(file("&".repeat(budget)))).reason());
    assertEquals(
        Reason.NOT_WELL_FORMED,
        refused(edit(file("<a><a a='1' a='2'/></a>" + "\n".repeat(budget)))).reason());
  }

  @Test
  void anotherRootOrNamespaceIsNoAnswerFile() {
    check(
        "<!-- x -->\n<html/>",
        Reason.NOT_AN_ANSWER_FILE,
        2,
        1,
        11,
        "the root element is <html> in the namespace '' (expected: <unattend> in "
            + NAMESPACE
            + ")");
    check(
        "<unattend/>",
        Reason.NOT_AN_ANSWER_FILE,
        1,
        1,
        0,
        "the root element is <unattend> in the namespace '' (expected: <unattend> in "
            + NAMESPACE
            + ")");
    check(
        "<u:unattend xmlns:u='urn:\u202E'/>",
        Reason.NOT_AN_ANSWER_FILE,
        1,
        1,
        0,
        "the root element is <unattend> in the namespace 'urn:\\u{202E}' (expected: <unattend> in "
            + NAMESPACE
            + ")");
    check(
        "<settings xmlns='" + NAMESPACE + "'/>",
        Reason.NOT_AN_ANSWER_FILE,
        1,
        1,
        0,
        "the root element is <settings> in the namespace '"
            + NAMESPACE
            + "' (expected: <unattend> in "
            + NAMESPACE
            + ")");
  }

  @Test
  void whatIsNotWellFormedIsExplained() {
    malformed("<a>\n</b>", 2, 1, "the end tag of <b> stands where <a> is open");
    malformed("<a/>\n</a>", 2, 1, "the end tag of <a> has no start tag");
    malformed("<a/>\n<b/>", 2, 1, "a second root element, <b>");
    malformed("<a/>\nb", 2, 1, "text stands outside the root element");
    malformed("<a/>\n<![CDATA[]]>", 2, 1, "a CDATA section stands outside the root element");
    malformed("<a>\n</a b>", 2, 5, "the end tag of <a> does not end here with '>'");
    malformed("<a>\n</a", 2, 1, "the file ends inside an end tag: it is cut off");
    malformed("<a>\n", 2, 1, "the file ends inside <a>: it is cut off");
    malformed("<a>1 < 2</a>", 1, 6, "'<' starts no tag (in text, write &lt;)");
    malformed("<a>\n<!ELEMENT x></a>", 2, 1, "'<!' starts neither a comment nor a CDATA section");
    malformed("<a>\n<!-- -- --></a>", 2, 6, "a comment holds '--', which XML does not allow");
    malformed("<a>\n<!-- ", 2, 1, "the comment does not end: the file is cut off");
    malformed("<a>\n<?pi ", 2, 1, "the processing instruction does not end: the file is cut off");
    malformed("<a>\n<![CDATA[ ", 2, 1, "the CDATA section does not end: the file is cut off");
    malformed(
        " <?xml version='1.0'?><a/>",
        1,
        2,
        "the XML declaration is not the very first thing in the file");
    malformed("<a \nb=c/>", 2, 1, "no attribute in quotation marks, in the start tag of <a>");
    malformed("<a \nb/>", 2, 1, "no attribute in quotation marks, in the start tag of <a>");
    malformed("<a \n='c'/>", 2, 1, "no attribute in quotation marks, in the start tag of <a>");
    malformed("<a \nb='c/>", 2, 1, "no attribute in quotation marks, in the start tag of <a>");
    malformed("<a \nb=", 2, 1, "no attribute in quotation marks, in the start tag of <a>");
    malformed("<a \nb", 2, 1, "no attribute in quotation marks, in the start tag of <a>");
    malformed("<a \n/ >", 2, 1, "no attribute in quotation marks, in the start tag of <a>");
    malformed("<a b='' ", 1, 1, "the file ends inside the start tag of <a>: it is cut off");
    malformed(
        "<a b='\n&c;'/>",
        2,
        1,
        "'&' starts no reference that an answer file knows (for the sign, write &amp;)");
    malformed(
        "<" + "a".repeat(50) + ">",
        1,
        53,
        "the file ends inside <" + "a".repeat(40) + "… (10 more)>: it is cut off");
    for (String reference :
        new String[] {
          "&",
          "&;",
          "&#0;",
          "&#x110000;",
          "&#xD800;",
          "&nbsp;",
          "&#xZ;",
          "&#00000000000000000065;",
          "&amp"
        }) {
      malformed(
          "<a>\n" + reference + "</a>",
          2,
          1,
          "'&' starts no reference that an answer file knows (for the sign, write &amp;)");
    }
  }

  @Test
  void whatTheScannerDoesNotCheckTheParserOfTheJdkDoes() {
    String jdk =
        "an XML parser stops here or just before: a name, a repeated attribute or an undeclared prefix";
    for (String body :
        new String[] {
          "<a b='1' b='2'/>",
          "<p:a/>",
          "<1/>",
          "<a p:b=''/>",
          "<a b='1'c='2'/>",
          "<a>]]></a>",
          "<a b='<'/>",
          "<?xml?>",
          "<a:b:c/>"
        }) {
      Refused refused = refused(edit(file("\r\n" + body)));
      assertEquals(Reason.NOT_WELL_FORMED, refused.reason(), body);
      assertEquals(jdk, refused.message(), body);
      assertEquals(2, refused.position().orElseThrow().line(), body);
      assertTrue(refused.position().orElseThrow().column() <= body.length() + 1, body);
    }
    for (String lines : new String[] {"\r", "\n", "\r\n", "\n\r", "\r\r\n"}) {
      Refused refused = refused(edit(file("\n<!--" + lines + "--><a b='1' b='2'/>")));
      int line = 3 + (lines.equals("\n\r") || lines.equals("\r\r\n") ? 1 : 0);
      assertEquals(line, refused.position().orElseThrow().line());
    }
  }

  @Test
  void twoPlacesForTheKeyAreRefused() {
    check(
        file(
            "<settings pass=\"specialize\">"
                + SHELL_SETUP
                + "</component>\n"
                + SHELL_SETUP
                + "</component></settings>"),
        Reason.AMBIGUOUS,
        2,
        1,
        -1,
        "a second component Microsoft-Windows-Shell-Setup for amd64 in the pass specialize; make one"
            + " of them");
    String pass = "<settings pass=\"specialize\">" + SHELL_SETUP + "</component></settings>";
    assertEquals(Reason.AMBIGUOUS, refused(edit(file(pass + pass))).reason());
    check(
        withComponent("<ProductKey>" + KEY + "</ProductKey>\n<ProductKey/>"),
        Reason.AMBIGUOUS,
        2,
        1,
        -1,
        "a second ProductKey in the same component; remove one of them");
  }

  @Test
  void commentsAndElementsInAKeyAreNotLost() {
    for (String content :
        new String[] {
          "<!-- old -->", "<?x?>", "<Key/>", "<Key>" + KEY + "</Key>", KEY + "<Key/>", "x<!-- y -->"
        }) {
      check(
          AnswerFileOptions.standard().withReplacing(true),
          withComponent("\n<ProductKey>" + content + "</ProductKey>"),
          Reason.UNEXPECTED_CONTENT,
          2,
          1,
          "ProductKey holds more than text, which an edit would lose; write the key there by hand");
    }
  }

  private static void malformed(String file, int line, int column, String message) {
    check(file, Reason.NOT_WELL_FORMED, line, column, -1, message);
  }

  private static void check(
      String file, Reason reason, int line, int column, int offset, String message) {
    check(file.getBytes(StandardCharsets.UTF_8), reason, line, column, offset, message);
  }

  private static void check(
      AnswerFileOptions options, String file, Reason reason, int line, int column, String message) {
    Refused refused = refused(edit(file, options));
    assertEquals(message, refused.message());
    assertEquals(reason, refused.reason());
    assertEquals(line, refused.position().orElseThrow().line());
    assertEquals(column, refused.position().orElseThrow().column());
  }

  private static void check(
      byte[] file, Reason reason, int line, int column, int offset, String message) {
    Refused refused = refused(edit(file));
    assertEquals(message, refused.message());
    assertEquals(reason, refused.reason(), message);
    TextPosition position = refused.position().orElseThrow();
    assertEquals(line, position.line(), message);
    assertEquals(column, position.column(), message);
    if (offset >= 0) {
      assertEquals(offset, position.offsetBytes(), message);
    }
  }
}
