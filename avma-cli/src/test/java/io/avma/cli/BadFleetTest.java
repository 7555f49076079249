package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.KeyCatalog;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetReader;
import io.avma.cli.input.CsvFile;
import io.avma.cli.input.InputException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be planned is refused: exit code 2, file, line and column, a remedy, no output. */
class BadFleetTest {
  private static final String HOSTS = "host,release,edition,activated\nhv1,2022,datacenter,yes\n";
  private static final String VMS = "vm,host,release,edition,key\nvm1,hv1,2019,standard,4GF74\n";

  @TempDir Path folder;

  @Test
  void anUnknownReleaseIsRefusedWithItsPlaceAndTheReleasesThereAre() throws IOException {
    refused(HOSTS, VMS.replace("2019", "2018"), "vms.csv:2:3: column 'release': '2018' is not");
    assertTrue(run().err().contains("2012 R2, 2016, 1709"), run().err());
    refused(HOSTS.replace("2022", "2023"), VMS, "hosts.csv:2:2: column 'release': '2023' is not");
  }

  @Test
  void everyColumnRefusesWhatItDoesNotUnderstand() throws IOException {
    String[][] vms = {
      {"release", "2018"},
      {"release", "2106"},
      {"build", "new"},
      {"edition", "web"},
      {"sku", "seven"},
      {"sku", "-7"},
      {"activated", "soon"},
      {"evaluation", "maybe"},
      {"data_exchange", "perhaps"},
      {"shielded", "2"},
      {"system", "Solaris 11"},
      {"vm_id", "{1234}"}
    };
    for (String[] cell : vms) {
      String csv = "vm,host," + cell[0] + "\nvm1,hv1," + cell[1] + "\n";
      refused(HOSTS, csv, "vms.csv:2:3: column '" + cell[0] + "': '" + cell[1] + "' is not");
    }
    String[][] hosts = {
      {"platform", "parallels"},
      {"release", "eleven"},
      {"build", "1"},
      {"edition", "hyper"},
      {"sku", "x"},
      {"hyper_v_role", "partly"},
      {"activated", "soon"},
      {"evaluation", "x"},
      {"channel", "gift"},
      {"nested_in_azure", "x"},
      {"azure_local_license", "2003"},
      {"processors", "0"},
      {"processors", "-1"},
      {"cores", "many"},
      {"cores", "99999999999"}
    };
    for (String[] cell : hosts) {
      String csv = "host," + cell[0] + "\nhv1," + cell[1] + "\n";
      refused(csv, VMS, "hosts.csv:2:2: column '" + cell[0] + "': '" + cell[1] + "' is not");
    }
  }

  @Test
  void columnsThatContradictEachOtherAreRefused() throws IOException {
    refused(HOSTS, "vm,host,release,build\na,hv1,2019,20348\n", "vms.csv:2:4: column 'build'");
    refused(HOSTS, "vm,host,edition,sku\na,hv1,standard,8\n", "vms.csv:2:4: column 'sku'");
    refused(
        HOSTS,
        "vm,host,release,system\na,hv1,2019,Windows Server 2022 Standard\n",
        "vms.csv:2:4: column 'system'");
  }

  @Test
  void machinesThatStandTwiceAreRefused() throws IOException {
    refused(HOSTS, "vm,host\na,hv1\nb,hv1\nA,hv1\n", "vms.csv:4:1: the virtual machine 'A' stands");
    String id = "11111111-1111-1111-1111-111111111111";
    refused(
        HOSTS,
        "vm,host,vm_id\na,hv1," + id + "\nb,hv1," + id + "\n",
        "vms.csv:3:3: the identifier " + id + " stands in line 2 too.");
    refused(HOSTS, "vm,host,vm_id\na,hv1," + id + "\na,hv1,\n", "vms.csv:3:1: ");
    refused(HOSTS, "vm,host,vm_id\na,hv1,\na,hv1," + id + "\n", "vms.csv:3:1: ");
    refused(HOSTS + "HV1,2019,datacenter,yes\n", VMS, "hosts.csv:3:1: the host 'hv1' stands");
  }

