package io.avma.install;

import com.google.common.base.Splitter;
import io.avma.catalog.ProductKey;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/**
 * What an answer file says, as the JDK's parser reads it: a second opinion on what the scanner
 * found, independent of it. White space around text does not count, comments neither.
 *
 * @param events the elements, attributes, texts and instructions in order, each ended by {@link
 *     InfosetHandler#END}
 * @param keys the keys of the component that takes them, as {@code architecture=text}
 */
record Infoset(String events, List<String> keys) {

  /** Reads {@code text}, which has no DOCTYPE; a flaw is one that the scanner does not look for. */
  static Reading<Infoset> read(String text) {
    InfosetHandler handler = new InfosetHandler();
    XMLReader reader = reader();
    reader.setContentHandler(handler);
    reader.setErrorHandler(handler);
    reader.setEntityResolver(handler);
    try {
      reader.parse(new InputSource(new StringReader(text)));
    } catch (SAXException e) {
      return new Reading.Flawed<>(
          Flaw.notWellFormed(
              index(text, e),
              "an XML parser stops here or just before: a name, a repeated attribute or an undeclared"
                  + " prefix"));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory cannot be read", e);
    }
    return new Reading.Sound<>(handler.infoset());
  }

  /**
   * Returns the events of an answer file that holds nothing but the key, without the outer ones.
   */
  static String expected(ProductKey key, AnswerFileArchitecture architecture, int outer) {
    Reading<Infoset> whole = read(AnswerFileText.wholeFile(key, architecture));
    if (whole instanceof Reading.Sound<Infoset> sound) {
      List<String> events =
          Splitter.on(InfosetHandler.END).omitEmptyStrings().splitToList(sound.value().events());
      return events.subList(outer, events.size() - outer).stream()
          .map(event -> event + InfosetHandler.END)
          .collect(Collectors.joining());
    }
    throw new AssertionError("an answer file of our own is well-formed");
  }

  private static XMLReader reader() {
    SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
    try {
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      return factory.newSAXParser().getXMLReader();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("the XML parser of this JDK cannot be made safe", e);
    }
  }

  /** Returns the index of the place that the JDK's parser names, which may lie past the end. */
  private static int index(String text, SAXException e) {
    if (!(e instanceof SAXParseException place)) {
      return 0;
    }
    int index = 0;
    for (int line = 1; line < place.getLineNumber() && index < text.length(); index++) {
      boolean firstOfPair = text.startsWith("\r\n", index);
      line += !firstOfPair && "\r\n".indexOf(text.charAt(index)) >= 0 ? 1 : 0;
    }
    return Math.max(0, Math.min(index + place.getColumnNumber() - 1, text.length()));
  }
}
