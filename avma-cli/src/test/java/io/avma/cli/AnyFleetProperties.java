package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever the files hold: an answer or a refusal, never a bug, and never a control character. */
class AnyFleetProperties {
  private static final String HOSTS = "host,release,edition,activated\nhv1,2022,datacenter,yes\n";
  private static Path folder;

  @AfterContainer
  static void removeFiles() throws IOException {
    if (folder != null) {
      Files.deleteIfExists(folder.resolve("hosts.csv"));
      Files.deleteIfExists(folder.resolve("vms.csv"));
      Files.deleteIfExists(folder);
    }
  }

  @Property(tries = 300)
  void anyBytesAreAnsweredOrRefused(@ForAll @Size(max = 400) byte[] bytes) {
    answered(bytes, "vm,host\na,hv1\n".getBytes(StandardCharsets.UTF_8));
    answered(HOSTS.getBytes(StandardCharsets.UTF_8), bytes);
  }

  @Property(tries = 500)
  void anyCellsAreAnsweredOrRefused(@ForAll("rows") List<List<String>> rows) {
    StringBuilder vms =
        new StringBuilder(
            "vm,vm_id,host,tenant,system,release,build,edition,sku,evaluation,data_exchange,"
                + "shielded,key,state\n");
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        vms.append(i == 0 ? "" : ",").append('"').append(row.get(i).replace("\"", "\"\""));
        vms.append('"');
      }
      vms.append('\n');
    }
    answered(
        HOSTS.getBytes(StandardCharsets.UTF_8), vms.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<List<List<String>>> rows() {
    Arbitrary<String> cell =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                12,
                Arbitraries.of(
                    "",
                    "hv1",
                    "2019",
                    "2012 R2",
                    "2012",
                    "standard",
                    "datacenter",
                    "yes",
                    "no",
                    "17763",
                    "8",
                    "80",
                    "none",
                    "4GF74",
                    "TNK62-RXVTB-4P47B-2D623-4GF74",
                    "N69G4-B89J2-4G8F4-WWYCC-J464C",
                    "Windows 11",
                    "linux",
                    "Windows Server 2022 Datacenter")),
            net.jqwik.api.Tuple.of(1, Arbitraries.strings().ofMaxLength(12)));
    Arbitrary<List<String>> row =
        cell.list()
            .ofSize(13)
            .map(
                cells -> {
                  List<String> whole = new java.util.ArrayList<>(cells);
                  whole.add(2, "hv1");
                  return whole;
                });
    return row.list().ofMaxSize(4);
  }

  private static void answered(byte[] hosts, byte[] vms) {
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("avma-any-fleet");
      }
      Files.write(folder.resolve("hosts.csv"), hosts);
      Files.write(folder.resolve("vms.csv"), vms);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String[] args :
        new String[][] {{"plan", folder.toString()}, {"plan", folder.toString(), "--json"}}) {
      Run run = Run.avma(args);
      assertTrue(run.code() == 0 || run.code() == 2, () -> run.code() + "\n" + run.err());
      assertEquals(run.code() == 0, run.err().isEmpty(), run.err());
      String all = run.out() + run.err();
      assertTrue(
          all.codePoints().allMatch(c -> c == '\n' || Character.getType(c) != Character.CONTROL),
          all);
      if (args.length == 3) {
        assertTrue(run.objects().stream().allMatch(object -> object.get("v").equals(1L)));
      }
    }
  }
}