  @Test
  void aMachineOnAHostThatIsNotThereIsRefused() throws IOException {
    refused(HOSTS, "vm,host\na,hv2\n", "vms.csv:2:2: the host 'hv2' is not in");
    refused(HOSTS, "vm,host\na,hv1.corp.example\n", "vms.csv:2:2: the host 'hv1.corp.example'");
    assertTrue(run().err().contains("Did you mean 'hv1'?"));
    String tooLong = "h".repeat(256); // once the machine vanished from the plan without a word
    refused(HOSTS, "vm,host\na," + tooLong + "\n", "vms.csv:2:2: the host's name has 256");
    refused(HOSTS, "vm,host\na,\n", "vms.csv:2:2: column 'host' is empty.");
    refused(HOSTS, "vm,host\n,hv1\n", "vms.csv:2:1: column 'vm' is empty.");
    refused("host\n" + "h".repeat(256) + "\n", VMS, "hosts.csv:2:1: the name has 256");
  }

  @Test
  void aFileThatWasCutOffIsRefused() throws IOException {
    refused(HOSTS, VMS + "vm2\n", "vms.csv:3:2: the row has 1 cell (expected: 5).");
    refused(HOSTS, VMS + "vm2,hv1,20", "vms.csv:3:4: the row has 3 cells (expected: 5).");
    refused(HOSTS, VMS + "\"vm2,hv1", "vms.csv:3: the row that begins here is not CSV");
    refused(HOSTS, VMS + "\"vm2\"x,hv1,,,\n", "vms.csv:3: the row that begins here is not CSV");
    refused(HOSTS, VMS + "vm2,hv1,,,,,,\n", "vms.csv:3:6: the row has 8 cells (expected: 5).");
  }

