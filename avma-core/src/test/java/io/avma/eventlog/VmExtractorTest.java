package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.avma.platform.VmId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VmExtractorTest {
  private static final String GUID = "0f3e2d1c-0000-4000-8000-00000000abcd";

  @Test
  void theDefaultFindsNothing() {
    assertEquals(Optional.empty(), VmExtractor.none().extract(GUID));
  }

  @Test
  void theFirstGuidIsTakenForTheVm() {
    VmExtractor extractor = VmExtractor.firstGuid();
    Optional<VmReference> expected =
        Optional.of(new VmReference(VmId.parse(GUID), Optional.empty()));
    assertEquals(expected, extractor.extract("vm {" + GUID + "}, more"));
    assertEquals(
        expected, extractor.extract("id=" + GUID.toUpperCase(java.util.Locale.ROOT) + ";"));
    assertEquals(expected, extractor.extract("55c92734-d682-4d71-983e-d6ec3f16059f " + GUID));
    assertEquals(Optional.empty(), extractor.extract("55c92734-d682-4d71-983e-d6ec3f16059f"));
    assertEquals(Optional.empty(), extractor.extract(GUID + "0"));
    assertEquals(Optional.empty(), extractor.extract("0" + GUID));
    assertEquals(Optional.empty(), extractor.extract(""));
  }

  @Test
  void onlyTheBeginningOfALongTextIsSearched() {
    String far = " ".repeat(Guids.LOOKED_AT) + GUID;
    assertEquals(Optional.empty(), VmExtractor.firstGuid().extract(far));
    assertEquals(
        Optional.empty(),
        VmExtractor.matching(Pattern.compile("(?<id>[0-9a-f-]{36})")).extract(far));
  }

  @Test
  void aPatternTellsIdentifierOrNameOrBoth() {
    VmExtractor both =
        VmExtractor.matching(Pattern.compile("VM '(?<name>[^']*)' \\((?<id>[^)]*)\\)"));
    assertEquals(
        Optional.of(new VmReference(VmId.parse(GUID), Optional.of("web 1"))),
        both.extract("for VM 'web 1' (" + GUID + ")"));
    assertEquals(
        Optional.of(new VmReference(Optional.empty(), Optional.of("web 1"))),
        both.extract("for VM 'web 1' (no guid)"));
    assertEquals(Optional.empty(), both.extract("something else"));
    assertEquals(Optional.empty(), VmExtractor.matching(Pattern.compile("a")).extract("a"));
  }

  @Test
  void aReferenceRefersToSomething() {
    assertThrows(
        IllegalArgumentException.class, () -> new VmReference(Optional.empty(), Optional.empty()));
    assertEquals(
        "0F3E2D1C-0000-4000-8000-00000000ABCD 'a\\u{A}b'",
        new VmReference(VmId.parse(GUID), Optional.of("a\nb")).toString());
  }
}
