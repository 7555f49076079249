package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The plan of the sample fleet, against what a person who knows the rules says of it. */
class PlanCommandTest {
  private static final String SAMPLE =
      Path.of(System.getProperty("avma.root", "..")).resolve("samples/fleet").toString();

  /** VM: verdict where it is, failover, key, status, each as JSON says it. */
  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("DC02", "supported unsupported right wrong"), // hv-n3 is not activated
          Map.entry("lk-sql01", "unsupported supported right wrong"), // it stands on hv-n3
          Map.entry("lk-term01", "unsupported supported kms-client wrong"),
          Map.entry("kb-web03", "unsupported supported checksum-wrong wrong"),
          Map.entry("kb-app01", "supported unsupported kms-client wrong"),
          Map.entry("kb-hsm", "unsupported unsupported kms-instead outside"), // shielded, on KMS
          Map.entry("kb-vault", "unsupported unsupported misplaced wrong"), // shielded, AVMA key
          Map.entry("kb-jump", "unsupported unsupported not-needed open"), // Windows 11
          Map.entry("kb-siem", "unsupported unsupported not-needed outside"), // Linux
          Map.entry("fw-bi", "unsupported unsupported kms-client wrong"), // Azure Edition
          Map.entry("fw-next", "unsupported unsupported right wrong"), // 2025 on 2022
          Map.entry("fw-mail", "unsupported unsupported right wrong"), // no Data Exchange
          Map.entry("fw-office", "unsupported unsupported not-needed wrong"), // 2022 Essentials
          Map.entry("fw-build", "supported unsupported right wrong"), // version 1809
          Map.entry("gh-dc01", "supported unsupported right wrong"), // 2019, one node 2016
          Map.entry("gh-pos", "supported supported older-format wrong"),
          Map.entry("sa-scada01", "supported supported other-release wrong"), // 2012 R2 key
          Map.entry("sa-bill", "supported supported right fine"),
          Map.entry("vk-cms", "unsupported unsupported right wrong"), // 2022 in a 2019 cluster
          Map.entry("vk-cont01", "supported unsupported right wrong"), // version 1903
          Map.entry("vk-cont02", "unsupported unsupported kms-instead outside"), // version 20H2
          Map.entry("vk-old", "unsupported unsupported kms-instead outside"), // 2012 on KMS
          Map.entry("vk-arch", "unsupported unsupported misplaced wrong"), // 2012, 2012 R2 key
          Map.entry("vk-trial", "unsupported unsupported none wrong"), // evaluation
          Map.entry("ed-app01", "supported supported right fine"), // Azure Edition, Azure Local
          Map.entry("ed-edge", "unsupported unsupported right wrong"), // 2025, host keys 2022
          Map.entry("ed-iot", "supported supported not-known open"),
          Map.entry("r2-app02", "supported null right fine"),
          Map.entry("r2-new", "unsupported null right wrong"), // 2016 on 2012 R2
          Map.entry("sx-file", "supported null other-edition wrong"),
          Map.entry("in-legacy", "supported null right fine"), // 2012 R2 on 2025
          Map.entry("st-web", "unsupported null right wrong"), // Standard host
          Map.entry("lab-b", "unsupported null none wrong"), // evaluation host
          Map.entry("lab-c", "undetermined null not-known open"),
          Map.entry("fr-print", "unsupported null misplaced wrong"), // free Hyper-V Server
          Map.entry("old-crm", "unsupported null kms-instead outside"),
          Map.entry("old-fs", "unsupported null misplaced wrong"), // Server 2012 host
          Map.entry("dr-sql", "unsupported null misplaced wrong"), // nested in Azure
          Map.entry("dr-web", "unsupported null kms-instead outside"),
          Map.entry("vmw-app", "unsupported null misplaced wrong"), // another hypervisor
          Map.entry("vmw-db", "unsupported null kms-instead outside"));

  @Test
  void theSampleFleetIsAnsweredAsAPersonWouldAnswer() {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Map<String, Object> vm : Run.avma("plan", SAMPLE, "--json").exits(0).objects("vm")) {
      answers.put(
          (String) vm.get("vm"),
          vm.get("verdict")
              + " "
              + vm.get("failover")
              + " "
              + vm.get("key")
              + " "
              + vm.get("status"));
    }
    EXPECTED.forEach((vm, expected) -> assertEquals(expected, answers.get(vm), vm));
  }

  @Test
  void theSampleHasAtLeastSixtyMachinesAndTheSumAddsUp() throws IOException {
    long rows = Files.readAllLines(Path.of(SAMPLE, "vms.csv")).size() - 1L;
    assertTrue(rows >= 60);
    Map<String, Object> sum = Run.avma("plan", SAMPLE, "--json").exits(0).objects("summary").get(0);
    assertEquals(rows, sum.get("vms"));
    long parts = 0;
    for (String status : List.of("fine", "wrong", "open", "outside")) {
      parts += (long) sum.get(status);
    }
    assertEquals(rows, parts);
  }

  @Test
  void everyFindingBelongsToExactlyOneFixAndTheMostHelpfulStandsFirst() {
    Run run = Run.avma("plan", SAMPLE, "--json").exits(0);
    Map<String, Long> found = new LinkedHashMap<>();
    for (Map<String, Object> vm : run.objects("vm")) {
      for (Map<String, Object> finding : list(vm, "findings")) {
        found.merge((String) finding.get("cause"), 1L, Long::sum);
      }
    }
    List<Map<String, Object>> fixes = run.objects("fix");
    assertEquals("host-not-activated", fixes.get(0).get("cause"));
    assertEquals("host hv-n3", fixes.get(0).get("subject"));
    // 25 VMs of the cluster NORTH, without the six that AVMA is not for.
    assertEquals(19L, fixes.get(0).get("helps"));
    Map<String, Long> helped = new LinkedHashMap<>();
    List<List<Long>> order = new ArrayList<>();
    for (Map<String, Object> fix : fixes) {
      boolean cluster = String.valueOf(fix.get("subject")).startsWith("cluster");
      long nodes = cluster ? nodes((String) fix.get("subject")) : 1;
      helped.merge((String) fix.get("cause"), nodes * (long) fix.get("helps"), Long::sum);
      assertEquals(fix.get("helps"), (long) list(fix, "vms").size());
      assertTrue((long) fix.get("enough_for") <= (long) fix.get("helps"));
      order.add(List.of((boolean) fix.get("open") ? 1L : 0L, -(long) fix.get("helps")));
    }
    assertEquals(found, sortedLike(found, helped));
    List<List<Long>> sorted = new ArrayList<>(order);
    sorted.sort(
        (a, b) ->
            a.get(0).equals(b.get(0))
                ? a.get(1).compareTo(b.get(1))
                : a.get(0).compareTo(b.get(0)));
    assertEquals(sorted, order);
  }

  private static long nodes(String cluster) {
    return switch (cluster) {
      case "cluster NORTH" -> 4;
      case "cluster SOUTH" -> 3;
      default -> 2;
    };
  }

  private static Map<String, Long> sortedLike(Map<String, Long> model, Map<String, Long> values) {
    Map<String, Long> sorted = new LinkedHashMap<>();
    model.keySet().forEach(key -> sorted.put(key, values.get(key)));
    assertEquals(model.keySet().size(), values.keySet().size(), () -> model + " / " + values);
    return sorted;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> object, String field) {
    return (List<Map<String, Object>>) object.get(field);
  }

  @Test
  void twoRunsPrintTheSameBytes() {
    assertEquals(Run.avma("plan", SAMPLE).out(), Run.avma("plan", SAMPLE).out());
    assertEquals(
        Run.avma("plan", SAMPLE, "--json").out(), Run.avma("plan", SAMPLE, "--json").out());
  }

  @Test
  void theTextNamesEveryMachineTheKeysTheFixesAndTheUnusedColumn() {
    String out = Run.avma("plan", SAMPLE).exits(0).out();
    assertTrue(out.contains("hosts.csv: not used: rack."), out);
    assertFalse(out.contains("A1")); // a value of that column
    assertTrue(out.contains("1. Activate host hv-n3: 19 VMs"), out);
    assertTrue(out.contains("TNK62-RXVTB-4P47B-2D623-4GF74  Windows Server 2019 Standard"), out);
    assertTrue(out.contains("74 VMs on 19 hosts: "), out);
    EXPECTED.keySet().forEach(vm -> assertTrue(out.contains("\n" + vm + " "), vm));
    assertTrue(out.lines().allMatch(line -> line.length() <= 100), out);
  }

  @Test
  void findingsFailTheRunOnlyWhenAsked() {
    Run.avma("plan", SAMPLE).exits(0);
    Run.avma("plan", SAMPLE, "--fail-on-findings").exits(1);
  }

  @Test
  void aMoveIsAnsweredBeforeItIsMade() {
    Run run = Run.avma("plan", SAMPLE, "--move", "fw-next=HV-25-01", "--json").exits(0);
    Map<String, Object> move = run.objects("move").get(0);
    assertEquals("fw-next", move.get("vm"));
    assertEquals("hv-n4", move.get("host"));
    assertEquals("hv-25-01", move.get("to"));
    assertEquals("unsupported", move.get("here_before"));
    assertEquals("supported", move.get("here_after"));
    Map<String, Object> vm =
        run.objects("vm").stream().filter(v -> v.get("vm").equals("fw-next")).findFirst().get();
    assertEquals("fine", vm.get("status"));
    String text = Run.avma("plan", SAMPLE, "--move", "fw-next=hv-25-01").exits(0).out();
    assertTrue(text.contains("Machines with something to fix: 48 before, 47 after."), text);
    assertFalse(text.contains("lk-sql01"), "only what moves is shown");
  }

  @Test
  void ofTwoMachinesOfOneNameTheIdentifierTellsWhich() {
    Run run = Run.avma("plan", SAMPLE, "--move", "DC01=hv-n2").exits(2);
    assertTrue(run.err().contains("is the name of 2 machines"), run.err());
    Run.avma("plan", SAMPLE, "--move", "{2b1f5c6a-8e2d-4c53-9b0e-6a1d4f8e7c21}=hv-n2").exits(0);
  }

  @Test
  void aDrainSaysWhereEachMachineStaysActivatedAndSpreadsThem() {
    List<Map<String, Object>> drains =
        Run.avma("plan", SAMPLE, "--drain", "hv-n1", "--json").exits(0).objects("drain");
    assertEquals(7, drains.size());
    Map<Object, Long> load =
        drains.stream()
            .filter(drain -> drain.get("target_verdict").equals("supported"))
            .collect(Collectors.groupingBy(drain -> drain.get("target"), Collectors.counting()));
    assertEquals(Map.of("hv-n2", 2L, "hv-n4", 2L), load); // hv-n3 is not activated
    Map<String, Object> first = drains.get(0);
    assertEquals(
        List.of("supported", "unsupported", "supported"),
        list(first, "nodes").stream().map(node -> node.get("verdict")).toList());
  }

  @Test
  void aDrainedHostIsNoTargetAndAHostThatStandsAloneHasNone() {
    Run both = Run.avma("plan", SAMPLE, "--drain", "hv-n1", "--drain", "hv-n2", "--json").exits(0);
    for (Map<String, Object> drain : both.objects("drain")) {
      assertFalse(List.of("hv-n1", "hv-n2").contains(drain.get("target")));
    }
    Run alone = Run.avma("plan", SAMPLE, "--drain", "hv-25-01", "--json").exits(0);
    assertEquals(7, alone.objects("drain").size());
    assertEquals(null, alone.objects("drain").get(0).get("target"));
    assertTrue(
        Run.avma("plan", SAMPLE, "--drain", "hv-25-01").exits(0).out().contains("no other node"));
  }

  @Test
  void aChangeThatNamesNothingIsWrongUsage() {
    for (String[] change :
        new String[][] {
          {"--move", "nobody=hv-n1"},
          {"--move", "DC02=nowhere"},
          {"--move", "DC02"},
          {"--move", "=hv-n1"},
          {"--move", "DC02="},
          {"--drain", "nowhere"},
          {"--drain", ""}
        }) {
      Run run = Run.avma("plan", SAMPLE, change[0], change[1]).exits(2);
      assertTrue(run.err().startsWith(change[0] + ": "), run.err());
    }
    Run.avma("plan", SAMPLE, "--move", "DC02=hv-n1", "--move", "dc02=hv-n3").exits(2);
  }
}