  @Test
  void aFileThatHasNoTableIsRefused() throws IOException {
    refused("", VMS, "hosts.csv: is empty.");
    refused("host\n", VMS, "hosts.csv: names no host.");
    refused("name,release\nhv1,2022\n", VMS, "hosts.csv:1: the column 'host' is missing.");
    refused(HOSTS, "vm,release\na,2022\n", "vms.csv:1: the column 'host' is missing.");
    refused(HOSTS, "vm,host,VM\na,hv1,b\n", "vms.csv:1:3: the column 'vm' stands here and in");
    refused(HOSTS, "<html><body>Sign in</body></html>\n", "vms.csv:1: the column 'vm' is missing");
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirPlace() throws IOException {
    write("hosts.csv", HOSTS.getBytes(StandardCharsets.UTF_8));
    byte[] latin1 = (VMS + "M\u00FCller,hv1,,,\n").getBytes(StandardCharsets.ISO_8859_1);
    write("vms.csv", latin1);
    int offset = VMS.length() + 1;
    complained(run(), "vms.csv:3: the byte at offset " + offset + " is not UTF-8.");
    write("vms.csv", VMS.getBytes(StandardCharsets.UTF_16LE));
    complained(run(), "vms.csv:1: holds a NUL, so it is binary, or UTF-16 without");
    write("vms.csv", new byte[] {0x50, 0x4B, 3, 4, 20, 0, 6, 0, 8, 0}); // a workbook renamed
    complained(run(), "vms.csv:1: holds a NUL");
    byte[] cut = ("\uFEFF" + VMS).getBytes(StandardCharsets.UTF_16LE);
    write("vms.csv", Arrays.copyOf(cut, cut.length - 1));
    complained(run(), "vms.csv:2: the byte at offset");
    write("vms.csv", ("vm,host\n" + "a".repeat(5000) + ",hv1\n").getBytes(StandardCharsets.UTF_8));
    complained(run(), "vms.csv:2:1: the cell has 5000 characters (expected: at most 4096).");
    write("vms.csv", ("vm,host" + ",".repeat(300) + "\n").getBytes(StandardCharsets.UTF_8));
    complained(run(), "vms.csv:1:201: the row has more than 200 cells.");
    write("vms.csv", ("vm,host\n\"" + "a\n".repeat(90_000)).getBytes(StandardCharsets.UTF_8));
    complained(run(), "vms.csv:2: the row that begins here is not CSV");
  }

  @Test
  void aLineOfAHundredMegabytesIsRefusedAtOnce() throws IOException {
    write("hosts.csv", HOSTS.getBytes(StandardCharsets.UTF_8));
    byte[] block = new byte[1024 * 1024];
    Arrays.fill(block, (byte) 'x');
    try (OutputStream out = Files.newOutputStream(folder.resolve("vms.csv"))) {
      for (int i = 0; i < 100; i++) {
        out.write(block);
      }
    }
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    complained(run(), "vms.csv:1: the line has more than 65536 characters.");
    long grown = runtime.totalMemory() - runtime.freeMemory() - before;
    assertTrue(grown < 50_000_000, () -> grown + " bytes more are held than before");
  }

  /** Cells that were kept for nobody once filled the memory of any machine. */
  @Test
  void theMemoryThatAFleetTakesIsBounded() throws IOException {
    write("hosts.csv", HOSTS.getBytes(StandardCharsets.UTF_8));
    long rows = FleetReader.MOST_CHARACTERS / CsvFile.LONGEST_CELL + 10;
    manyRows("vm,host,rack,tenant\n", "a".repeat(CsvFile.LONGEST_CELL), rows);
    complained(
        run(), "vms.csv:15591: up to here the columns that are used hold more than 64000000");
    Runtime runtime = Runtime.getRuntime();
    manyRows("vm,host,tenant,rack\n", "a".repeat(CsvFile.LONGEST_CELL), 5_000);
    Fleet fleet = read();
    assertEquals(5_000, fleet.vms().size());
    runtime.gc();
    long with = runtime.totalMemory() - runtime.freeMemory();
    assertEquals(1, fleet.hosts().size());
    fleet = null;
    runtime.gc();
    long without = runtime.totalMemory() - runtime.freeMemory();
    assertTrue(with - without < 10_000_000, () -> with - without + " bytes are held");
  }

  private Fleet read() {
    try {
      return FleetReader.read(folder, KeyCatalog.standard());
    } catch (InputException e) {
      throw new AssertionError(e);
    }
  }

  private void manyRows(String header, String cell, long rows) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("vms.csv"))) {
      out.write(header);
      for (long i = 0; i < rows; i++) {
        out.write("vm" + i + ",hv1,," + cell + "\n");
      }
    }
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    complained(Run.avma("plan", folder.resolve("x").toString()), "x: is not there. Give the");
    complained(run(), "hosts.csv: is not there.");
    write("hosts.csv", HOSTS.getBytes(StandardCharsets.UTF_8));
    complained(run(), "vms.csv: is not there. docs/fleet-files.md says");
    Files.createDirectory(folder.resolve("vms.csv"));
    complained(run(), "vms.csv: cannot be read.");
    complained(
        Run.avma("plan", folder.resolve("hosts.csv").toString()), "hosts.csv: is no directory.");
  }

  @Test
  void allThatIsWrongIsSaidAtOnceUpToTwentyComplaints() throws IOException {
    StringBuilder vms = new StringBuilder("vm,host,release\n");
    for (int i = 0; i < 30; i++) {
      vms.append("vm").append(i).append(",hv1,1066\n");
    }
    write("hosts.csv", HOSTS.replace("2022", "1815").getBytes(StandardCharsets.UTF_8));
    write("vms.csv", vms.toString().getBytes(StandardCharsets.UTF_8));
    List<String> lines = run().exits(2).err().lines().toList();
    assertEquals(21, lines.size());
    assertTrue(lines.get(0).contains("hosts.csv:2:2"), lines.get(0));
    assertTrue(lines.get(19).contains("vms.csv:20:3"), lines.get(19));
    assertTrue(lines.get(20).contains("reading stopped after 20 complaints"), lines.get(20));
  }

  @Test
  void aCellInAComplaintIsEscapedCutAndHoldsNoKey() throws IOException {
    String key = "B69WH-PRNHK-BXVK3-P9XF7-XD84C";
    refused(HOSTS, "vm,host,release\na,hv1,\u001B[2J" + "x".repeat(500) + "\n", "vms.csv:2:3: ");
    assertTrue(run().err().contains("\\u{1B}[2J"), run().err());
    assertTrue(run().err().length() < 400, run().err());
    refused(HOSTS, "vm,host,release\na,hv1," + key + "\n", "vms.csv:2:3: ");
    assertFalse(run().err().contains("PRNHK"), run().err());
  }

  private void refused(String hosts, String vms, String complaint) throws IOException {
    write("hosts.csv", hosts.getBytes(StandardCharsets.UTF_8));
    write("vms.csv", vms.getBytes(StandardCharsets.UTF_8));
    complained(run(), complaint);
  }

  private static void complained(Run run, String complaint) {
    run.exits(2);
    assertEquals("", run.out());
    assertTrue(run.err().contains(complaint), () -> complaint + "\n" + run.err());
    assertFalse(run.err().contains("Exception"), run.err());
  }

  private Run run() {
    return Run.avma("plan", folder.toString());
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }
}
