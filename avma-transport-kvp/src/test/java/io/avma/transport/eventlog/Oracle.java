package io.avma.transport.eventlog;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * Foreign readers of event logs, and their XML without what differs between tools: quotes and
 * indents, empty attributes, zeros in front of hexadecimal numbers, digits of fractions, white
 * space around texts, the letter case of GUIDs.
 */
final class Oracle {
  private static final Path EVTXEXPORT = Path.of("/usr/bin/evtxexport");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path PYTHON_EVTX = Path.of("/usr/lib/python3/dist-packages/Evtx");
  private static final String PYTHON_SCRIPT =
      """
      import sys, Evtx.Evtx as e
      with e.Evtx(sys.argv[1]) as log:
        for r in log.records():
          sys.stdout.buffer.write(r.xml().encode('utf-8', 'replace') + b'\\n')
      """;
  private static final Pattern EVENT = Pattern.compile("<Event[ >].*?</Event>", Pattern.DOTALL);
  private static final Pattern NOT_XML =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");
  private static final Pattern FRACTION =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{6})\\d*)?(?:Z)?");
  private static final Pattern GUID =
      Pattern.compile("\\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\}?");
  private static final Pattern ZEROS = Pattern.compile("^0x0*(?=[0-9a-f])");

  private Oracle() {}

  static boolean hasEvtxexport() {
    return Files.isExecutable(EVTXEXPORT);
  }

  static boolean hasPythonEvtx() {
    return Files.isExecutable(PYTHON) && Files.isDirectory(PYTHON_EVTX);
  }

  /** The events that evtxexport of libevtx prints. */
  static List<List<String>> evtxexport(Path file) throws IOException, InterruptedException {
    return normal(run(EVTXEXPORT.toString(), "-f", "xml", file.toString()));
  }

  /** The events that python-evtx prints. */
  static List<List<String>> pythonEvtx(Path file) throws IOException, InterruptedException {
    return normal(run(PYTHON.toString(), "-c", PYTHON_SCRIPT, file.toString()));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("oracle", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
      }
    } finally {
      Files.delete(errors);
    }
  }

  /** One list of lines an event: path, attributes and text of each element. */
  static List<List<String>> normal(String xml) {
    List<List<String>> events = new ArrayList<>();
    Matcher event = EVENT.matcher(xml);
    while (event.find()) {
      List<String> lines = new ArrayList<>();
      add(lines, "", parse(NOT_XML.matcher(event.group()).replaceAll("\uFFFD")));
      events.add(lines);
    }
    return events;
  }

  private static Element parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Document document =
          factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
      return document.getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError("not XML: " + xml, e);
    }
  }

  private static void add(List<String> lines, String path, Element element) {
    StringBuilder line = new StringBuilder(path).append('/').append(element.getTagName());
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      if (!attribute.getNodeValue().isEmpty()) {
        line.append(' ').append(attribute.getNodeName()).append('=');
        line.append(value(attribute.getNodeValue()));
      }
    }
    StringBuilder text = new StringBuilder();
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      } else {
        text.append(node.getNodeValue());
      }
    }
    lines.add(line.append(" : ").append(value(text.toString())).toString());
    children.forEach(child -> add(lines, path + "/" + element.getTagName(), child));
  }

  private static String value(String text) {
    String plain = text.replace("\r", "").strip();
    Matcher time = FRACTION.matcher(plain);
    if (time.matches()) {
      String fraction = time.group(3) == null ? "000000" : time.group(3);
      return time.group(1) + " " + time.group(2) + "." + fraction;
    }
    Matcher guid = GUID.matcher(plain);
    if (guid.matches()) {
      return guid.group(1).toLowerCase(Locale.ROOT);
    }
    return ZEROS.matcher(plain).replaceFirst("0x");
  }

  /**
   * What python-evtx can tell: it shows an array inside one element, binary data in another form,
   * elements without value where others show none, and time to the microsecond, more or less.
   */
  static List<List<String>> asPython(List<List<String>> events) {
    List<List<String>> plain = new ArrayList<>();
    for (List<String> event : events) {
      List<String> lines = new ArrayList<>();
      for (String line : event) {
        if (line.contains("SystemTime=")) {
          lines.add(line.replaceAll("\\.\\d{6}", ""));
        } else if (line.contains("/Data : <string>")) {
          Matcher item = Pattern.compile("<string>(.*?)</string>", Pattern.DOTALL).matcher(line);
          while (item.find()) {
            lines.add("/Event/EventData/Data : " + item.group(1).strip());
          }
        } else if (!line.contains("/Binary : ") && !line.endsWith(" : ")) {
          lines.add(line);
        }
      }
      plain.add(lines);
    }
    return plain;
  }

  /** The number that an event gives itself. */
  static String recordId(List<String> event) {
    return event.stream()
        .filter(line -> line.startsWith("/Event/System/EventRecordID"))
        .findFirst()
        .orElse("?");
  }
}
