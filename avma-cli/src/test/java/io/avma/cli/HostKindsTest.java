package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.sim.GuestImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of all that a host shows beside its machines, the inventory has the machines. */
@Timeout(120)
class HostKindsTest {
  @TempDir Path folder;

  private static Map<String, String> rows(Path file, int key, int... columns) throws Exception {
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      StringBuilder row = new StringBuilder();
      for (int column : columns) {
        row.append(cells[column]).append(' ');
      }
      rows.merge(cells[key], row.toString().strip(), (a, b) -> a + " and " + b);
    }
    return rows;
  }

  @Test
  void replicasCopiesCheckpointsAndHostsAreToldApart() throws Exception {
    Path fleet = Files.createDirectory(folder.resolve("fleet"));
    Files.writeString(
        fleet.resolve("hosts.csv"),
        """
        host,cluster,release,edition
        h1,C,2022,datacenter
        h2,,2022,datacenter
        h3,,2022,datacenter
        """);
    Files.writeString(
        fleet.resolve("vms.csv"),
        """
        vm,host,release,edition
        web,h1,2022,standard
        db,h1,2022,standard
        app,h1,2022,standard
        lost,h3,2022,standard
        """);
    try (ServedHosts hosts = ServedHosts.of(fleet, folder)) {
      hosts.change(
          datacenter -> {
            var h2 = datacenter.host("h2");
            datacenter.guest("web").replicateTo(h2);
            datacenter.guest("web").testReplica("web test");
            datacenter.guest("db").cloneTo(h2, "db copy");
            GuestImage unused = datacenter.guest("app").checkpoint();
            datacenter.guest("app").save();
            datacenter.host("h3").fail();
          });
      Run run =
          hosts
              .run(
                  "inventory",
                  "--hosts",
                  hosts.hosts().toString(),
                  "--out",
                  folder.toString(),
                  "--json")
              .exits(3);
      assertEquals(
          List.of("h1 true null", "h2 true null", "h3 false unreachable"),
          run.objects("asked-host").stream()
              .map(h -> h.get("host") + " " + h.get("answered") + " " + h.get("reason"))
              .toList());
      Map<String, String> ids = new TreeMap<>();
      for (String name : List.of("web", "db", "app", "web test")) {
        ids.put(name, hosts.told(datacenter -> datacenter.guest(name).vm().toString()));
      }
      Map<String, String> expected = new TreeMap<>();
      expected.put(ids.get("web"), "web h1 running");
      expected.put(ids.get("db"), "db h1 running");
      expected.put(ids.get("app"), "app h1 saved");
      expected.put(ids.get("web test"), "web test h2 running");
      assertEquals(expected, rows(folder.resolve("vms.csv"), 1, 0, 2, 8));
      assertEquals(Map.of("h1", "C", "h2", ""), rows(folder.resolve("hosts.csv"), 0, 1));
      for (String twice : List.of("web", "db")) {
        assertTrue(
            run.err().contains(ids.get(twice) + " stands on h1 and on h2; written for h1."),
            run.err());
      }
      assertEquals(
          6, // on h2 the replica and the copy once more; no checkpoint, recovery point or host
          run.objects("host-vm").size());
    }
    assertTrue(Run.avma("plan", folder.toString()).code() < 2);
  }
}
