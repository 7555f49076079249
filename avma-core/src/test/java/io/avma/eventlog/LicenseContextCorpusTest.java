package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bags of records: made ones of the same form, always; and real ones, which are not ours to
 * copy, where the shared corpus lies beside the build.
 */
class LicenseContextCorpusTest {
  private static final Pattern BAG =
      Pattern.compile("\"recordId\": ([0-9]+), \"eventId\": 8230,.*\"data\": \\[\"([^\"\\\\]*)\"]");

  @TestFactory
  Stream<DynamicTest> everyRealContextTellsStateAndKey() throws IOException {
    Path file = Path.of(System.getProperty("avma.corpus", ""), "evtx", "1344_events.spp.jsonl");
    if (!Files.isRegularFile(file)) {
      System.out.println("no corpus at " + file + ": made records were read, no real ones");
      return Stream.empty();
    }
    return everyContextIn(file, 7);
  }

  @TestFactory
  Stream<DynamicTest> everyMadeContextTellsStateAndKey() throws Exception {
    return everyContextIn(made(), 3);
  }

  private static Path made() throws Exception {
    return Path.of(
        Objects.requireNonNull(
                LicenseContextCorpusTest.class.getResource("made-license-contexts.jsonl"))
            .toURI());
  }

  private static Stream<DynamicTest> everyContextIn(Path file, int expected) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = BAG.matcher(line);
      if (matcher.find()) {
        String bag = matcher.group(2);
        tests.add(DynamicTest.dynamicTest("record " + matcher.group(1), () -> check(bag)));
      }
    }
    assertEquals(expected, tests.size(), "contexts in " + file);
    return tests.stream();
  }

  /** A bag that says less must be noticed, else the two factories prove nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LicenseState=",
        "PartialProductKey=",
        "SkuId=",
        "AppId=",
        "ProductKeyType=",
        "GraceEndDate="
      })
  void aContextThatLacksAWordIsNoticed(String word) throws Exception {
    Matcher matcher = BAG.matcher(Files.readAllLines(made()).get(0));
    assertTrue(matcher.find());
    String bag = matcher.group(2);
    check(bag);
    assertThrows(AssertionError.class, () -> check(bag.replace(word, "Other" + word)));
  }

  private static void check(String bag) {
    WindowsEvent event = WindowsEvent.builder(SoftwareProtection.PROVIDER, 8230).texts(bag).build();
    LicenseContext context = LicenseContext.of(event).orElseThrow();
    assertTrue(context.state().isPresent());
    assertTrue(context.partialProductKey().isPresent());
    assertTrue(context.skuId().isPresent());
    assertEquals(Optional.of(SoftwareProtection.WINDOWS_APPLICATION), context.applicationId());
    assertEquals(Optional.of("Retail:TB:Eval"), context.productKeyType());
    assertTrue(context.lastConsumptionReason().isPresent());
    assertEquals(
        context.state().equals(Optional.of(LicensingState.LICENSED)),
        context.graceEnd().isPresent());
    assertEquals(List.of(), context.bag().strays());
  }
}
