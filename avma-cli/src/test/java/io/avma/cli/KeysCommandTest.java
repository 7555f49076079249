package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.Edition;
import io.avma.platform.WindowsRelease;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysCommandTest {
  @Test
  void everyPublishedKeyIsListedOnce() {
    String out = Run.avma("keys").exits(0).out();
    for (AvmaKey key : KeyCatalog.standard().avmaKeys()) {
      assertEquals(1, out.lines().filter(line -> line.contains(key.key().reveal())).count());
    }
  }

  @Test
  void aReleaseIsFoundByNameByBuildAndByTheVersionThatSharesItsKeys() {
    for (String name : new String[] {"2019", "17763", "1809", "10.0.17763.5458", "ws_2019"}) {
      String out = Run.avma("keys", "--release", name, "--edition", "standard").exits(0).out();
      assertTrue(out.contains("TNK62-RXVTB-4P47B-2D623-4GF74"), name);
      assertFalse(out.contains("H3RNG"), name);
    }
  }

  @Test
  void anAbsentKeyIsAnAnswerWithAReason() {
    String out = Run.avma("keys", "--release", "2022", "--edition", "essentials").exits(0).out();
    assertEquals(
        "No AVMA key for Windows Server 2022 Essentials: no Essentials key is published since"
            + " 2022\n(documented, DOC).\n",
        out);
    assertEquals(
        "No AVMA key for Windows Server, version 23H2 Standard: no key is published for the annual"
            + " channel (assumed, DOC, DOC25). ",
        Run.avma("keys", "--release", "23H2", "--edition", "standard")
            .exits(0)
            .out()
            .replace('\n', ' '));
  }

  @Test
  void jsonHoldsEveryPairOfReleaseAndEditionEitherAsKeyOrAsAbsence() {
    Run run = Run.avma("keys", "--json").exits(0);
    int pairs = 0;
    for (Map<String, Object> object : run.objects("key")) {
      pairs += ((java.util.List<?>) object.get("releases")).size();
    }
    pairs += run.objects("absence").size();
    assertEquals(WindowsRelease.values().length * Edition.values().length, pairs);
    assertEquals(15, run.objects("key").size());
    for (Map<String, Object> absence : run.objects("absence")) {
      String standing =
          switch ((String) absence.get("release")) {
            case "version 23H2" -> "assumed";
            case "2025" -> "secondary";
            default -> "documented";
          };
      assertEquals(standing, absence.get("standing"), absence::toString);
    }
  }

  @Test
  void anUnknownReleaseOrEditionIsWrongUsageAndNamesTheValidOnes() {
    Run release = Run.avma("keys", "--release", "2018").exits(2);
    assertTrue(release.err().contains("'2018' is no release"), release.err());
    assertTrue(release.err().contains("2012 R2, 2016, 1709"), release.err());
    assertEquals("", release.out());
    Run edition = Run.avma("keys", "--edition", "web").exits(2);
    assertTrue(edition.err().contains("datacenter, standard, essentials, azure-edition"));
  }
}
