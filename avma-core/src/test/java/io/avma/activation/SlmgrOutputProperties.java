package io.avma.activation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SlmgrOutputProperties {
  @Property
  void anyTextIsParsedAndBounded(@ForAll String text) {
    SlmgrOutput output = SlmgrOutput.parse(text);
    assertTrue(output.licenses().size() <= SlmgrOutput.MOST_LICENSES);
  }

  @Property
  void anyMixtureOfRealLinesIsParsed(@ForAll("lines") List<String> lines) {
    SlmgrOutput output = SlmgrOutput.parse(String.join("\n", lines));
    for (SlmgrLicense license : output.licenses()) {
      assertTrue(license.lastFive().map(String::length).orElse(5) == 5);
      assertTrue(
          license.reading() == SlmgrLicense.Reading.ENGLISH
              || license.status().isEmpty()
              || license.status().get() == LicenseStatus.NOTIFICATION,
          "the form alone tells no more than a notification");
    }
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.of(
            "",
            "Name: Windows(R), ServerDatacenter edition",
            "Beschreibung: Windows(R) Operating System, VIRTUAL_MACHINE_ACTIVATION channel",
            "Description: Windows(R) Operating System, RETAIL channel",
            "Teil: DV9BG",
            "Partial Product Key: DV9BG",
            "License Status: Licensed",
            "Zustand: gut",
            "Ablauf: 9000 Minuten (7 Tage)",
            "Grund: 0xC004FD02.",
            "    Wirt: HV-01",
            "    Zeit: 05.01.2026 09:00:00",
            "    PID2: 00454",
            "x: 55c92734-d682-4d71-983e-d6ec3f16059f")
        .list()
        .ofMaxSize(30);
  }
}
