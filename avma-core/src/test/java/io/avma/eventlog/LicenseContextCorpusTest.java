package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bags of real records, where the shared corpus is present. */
class LicenseContextCorpusTest {
  private static final Pattern BAG =
      Pattern.compile("\"recordId\": ([0-9]+), \"eventId\": 8230,.*\"data\": \\[\"([^\"\\\\]*)\"]");

  @TestFactory
  Stream<DynamicTest> everyRealContextTellsStateAndKey() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Path file = Path.of(System.getProperty("avma.corpus", ""), "evtx", "1344_events.spp.jsonl");
    if (Files.isRegularFile(file)) {
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = BAG.matcher(line);
        if (matcher.find()) {
          String bag = matcher.group(2);
          tests.add(DynamicTest.dynamicTest("record " + matcher.group(1), () -> check(bag)));
        }
      }
      assertEquals(7, tests.size());
    }
    return tests.stream();
  }

  @Test
  void theCorpusIsReadOnlyWhereItIsPresent() {
    assertTrue(BAG.matcher("\"recordId\": 1, \"eventId\": 8230, \"data\": [\"a=b\"]").find());
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
