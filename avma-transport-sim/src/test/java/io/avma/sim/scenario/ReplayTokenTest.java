package io.avma.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.platform.Edition;
import io.avma.platform.WindowsRelease;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class ReplayTokenTest {
  private static final Scenario SCENARIO = ScenarioTest.small().seed(-5).startAll().build();
  private static final String TOKEN = SCENARIO.replayToken().orElseThrow();

  private static void refused(String token, String complaint) {
    String said =
        assertThrows(ScenarioFormatException.class, () -> ReplayToken.read(token)).getMessage();
    assertTrue(String.valueOf(said).contains(complaint), said);
  }

  private static String packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return ReplayToken.VERSION
        + ":"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  @Test
  void aLineIsReadAsItWasWrittenAndMayHaveBlanksAround() throws Exception {
    assertTrue(TOKEN.matches("avma-sim/1:[A-Za-z0-9_-]+"), TOKEN);
    assertEquals(SCENARIO, ReplayToken.read(" " + TOKEN + "\n"));
    for (long seed = 0; seed < 50; seed++) {
      Scenario random = Swarm.scenario(seed);
      Optional<String> token = random.replayToken();
      if (token.isPresent()) {
        assertEquals(random, ReplayToken.read(token.get()));
      }
    }
  }

  @Test
  void whatIsNoneOrOfAnotherVersionIsRefused() {
    refused("", "not a line that this version replays");
    refused("avma-sim/2:" + TOKEN.substring(11), "(expected: avma-sim/1:...)");
    refused("\u001B[31m", "'\\u{1B}[31m'");
  }

  @Test
  void aLineThatWasDamagedOrCutIsRefused() {
    for (int length = "avma-sim/1:".length(); length < TOKEN.length(); length++) {
      String cut = TOKEN.substring(0, length);
      assertThrows(ScenarioFormatException.class, () -> ReplayToken.read(cut), cut);
    }
    for (int at = "avma-sim/1:".length(); at < TOKEN.length() - 1; at++) {
      char other = TOKEN.charAt(at) == 'A' ? 'B' : 'A';
      String damaged = TOKEN.substring(0, at) + other + TOKEN.substring(at + 1);
      assertThrows(ScenarioFormatException.class, () -> ReplayToken.read(damaged), damaged);
    }
    refused(TOKEN.replace(':', ' '), "not a line");
    refused("avma-sim/1:\u00E4", "damaged or cut");
    refused("avma-sim/1:AAAA", "damaged or cut");
    refused(packed("{ \"hosts\": 1 }"), "line 1, column 12, at /hosts");
  }

  @Test
  void whatUnpacksToTooMuchIsRefusedBeforeItIsUnpacked() {
    refused(packed(" ".repeat(100 << 20)), "unpacks to more than 1 MiB"); // 100 KiB
  }

  @Test
  void aScenarioThatIsTooLargeForALineHasNone() {
    Scenario.Builder random = Scenario.builder();
    for (long seed = 0; seed < 500; seed++) {
      String name = Long.toString(seed * 0x9E37_79B9_7F4A_7C15L, 36);
      random.host(HostSpec.of(name, WindowsRelease.WS_2022));
    }
    assertEquals(Optional.empty(), random.build().replayToken());

    // It packs well, and would not be unpacked again.
    Scenario.Builder same = ScenarioTest.small();
    for (int i = 0; i < 20_000; i++) {
      same.at(Duration.ZERO, new GuestCommand.Start("web"));
    }
    assertEquals(Optional.empty(), same.build().replayToken());
  }

  @Test
  void aNameThatNoUtf8HoldsHasNoLine() {
    Scenario scenario =
        ScenarioTest.small()
            .guest(GuestSpec.of("\uD800", "hv-1", WindowsRelease.WS_2022, Edition.STANDARD))
            .build();
    assertEquals(Optional.empty(), scenario.replayToken());
  }
}
