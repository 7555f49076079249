package io.avma.transport.cim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.transport.eventlog.Corpus;
import io.avma.transport.eventlog.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The shared samples of embedded items, against what their description says they hold. */
class EmbeddedItemsCorpusTest {
  @TestFactory
  Stream<DynamicTest> everySampleHoldsWhatItsDescriptionSays() throws IOException {
    Optional<Path> folder = Corpus.folder("embedded-items");
    if (folder.isEmpty()) {
      System.err.println("no embedded-items in the corpus; fixtures of our own are read alone");
      return Stream.empty();
    }
    return Json.maps(Json.object(folder.get().resolve("expected.json")).get("items")).stream()
        .map(
            expected -> {
              Path file = folder.get().resolve((String) expected.get("file"));
              return DynamicTest.dynamicTest(
                  (String) expected.get("file"), () -> check(Files.readString(file), expected));
            });
  }

  private static void check(String text, Map<String, Object> expected) throws Exception {
    KvpDataItem item = KvpDataItemCodec.decode(text);
    assertEquals(Optional.ofNullable(expected.get("name")), item.name());
    assertEquals(Optional.ofNullable(expected.get("data")), item.data());
    Long source = (Long) expected.get("source");
    assertEquals(source == null ? -1 : source, item.source().orElse(-1));

    CimInstance instance = CimXmlCodec.decode(text);
    assertEquals(expected.get("className"), instance.className());
    List<String> nil = new ArrayList<>();
    for (CimProperty property : instance.properties()) {
      if (property.value().isNil()) {
        nil.add(property.name());
      }
    }
    assertEquals(expected.get("nullProperties"), nil);
    assertEquals(Optional.ofNullable(expected.get("data")), instance.text("data"));
    assertEquals(instance, CimXmlCodec.decode(CimXmlCodec.encode(instance)));
    assertEquals(item, KvpDataItemCodec.decode(KvpDataItemCodec.encode(item)));
  }
}
