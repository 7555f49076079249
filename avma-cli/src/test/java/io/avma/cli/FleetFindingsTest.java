package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan finds wrong, or does not, where the sample fleet has no example. */
class FleetFindingsTest {
  private static final String HOSTS = "host,release,edition,activated\nhv1,2022,datacenter,yes\n";

  @TempDir Path folder;

  /**
   * Inventories hold clients, later releases and platforms that number their releases otherwise.
   */
  @Test
  void whatNoTableHoldsIsUnknownAndSaidOnce() throws IOException {
    String vms =
        """
        vm,host,system,release,build,edition,sku
        client,hv1,Windows 11 Pro,24H2,26200,Professional,48
        linux,hv1,Ubuntu,22.04,5150,LTS,0
        old,hv1,Windows Server 2008 R2 Enterprise,2008 R2,7601,Enterprise,10
        next,hv1,Windows Server vNext,,27500,,8
        later,hv1,Windows Server 2028 Datacenter,2028,,,
        insider,hv1,,Windows Server Preview,,,
        sku1,hv1,,,26100,,48
        sku2,hv1,,,20348,standard,48
        build,hv1,,,27500,standard,7
        """;
    Run run = plan(HOSTS, vms).exits(0);
    assertEquals(
        List.of(
            "Windows 11 Pro",
            "Ubuntu",
            "Windows Server 2008 R2 Enterprise",
            "unknown system",
            "unknown system",
            "unknown system",
            "unknown system",
            "Windows Server 2022 Standard",
            "unknown system"),
        run.objects("vm").stream().map(vm -> vm.get("guest")).toList());
    List<Object> notes =
        run.objects("note").stream()
            .map(note -> note.get("sentence"))
            .filter(note -> note.toString().contains("taken as unknown"))
            .toList();
    assertEquals(
        List.of(
            folder.resolve("vms.csv")
                + ": in no table of this version, so taken as unknown: system 'Windows Server"
                + " vNext' (1 row), system 'Windows Server 2028 Datacenter' (1 row), release"
                + " 'Windows Server Preview' (1 row), SKU 48 (2 rows), build 27500 (1 row)."),
        notes);
  }

  @Test
  void hostsThatNumberTheirReleasesOtherwiseAreTaken() throws IOException {
    String hosts =
        """
        host,platform,release,build,edition,sku,azure_local_license,activated
        hv1,azure-local,12.2510,26100,Azure Local,406,2022,
        hv2,azure-local,,20349,,406,subscription,
        hv3,vmware,8.0.3,24022510,Enterprise Plus,,,
        hv4,,,20349,,406,2022,
        hv5,,,27500,datacenter,8,,yes
        """;
    StringBuilder vms = new StringBuilder("vm,host,release,edition\n");
    for (int i = 1; i <= 5; i++) {
      vms.append("vm").append(i).append(",hv").append(i).append(",2022,standard\n");
    }
    Run run = plan(hosts, vms.toString()).exits(0);
    assertEquals(
        List.of("supported", "supported", "unsupported", "supported", "undetermined"),
        run.objects("vm").stream().map(vm -> vm.get("verdict")).toList());
    assertTrue(run.out().contains("taken as unknown: build 27500 (1 row)."), run.out());
    assertFalse(run.out().contains("20349"), run.out());
  }

  @Test
  void ofManyUnknownNumbersAFewAreNamed() throws IOException {
    StringBuilder vms = new StringBuilder("vm,host,sku\n");
    for (int i = 0; i < 1000; i++) {
      vms.append("vm").append(i).append(",hv1,").append(1000 + i).append('\n');
    }
    String out = plan(HOSTS, vms.toString()).exits(0).out();
    assertTrue(out.contains("SKU 1007 (1 row), and others (992 rows)."), out);
  }

