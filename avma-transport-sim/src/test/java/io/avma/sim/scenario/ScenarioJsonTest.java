package io.avma.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationItem;
import io.avma.activation.ActivationTerms;
import io.avma.activation.LicenseStatus;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioJsonTest {
  private static final String MINIMAL =
      """
      {
        "hosts": [ { "name": "hv-1", "release": "2022" } ],
        "guests": [
          { "name": "web", "host": "hv-1",
            "system": { "is": "windows-server", "release": "2019", "edition": "standard" } }
        ],
        "steps": [ { "at": "PT1M", "do": "start", "guest": "web" } ]
      }
      """;

  @Test
  void whatIsLeftOutIsAsUsual() throws Exception {
    Scenario expected =
        Scenario.builder()
            .host(HostSpec.of("hv-1", WindowsRelease.WS_2022))
            .guest(GuestSpec.of("web", "hv-1", WindowsRelease.WS_2019, Edition.STANDARD))
            .at(Duration.ofMinutes(1), new GuestCommand.Start("web"))
            .build();
    assertEquals(expected, Scenario.fromJson(MINIMAL));
    assertTrue(Scenario.fromJson(MINIMAL).play().outcomes().get(0).activated());
  }

  /** {@code what} of the minimal file becomes {@code by}, and the complaint says so. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"at\": \"PT1M\"|\"att\": \"PT1M\"|line 7, column 16, at /steps/0/att: unknown member 'att' (expected: at, do)",
        "\"guest\": \"web\"|\"vm\": \"web\"|line 7, column 45, at /steps/0/vm: unknown member 'vm' (expected: at, do, guest)",
        "\"do\": \"start\", \"guest\": \"web\"|\"guest\": \"web\", \"do\": \"start\"|line 7, column 30, at /steps/0/guest: unknown member 'guest' (expected: at, do)",
        "\"name\": \"hv-1\", |\"name\": \"hv-1\", \"colour\": 1, |line 2, column 32, at /hosts/0/colour: unknown member 'colour' (expected: name, cluster, release, platform, edition,",
        "\"hv-1\", \"release\"|7, \"release\"|line 2, column 24, at /hosts/0/name: not what belongs here (expected: a text)",
        "[ { \"name\"|{ \"name\"|line 2, column 12, at /hosts: not what belongs here (expected: a list)",
        "\"start\"|[]|line 7, column 36, at /steps/0/do: not what belongs here (expected: a text)",
        "\"name\": \"web\", ||at /guests/0: 'name' is missing",
        ", \"do\": \"start\", \"guest\": \"web\"||at /steps/0: 'do' is missing",
        ", \"guest\": \"web\"||at /steps/0: 'guest' is missing",
        "\"start\"|\"strat\"|line 7, column 36, at /steps/0/do: 'strat' is no command (expected: migrate, quick-migrate,",
        "\"windows-server\"|\"windows\"|'windows' is no guest system (expected: windows-server,",
        "\"is\": \"windows-server\"|\"kind\": \"windows-server\"|at /guests/0/system/kind: not what belongs here (expected: 'is' first)",
        "\"2022\"|\"2020\"|line 2, column 43, at /hosts/0/release: '2020' is no windows release (expected: 2012 R2, 2016, version 1709,",
        "\"PT1M\"|\"1 minute\"|line 7, column 22, at /steps/0/at: '1 minute' is no duration (expected: like PT30M or P7D)",
        "\"PT1M\"|\"PT-1M\"|at /steps/0: a command at PT-1M (expected: zero to",
        "\"PT1M\"|\"PT1M\", \"at\": \"PT2M\"|line 7, column 34, at /steps/0/at: not JSON: Duplicate field 'at'",
        "\"start\", \"guest\": \"web\"|\"start\", \"guest\": \"web\", \"guest\": \"web\"|Duplicate field 'guest'",
        "\"steps\"|\"format\": 2, \"steps\"|at the top: format 2 is not known here (expected: 1)",
        "\"steps\"|\"seed\": 1.5, \"steps\"|line 7, column 11, at /seed: not what belongs here (expected: a whole number)",
        "\"steps\"|\"seed\": 99999999999999999999, \"steps\"|at /seed: the number is out of range",
        "\"steps\"|\"seed\": 1111111111111111111111111111111111111111111, \"steps\"|not JSON: Number value length",
        "\"steps\"|\"terms\": { \"validity\": \"P99999999D\" }, \"steps\"|at /terms: validity is",
        "\"steps\"|\"terms\": { \"hostSilentCode\": \"many\" }, \"steps\"|at /terms: not a result code (expected: like 0xC004FD01)",
        "\"steps\"|\"terms\": { \"items\": [ { \"item\": \"host\", \"name\": \"a\" }, { \"item\": \"host\", \"name\": \"b\" } ] }, \"steps\"|at /terms: item HOST twice",
        "\"steps\"|\"faults\": [ { \"name\": \"f\", \"point\": \"host\", \"fault\": \"lost\" } ], \"steps\"|at /faults/0: rule 'f':",
        "\"steps\"|\"faults\": [ { \"name\": \"f\", \"point\": \"request\", \"fault\": \"lost\", \"probability\": 1e999 } ], \"steps\"|rule 'f': probability",
        "\"steps\"|\"faults\": [ { \"name\": \"f\", \"point\": \"request\", \"fault\": \"lost\", \"hosts\": \"\" } ], \"steps\"|'' is no name pattern",
        "\"name\": \"hv-1\"|\"name\": \" \"|at /hosts/0: a host without a name",
        "\"hv-1\", \"release\"|\"hv-1\", \"processors\": 0, \"release\"|at /hosts/0: processors is 0",
        "\"hosts\"|\"host\\u001Bs\"|unknown member 'host\\u{1B}s'",
        "\"guest\": \"web\" }|\"guest\": \"web\" } }|not JSON: Unexpected close marker",
        "\"web\" } ]|\"wbe\" } ]|there is no guest 'wbe'",
        "\"start\"|start|line 7, column 36, at /steps/0/do: not JSON: Unrecognized token 'start'",
      })
  void aMistakeIsNamedWithItsPlaceAndWhatWasExpected(String what, String by, String complaint) {
    assertTrue(MINIMAL.contains(what), "nothing to replace");
    refused(MINIMAL.replace(what, by == null ? "" : by), complaint);
  }

  private static ScenarioFormatException refused(String json, String complaint) {
    ScenarioFormatException e =
        assertThrows(ScenarioFormatException.class, () -> Scenario.fromJson(json));
    assertTrue(String.valueOf(e.getMessage()).contains(complaint), e.getMessage());
    return e;
  }

  @Test
  void whatIsNoObjectOrEndsTooSoonOrTooLateIsRefused() {
    refused("", "line 1, column 1, at the top: not what belongs here (expected: an object)");
    refused("[]", "expected: an object");
    refused("null", "expected: an object");
    refused(MINIMAL + "{}", "something behind the end");
    refused(MINIMAL.substring(0, 80), "not JSON: Unexpected end-of-input");
    refused("{}", "no host (expected: at least one)");
    ScenarioFormatException e = refused("{\n  \"lenght\": 1 }", "unknown member 'lenght'");
    assertEquals(2, e.line());
    assertEquals(3, e.column());
    assertFalse(e.what().contains("line 2"), e.what());
  }

  @Test
  void depthAndLengthAreBounded() {
    String deep = "{ \"guests\": " + "[".repeat(100_000);
    refused(deep, "expected: an object");
    refused("{ \"hosts\": [ { \"name\": \"" + "x".repeat(200_000) + "\" } ] }", "not JSON: String");
    refused(" ".repeat((16 << 20) + 1), "more than 16777216 characters");
  }

  @Test
  void everyCommandFaultDelayAndKeyIsReadAsItWasWritten() throws Exception {
    List<Record> used = new ArrayList<>();
    Scenario.Builder builder =
        Scenario.builder()
            .seed(Long.MIN_VALUE)
            .host(HostSpec.of("hv-1", WindowsRelease.WS_2022).in("a"))
            .host(
                new HostSpec(
                    "b\u00E4r \"\u2028\\",
                    Optional.empty(),
                    HostProfile.azureLocal(new AzureLocalLicense.HostKey(WindowsRelease.WS_2025))))
            .host(new HostSpec("c", Optional.empty(), HostProfile.unknown()))
            .host(
                new HostSpec(
                    "d",
                    Optional.empty(),
                    HostProfile.datacenter(WindowsRelease.WS_2012_R2).toBuilder()
                        .channel(LicenseChannel.KMS_CLIENT)
                        .processors(2)
                        .physicalCores(32)
                        .evaluation(Ternary.UNKNOWN)
                        .build()));
    List<KeyChoice> keys =
        List.of(
            new KeyChoice.None(),
            new KeyChoice.Matching(),
            new KeyChoice.Avma(WindowsRelease.WS_2016, Edition.ESSENTIALS),
            new KeyChoice.Other(LicenseChannel.KMS_CLIENT, "8XDDG"));
    List<GuestSystem> systems =
        List.of(
            new GuestSystem.WindowsServer(WindowsRelease.WS_2022, Edition.DATACENTER, Ternary.YES),
            new GuestSystem.EarlierWindowsServer("Windows Server 2012"),
            new GuestSystem.WindowsClient("Windows 11"),
            new GuestSystem.NotWindows("Debian 12"),
            new GuestSystem.Unknown());
    for (int i = 0; i < systems.size(); i++) {
      builder.guest(
          new GuestSpec(
              "g" + i,
              "hv-1",
              new GuestProfile(systems.get(i), Ternary.NO, Ternary.UNKNOWN),
              keys.get(i % keys.size())));
      used.add((Record) systems.get(i));
    }
    keys.forEach(key -> used.add((Record) key));
    for (Command command : commands()) {
      builder.at(Duration.ofSeconds(1).plusNanos(5), command);
      used.add((Record) command);
    }
    List<Delay> delays =
        List.of(
            new Delay.Fixed(Duration.ofMillis(7)),
            new Delay.Uniform(Duration.ZERO, Duration.ofDays(1)),
            new Delay.Exponential(Duration.ofSeconds(3)));
    delays.forEach(delay -> used.add((Record) delay));
    List<Fault> faults = new ArrayList<>();
    delays.forEach(delay -> faults.add(new Fault.Delayed(delay)));
    delays.forEach(delay -> faults.add(new Fault.Duplicated(3, delay)));
    faults.addAll(
        List.of(
            new Fault.Lost(),
            new Fault.Reordered(Duration.ofSeconds(9)),
            new Fault.Damaged(64),
            new Fault.Hung(Duration.ofHours(1)),
            new Fault.Restarting(Duration.ofMinutes(2)),
            new Fault.Throttling(Duration.ofMinutes(2)),
            new Fault.Stale(Duration.ofMinutes(2)),
            new Fault.Truncated(0),
            new Fault.Tampered(" \uD83D\uDE00 "),
            new Fault.Interrupted()));
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      used.add((Record) fault);
      for (FaultPoint point : fault.points()) {
        builder.fault(
            FaultRule.of("f" + i + "-" + point.label(), point, fault)
                .onHosts("h*")
                .onGuests("?1")
                .between(Duration.ofSeconds(1), Duration.ofSeconds(2))
                .withProbability(0.1 + 0.2)
                .skipping(Long.MAX_VALUE)
                .atMost(0));
      }
    }
    Scenario scenario =
        builder
            .length(Duration.ofDays(400))
            .monitored(Duration.ofMinutes(90))
            .terms(
                ActivationTerms.brisk().toBuilder()
                    .throttle(3, Duration.ofSeconds(61))
                    .statusBeforeActivation(LicenseStatus.UNLICENSED)
                    .hostSilentCode(Hresult.THROTTLED)
                    .clearsItemsOnOtherKey(true)
                    .items(Map.of(ActivationItem.HOST, "a name"))
                    .build())
            .build();
    assertEquals(scenario, Scenario.fromJson(scenario.toJson()));
    assertEquals(scenario.toJson(), Scenario.fromJson(scenario.toJson()).toJson());

    Set<Class<?>> seen = new HashSet<>();
    used.forEach(one -> seen.add(one.getClass()));
    Set<Class<?>> all = new HashSet<>();
    for (Class<?> sealed :
        List.of(Command.class, Fault.class, Delay.class, KeyChoice.class, GuestSystem.class)) {
      collect(sealed, all);
    }
    assertEquals(all, seen, "this test names every kind there is");
  }

  private static void collect(Class<?> sealed, Set<Class<?>> all) {
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        collect(permitted, all);
      } else {
        all.add(permitted);
      }
    }
  }

  private static ImmutableList<Command> commands() {
    GuestProfile linux = GuestProfile.of(new GuestSystem.NotWindows("Linux"));
    return ImmutableList.of(
        new Command.StartAll(Duration.ofMinutes(10)),
        new GuestCommand.Start("g0"),
        new GuestCommand.Stop("g0"),
        new GuestCommand.Crash("g0"),
        new GuestCommand.Save("g0"),
        new GuestCommand.Resume("g0"),
        new GuestCommand.Checkpoint("g0", "before"),
        new GuestCommand.Revert("g0", "before"),
        new GuestCommand.InstallKey("g0", new KeyChoice.Matching()),
        new GuestCommand.InstallKey(
            "g0", new KeyChoice.Avma(WindowsRelease.WS_2019, Edition.STANDARD)),
        new GuestCommand.ReplaceKey("g0", LicenseChannel.OEM, "ABCDE"),
        new GuestCommand.RemoveKey("g0"),
        new GuestCommand.ActivateNow("g0"),
        new GuestCommand.TidyItems("g0"),
        new GuestCommand.Migrate("g0", "d"),
        new GuestCommand.QuickMigrate("g0", "d"),
        new GuestCommand.DataExchange("g0", false),
        new GuestCommand.SetClock("g0", Duration.ofHours(-5)),
        new GuestCommand.ClearGuestLog("g0"),
        new GuestCommand.FillGuestLog("g0", 7),
        new GuestCommand.Clone("g0", "d", "clone"),
        new GuestCommand.Replicate("g0", "d"),
        new GuestCommand.FailOverReplica("g0"),
        new GuestCommand.TestReplica("g0", "tested"),
        new HostCommand.Create("c", "made", linux, new KeyChoice.None()),
        new HostCommand.Import("c", "before", "imported", true),
        new HostCommand.Fail("c"),
        new HostCommand.Recover("c"),
        new HostCommand.Drain("c"),
        new HostCommand.Unlicense("c"),
        new HostCommand.Relicense("c"),
        new HostCommand.Upgrade("c", WindowsRelease.WS_2025),
        new HostCommand.ClearHostLog("c"),
        new HostCommand.FillHostLog("c", 8));
  }
}
