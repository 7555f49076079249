package io.avma.transport.wsman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import io.avma.transport.eventlog.Corpus;
import io.avma.transport.eventlog.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The recorded answers of a real host and the requests of two clients. */
class WsManCorpusTest {
  private interface Check {
    void run(byte[] bytes, WsManMessage message, Map<String, Object> expected) throws Exception;
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerOfARealHostIsReadWholeAndWrittenByteByByte() throws IOException {
    return tests("responses", WsManCorpusTest::answer);
  }

  @TestFactory
  Stream<DynamicTest> everyRequestOfAClientIsReadAndWrittenWithTheSameMeaning() throws IOException {
    return tests("requests", WsManCorpusTest::request);
  }

  private static Stream<DynamicTest> tests(String list, Check check) throws IOException {
    Optional<Path> folder = Corpus.folder("wsman");
    if (folder.isEmpty()) {
      System.err.println("no wsman in the corpus; messages of our own are read alone");
      return Stream.empty();
    }
    return Json.maps(Json.object(folder.get().resolve("expected.json")).get(list)).stream()
        .map(
            expected ->
                DynamicTest.dynamicTest(
                    (String) expected.get("file"),
                    () -> {
                      byte[] bytes =
                          Files.readAllBytes(folder.get().resolve((String) expected.get("file")));
                      check.run(bytes, WsManCodec.decode(bytes, WsManLimits.STANDARD), expected);
                    }));
  }

  private static Optional<Object> told(Map<String, Object> expected, String name) {
    return Optional.ofNullable(expected.get(name));
  }

  private static void header(WsManMessage message, Map<String, Object> expected) {
    assertEquals(told(expected, "action"), message.header().action());
    assertEquals(told(expected, "messageId"), message.header().messageId());
    assertEquals(told(expected, "relatesTo"), message.header().relatesTo());
    assertEquals(told(expected, "to"), message.header().to());
    assertEquals(
        "2005/08".equals(expected.get("addressing"))
            ? Addressing.AUGUST_2005
            : Addressing.AUGUST_2004,
        message.header().addressing());
    assertEquals(List.of(), message.header().notUnderstood());
  }

  private static void answer(byte[] bytes, WsManMessage message, Map<String, Object> expected)
      throws Exception {
    header(message, expected);
    assertEquals(
        new String(bytes, StandardCharsets.UTF_8).strip(),
        new String(WsManCodec.encode(message), StandardCharsets.UTF_8));
    if (message.body() instanceof WsManBody.EnumerateResponse answer) {
      assertEquals(told(expected, "enumerationContext"), answer.context());
      return;
    }
    WsManBody.PullResponse answer = (WsManBody.PullResponse) message.body();
    assertEquals(told(expected, "enumerationContext"), answer.context());
    assertEquals(expected.get("endOfSequence"), answer.endOfSequence());
    assertEquals(expected.get("itemCount"), (long) answer.items().size());
    WsManItem.Instance item = (WsManItem.Instance) answer.items().get(0);
    assertEquals(expected.get("classUri"), item.resourceUri());
    instance(item.instance(), expected);
  }

  private static void instance(CimInstance instance, Map<String, Object> expected)
      throws Exception {
    assertEquals(expected.get("class"), instance.className());
    Map<String, Object> values = new TreeMap<>(Json.map(expected.get("values")));
    told(expected, "datetimes").ifPresent(times -> values.putAll(Json.map(times)));
    Map<String, Object> references = told(expected, "references").map(Json::map).orElse(Map.of());
    int nil = 0;
    for (CimProperty property : instance.properties()) {
      String name = property.name();
      if (property.value().isNil()) {
        assertTrue(((List<?>) expected.get("nil")).contains(name), name);
        nil++;
      } else if (property.value() instanceof CimValue.Time time) {
        assertEquals(values.remove(name), time.time().xmlText());
      } else if (property.value() instanceof CimValue.Reference) {
        CimReference reference = instance.reference(name).orElseThrow();
        Map<String, Object> wanted = Json.map(references.get(name));
        assertEquals(wanted.get("resourceUri"), reference.resourceUri());
        assertEquals(Json.map(wanted.get("selectors")), texts(reference.keys()));
      } else {
        assertEquals(values.remove(name), property.value().text());
      }
    }
    assertEquals(Map.of(), values);
    assertEquals(((List<?>) expected.get("nil")).size(), nil);
  }

  private static Map<String, String> texts(Map<String, CimValue> keys) {
    return keys.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, key -> key.getValue().text()));
  }

  private static void request(byte[] bytes, WsManMessage message, Map<String, Object> expected)
      throws Exception {
    header(message, expected);
    assertEquals(told(expected, "resourceUri"), message.header().resourceUri());
    assertEquals(
        told(expected, "selectors").map(Json::map).orElse(Map.of()),
        texts(message.header().selectors()));
    String body = message.body().getClass().getSimpleName();
    if (message.body() instanceof WsManBody.Invoke invoke) {
      CimInstance parameters = new CimInstance("parameters", invoke.parameters());
      assertEquals(expected.get("body"), invoke.method() + "_INPUT");
      assertEquals(
          expected.get("targetSystem"),
          texts(parameters.reference("TargetSystem").orElseThrow().keys()));
      assertEquals(told(expected, "dataItemText"), parameters.text("DataItems"));
      assertEquals(message.header().action(), Optional.of(invoke.action()));
    } else {
      assertEquals(told(expected, "body").orElse("Get"), body);
    }
    if (message.body() instanceof WsManBody.Enumerate enumerate) {
      assertEquals(
          told(expected, "filter").map(filter -> Json.map(filter).get("text")),
          enumerate.filter().map(WsManFilter::text));
    }
    if (message.body() instanceof WsManBody.Pull pull) {
      assertEquals(expected.get("enumerationContext"), pull.context());
      assertEquals(told(expected, "maxElements").orElse(-1L), pull.maxElements().orElse(-1));
    }
    byte[] written = WsManCodec.encode(message);
    assertEquals(message, WsManCodec.decode(written, WsManLimits.STANDARD));
    assertEquals(XmlShape.of(bytes), XmlShape.of(written));
  }
}