  /** They once stayed wrong whatever was in them, so that --fail-on-findings could not pass. */
  @Test
  void aGuestThatAvmaIsNotForIsSettledByItsOwnKeyOrByWhoLooked() throws IOException {
    String own = "ABCDE"; // as slmgr /dli shows the end of a key that nobody publishes
    String[][] rows = {
      {"Windows 11 Pro", own, "", "outside own-instead"},
      {"Windows 11 Pro", "", "yes", "outside not-needed"},
      {"Windows 11 Pro", "", "", "open not-needed"},
      {"Windows 11 Pro", "none", "", "wrong not-needed"},
      {"Windows 11 Pro", "none", "yes", "outside not-needed"}, // a digital entitlement
      {"Windows 11 Pro", own, "no", "wrong own-instead"},
      {"Windows 11 Pro", "4GF74", "", "wrong misplaced"},
      {"Windows 11 Pro", "4GF74", "yes", "wrong misplaced"},
      {"Windows 11 Pro", "B69WH-PRNHK-BXVK3-P9XF7-XD84C", "", "wrong not-needed"}, // mistyped
      {"Windows 7", "BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B", "", "outside own-instead"},
      {"Windows Server 2008 R2", "BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B", "", "outside own-instead"},
      {"Windows Server 2022 Essentials", own, "", "outside own-instead"},
      {"Windows Server 2022 Essentials", "78VHK", "", "wrong misplaced"},
      {"Windows Server 2022 Essentials", "", "", "open not-needed"},
      {"Ubuntu", "", "no", "outside not-needed"},
      {"Windows Server 2022 Standard", own, "yes", "wrong unknown-ending"} // AVMA is for it
    };
    StringBuilder vms = new StringBuilder("vm,host,system,key,activated\n");
    for (String[] row : rows) {
      vms.append("vm").append(vms.length()).append(",hv1,");
      vms.append(row[0]).append(',').append(row[1]).append(',').append(row[2]).append('\n');
    }
    List<Map<String, Object>> answers = plan(HOSTS, vms.toString()).exits(0).objects("vm");
    for (int i = 0; i < rows.length; i++) {
      Map<String, Object> vm = answers.get(i);
      String row = String.join(" ", rows[i]);
      assertEquals(rows[i][3], vm.get("status") + " " + vm.get("key"), row);
      assertFalse(((List<?>) vm.get("findings")).isEmpty() && !"outside".equals(vm.get("status")));
    }
    String settled = "vm,host,system,activated\na,hv1,Windows 11,yes\nb,hv1,Ubuntu,\n";
    plan(HOSTS, settled);
    Run.avma("plan", folder.toString(), "--fail-on-findings").exits(0);
    Run open = plan(HOSTS, "vm,host,system\na,hv1,Windows 11\n");
    assertEquals("unknown-guest-activated", open.objects("fix").get(0).get("cause"));
    assertEquals(
        "Find out whether Windows clients are activated otherwise",
        open.objects("fix").get(0).get("action"));
    Run.avma("plan", folder.toString(), "--fail-on-findings").exits(3);
  }

  @Test
  void guestsOfAnotherHypervisorAreAskedForByTheirHost() throws IOException {
    String hosts = "host,platform\nesx,vmware\n";
    String vms = "vm,host,release,edition\na,esx,2022,standard\nb,esx,2019,standard\n";
    Map<String, Object> fix = plan(hosts, vms).exits(0).objects("fix").get(0);
    assertEquals(
        "Find out whether the guests of host esx are activated otherwise", fix.get("action"));
    assertEquals(2L, fix.get("helps"));
  }

  /** The host's name was once replaced wherever the action held it: "Set … of cluster Ceys". */
  @Test
  void theActionForAClusterIsASentenceWhateverItsNodesAreCalled() throws IOException {
    for (String[] names : new String[][] {{"k", "ke"}, {"h", "host"}, {"2", "20"}}) {
      String local =
          "host,cluster,platform,azure_local_license\n"
              + names[0]
              + ",C,azure-local,2022\n"
              + names[1]
              + ",C,azure-local,2022\n";
      String vms = "vm,host,release,edition,key\nvm1," + names[0] + ",2025,standard,9HPQ4\n";
      assertEquals(
          List.of("Set host keys of 2025 on every node of cluster C, or keep newer guests off it"),
          actions(plan(local, vms)));
      String server =
          "host,cluster,release,edition,activated\n"
              + names[0]
              + ",C,2022,datacenter,no\n"
              + names[1]
              + ",C,2022,datacenter,no\n";
      assertEquals(
          List.of(
              "Upgrade every node of cluster C to 2025, or keep newer guests off it",
              "Activate every node of cluster C"),
          actions(plan(server, vms)).stream().sorted(Comparator.reverseOrder()).toList());
      String asked = server.replace(",no\n", ",\n");
      assertTrue(
          actions(plan(asked, vms))
              .contains("Find out whether the host itself is activated (every node of cluster C)"));
    }
  }

  /** A cluster and a host of one name are two. */
  @Test
  void aClusterThatIsCalledAsAHostIsNotTakenForIt() throws IOException {
    String hosts =
        """
        host,cluster,platform,azure_local_license
        n1,n1,azure-local,2022
        n2,n1,azure-local,2019
        """;
    Run run = plan(hosts, "vm,host,release,edition,key\na,n1,2019,standard,4GF74\n");
    assertEquals("cluster n1", run.objects("fix").get(0).get("subject"));
  }

