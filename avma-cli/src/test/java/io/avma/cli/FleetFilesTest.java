package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write into the two files, and how it is read. */
class FleetFilesTest {
  private static final String HOSTS = "host,release,edition,activated\nhv1,2022,datacenter,yes\n";
  private static final String VMS = "vm,host,release,edition,key\nvm1,hv1,2019,standard,4GF74\n";

  @TempDir Path folder;

  @Test
  void theShortestFilesAreEnoughAndWhatIsAssumedIsSaid() throws IOException {
    Run run = plan(HOSTS, VMS);
    assertEquals("fine", vm(run).get("status"));
    assertTrue(
        run.out().contains("hyper_v_role = yes, evaluation = no, nested_in_azure = no"), run.out());
    assertTrue(
        run.out().contains("evaluation = no, data_exchange = yes, shielded = no"), run.out());
  }

  @Test
  void semicolonsTabsMarksAndUtf16AreReadAsWhatTheyAre() throws IOException {
    for (String separator : new String[] {",", ";", "\t"}) {
      for (Charset charset :
          new Charset[] {
            StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
          }) {
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
          write("hosts.csv", text(HOSTS, separator, end).getBytes(charset));
          write("vms.csv", text(VMS, separator, end).getBytes(charset));
          assertEquals("fine", vm(run()).get("status"), charset + " " + separator);
        }
      }
    }
    plan(HOSTS, VMS.stripTrailing()).exits(0);
  }

  private static String text(String csv, String separator, String end) {
    return "\uFEFF" + csv.replace(",", separator).replace("\n", end);
  }

  @Test
  void quotesHoldSeparatorsLinesAndQuotes() throws IOException {
    String vms = "vm,host,release,edition,tenant\n\"a, \"\"b\"\"\nc\",hv1,2019,standard,\"x;y\"\n";
    Map<String, Object> vm = vm(plan(HOSTS, vms));
    assertEquals("a, \"b\"\\u{A}c", vm.get("vm"));
    assertEquals("x;y", vm.get("tenant"));
  }

  @Test
  void headersMayBeSpelledAsPeopleDoAndBlankRowsAreNothing() throws IOException {
    Run run =
        plan(
            "Host, Release ,EDITION,Hyper-V Role,Activated\n\nhv1,2022,datacenter,yes,yes\n,,,,\n",
            "VM,Host,Release,Edition,Data Exchange,Key\nvm1,HV1,2019,standard,on,4gf74\n\n");
    assertEquals("fine", vm(run).get("status"));
  }

  @Test
  void unknownColumnsAreNamedAndTheirValuesNeverShown() throws IOException {
    Run run =
        plan(
            "host,release,edition,activated,password,\nhv1,2022,datacenter,yes,hunter2,x\n",
            "vm,host,release,edition,notes\nvm1,hv1,2019,standard,hunter3\n");
    assertTrue(run.out().contains("not used: password, column 6 without a name."), run.out());
    assertTrue(run.out().contains("vms.csv: not used: notes."), run.out());
    assertFalse(run.out().contains("hunter"), run.out());
    assertFalse(Run.avma("plan", folder.toString()).out().contains("hunter"));
  }

  @Test
  void buildsAndSkusSayWhatReleaseAndEditionWouldHaveSaid() throws IOException {
    String[][] cells = {
      {"10.0.20348.2340", "8", "Windows Server 2022 Datacenter"},
      {"20348", "7", "Windows Server 2022 Standard"},
      {"17763", "7", "Windows Server 2019 Standard"},
      {"17763", "145", "Windows Server, version 1809 Datacenter"},
      {"6.3.9600", "50", "Windows Server 2012 R2 Essentials"},
      {"26100", "407", "Windows Server 2025 Datacenter: Azure Edition"},
      {"20348", "80", "Windows Server 2022 Datacenter (evaluation)"},
      {"9200", "8", "Windows Server before 2012 R2 (build 9200)"},
    };
    for (String[] cell : cells) {
      String vms = "vm,host,build,sku\nvm1,hv1," + cell[0] + "," + cell[1] + "\n";
      assertEquals(cell[2], vm(plan(HOSTS, vms)).get("guest"));
    }
  }

  @Test
  void theSystemMayBeNamedAsDataExchangeNamesIt() throws IOException {
    String[][] names = {
      {"Windows Server 2022 Datacenter", "Windows Server 2022 Datacenter"},
      {"Windows Server 2012 R2 Standard", "Windows Server 2012 R2 Standard"},
      {"Microsoft Windows Server 2019 Essentials", "Windows Server 2019 Essentials"},
      {
        "Windows Server 2022 Datacenter: Azure Edition",
        "Windows Server 2022 Datacenter: Azure Edition"
      },
      {
        "Windows Server 2022 Datacenter Azure Edition",
        "Windows Server 2022 Datacenter: Azure Edition"
      },
      {"Windows Server 2019 Standard Evaluation", "Windows Server 2019 Standard (evaluation)"},
      {"Windows Server 2008 R2 Enterprise", "Windows Server 2008 R2 Enterprise"},
      {"Windows Server 2012 Standard", "Windows Server 2012 Standard"},
      {"Windows 11 Pro", "Windows 11 Pro"},
      {"windows-client", "Windows client"},
      {"Ubuntu 22.04", "Ubuntu 22.04"},
      {"Red Hat Enterprise Linux 9", "Red Hat Enterprise Linux 9"},
      {"linux", "linux"},
      {"unknown", "unknown system"},
      {"windows-server", "unknown system"},
      {"", "unknown system"},
    };
    for (String[] name : names) {
      String vms = "vm,host,system\nvm1,hv1," + name[0] + "\n";
      assertEquals(name[1], vm(plan(HOSTS, vms)).get("guest"), name[0]);
    }
    String semiAnnual = "vm,host,system,build,sku\nvm1,hv1,Windows Server Datacenter,18363,145\n";
    assertEquals(
        "Windows Server, version 1909 Datacenter", vm(plan(HOSTS, semiAnnual)).get("guest"));
    String client = "vm,host,system,build\nvm1,hv1,Windows 11,22631\n";
    assertEquals("Windows 11", vm(plan(HOSTS, client)).get("guest"));
  }

  @Test
  void anEmptyCellIsUnknownAndMakesTheAnswerOpen() throws IOException {
    String vms =
        "vm,host,release,edition,data_exchange,shielded,key\nvm1,hv1,2019,standard,,,4GF74\n";
    Run run = plan(HOSTS, vms);
    assertEquals("undetermined", vm(run).get("verdict"));
    assertEquals("open", vm(run).get("status"));
    Run.avma("plan", folder.toString(), "--fail-on-findings").exits(3);
    Map<String, Object> nobody = vm(plan("host\nhv1\n", VMS));
    assertEquals("undetermined", nobody.get("verdict"));
  }

  @Test
  void hostsOfEveryPlatformAreUnderstood() throws IOException {
    String[][] hosts = {
      {"azure-local,,,2022", "supported"},
      {"azure-local,,,subscription", "supported"},
      {"azure-local,,,key 2019", "supported"},
      {"azure-local,,,subscription-lapsed", "unsupported"},
      {"azure-local,,,none", "unsupported"},
      {"azure-local,,,", "undetermined"},
      {"azure-local,,,subscription-unknown", "undetermined"},
      {"azure-stack-hub,,,", "supported"},
      {"hyper-v-server,2019,,", "unsupported"},
      {"other-hypervisor,,,", "unsupported"},
      {"VMware,,,", "unsupported"},
      {"azure,,,", "unsupported"},
      {",2012,datacenter,", "unsupported"},
      {",2022,datacenter,", "supported"},
      {"windows-server,2022,standard,", "unsupported"},
      {",,,", "undetermined"},
      {"unknown,,,", "undetermined"},
    };
    for (String[] host : hosts) {
      String csv =
          "host,platform,release,edition,azure_local_license,activated\nhv1," + host[0] + ",yes\n";
      assertEquals(host[1], vm(plan(csv, VMS)).get("verdict"), host[0]);
    }
    for (String[] sku : new String[][] {{"42", "unsupported"}, {"8", "supported"}}) {
      String csv = "host,build,sku,activated\nhv1,20348," + sku[0] + ",yes\n";
      assertEquals(sku[1], vm(plan(csv, VMS)).get("verdict"), sku[0]);
    }
  }

  @Test
  void twoMachinesMayHaveOneNameIfTheirIdentifiersTellThemApart() throws IOException {
    String a = "11111111-1111-1111-1111-111111111111";
    String b = "22222222-2222-2222-2222-222222222222";
    plan(HOSTS, "vm,host,vm_id\nDC01,hv1," + a + "\ndc01,hv1," + b + "\n").exits(0);
  }

  @Test
  void formulasEscapeSequencesAndOverridesComeOutHarmless() throws IOException {
    String hostile =
        "=cmd|' /C calc'!A0,hv1,\u001B]0;x\u0007\n@SUM(1),hv1,\u202Etxt.exe\n-1+1,hv1,\u200B\n";
    plan(HOSTS, "vm,host,tenant\n" + hostile).exits(0);
    for (Run run : new Run[] {run(), Run.avma("plan", folder.toString())}) {
      String all = run.exits(0).out() + run.err();
      assertTrue(
          all.codePoints()
              .allMatch(
                  c ->
                      c == '\n'
                          || (Character.getType(c) != Character.CONTROL
                              && Character.getType(c) != Character.FORMAT)),
          all);
      assertTrue(all.contains("\\u{1B}") || all.contains("\\\\u{1B}"), all);
    }
    // What a spreadsheet would take for a formula never begins a line.
    String text = Run.avma("plan", folder.toString()).out();
    assertTrue(text.contains("=cmd"), text);
  }

  private Run plan(String hosts, String vms) throws IOException {
    write("hosts.csv", hosts.getBytes(StandardCharsets.UTF_8));
    write("vms.csv", vms.getBytes(StandardCharsets.UTF_8));
    return run();
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private Run run() {
    return Run.avma("plan", folder.toString(), "--json");
  }

  private static Map<String, Object> vm(Run run) {
    return run.exits(0).objects("vm").get(0);
  }
}