  @Test
  void anAzureLocalClusterHasHostKeysOfOneRelease() throws IOException {
    String hosts =
        """
        host,cluster,platform,azure_local_license
        n1,EDGE,azure-local,2022
        n2,EDGE,azure-local,2019
        n3,EDGE,azure-local,2022
        """;
    String vms =
        "vm,host,release,edition,key\na,n1,2019,standard,4GF74\nb,n2,2019,standard,4GF74\n";
    Run run = plan(hosts, vms);
    for (Map<String, Object> vm : run.objects("vm")) {
      assertEquals("wrong", vm.get("status"));
      assertEquals("supported", vm.get("verdict"));
      assertEquals(
          "The machines of cluster EDGE have host keys of different releases (2019 on n2, 2022 on"
              + " n1 n3); Azure Local wants one for all.",
          vm.get("why"));
    }
    Map<String, Object> fix = run.objects("fix").get(0);
    assertEquals("cluster-host-keys", fix.get("cause"));
    assertEquals("Set host keys of 2022 on every node of cluster EDGE", fix.get("action"));
    assertEquals(2L, fix.get("enough_for"));
    assertEquals(1, run.objects("fix").size());
    for (String alike :
        new String[] {
          hosts.replace("2019", "2022"),
          hosts.replace("2019", "subscription"),
          hosts.replace("n2,EDGE", "n2,OTHER")
        }) {
      assertFalse(plan(alike, vms).out().contains("cluster-host-keys"), alike);
    }
  }

  @Test
  void aHostWithAnAvmaKeyIsAFinding() throws IOException {
    String hosts =
        """
        host,cluster,release,edition,activated,channel
        hv1,C,2022,datacenter,yes,mak
        hv2,C,2022,datacenter,no,VT:IA
        """;
    String vms =
        "vm,host,release,edition,key\na,hv1,2019,standard,4GF74\nb,hv2,2019,standard,4GF74\n";
    Run run = plan(hosts, vms);
    Map<String, Object> fix =
        run.objects("fix").stream()
            .filter(one -> one.get("cause").equals("avma-key-on-host"))
            .findFirst()
            .orElseThrow();
    assertEquals("Give host hv2 a key of its own in place of the AVMA key", fix.get("action"));
    assertEquals(2L, fix.get("helps"));
    assertTrue(run.out().contains("May not fail over to hv2: The host's own key is an AVMA key"));
    Run said = plan(hosts.replace(",no,VT", ",yes,VT"), vms);
    assertEquals("unknown-host-key", said.objects("fix").get(0).get("cause"));
    assertEquals("open", said.objects("vm").get(0).get("status"));
  }

  /** What is wrong with a host is wrong before the first guest stands on it. */
  @Test
  void whatIsWrongWithAHostIsFoundWithoutAGuest() throws IOException {
    String hosts = HOSTS.replace("\n", ",channel\n").replace("yes,channel", "yes,mak");
    String vms = "vm,host,release,edition,key\na,hv1,2019,standard,4GF74\n";
    plan(hosts, vms);
    Run.avma("plan", folder.toString(), "--fail-on-findings").exits(0);
    Run run = plan(hosts + "hv2,2022,datacenter,no,avma\n", vms);
    Map<String, Object> fix = run.objects("fix").get(0);
    assertEquals("avma-key-on-host", fix.get("cause"));
    assertEquals(0L, fix.get("helps"));
    Run text = Run.avma("plan", folder.toString(), "--fail-on-findings").exits(1);
    assertTrue(text.out().contains("in place of the AVMA key: no VM today"), text.out());
  }

  @Test
  void oneIsSingular() throws IOException {
    plan(HOSTS, "vm,host,release,edition,key\na,hv1,2019,standard,4GF74\n");
    String out = Run.avma("plan", folder.toString()).exits(0).out();
    assertTrue(out.contains("1 VM on 1 host: 1 fine"), out);
    assertTrue(out.contains("Where they are now, 1 is activated"), out);
  }

  private static List<String> actions(Run run) {
    return run.exits(0).objects("fix").stream().map(fix -> fix.get("action").toString()).toList();
  }

  private Run plan(String hosts, String vms) throws IOException {
    Files.write(folder.resolve("hosts.csv"), hosts.getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("vms.csv"), vms.getBytes(StandardCharsets.UTF_8));
    return Run.avma("plan", folder.toString(), "--json");
  }
}
