package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.cli.fleet.FleetColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents say what is printed and read, no more and no less. */
class DocumentationTest {
  private static final Path ROOT = Path.of(System.getProperty("avma.root", ".."));
  private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

  @TempDir Path folder;

  @Test
  void everyFieldOfEveryJsonObjectIsDocumentedAndNoOther() throws Exception {
    Map<String, Set<String>> printed = new TreeMap<>();
    for (Run run : runs()) {
      for (Map<String, Object> object : run.objects()) {
        assertEquals(List.of("v", "type"), List.copyOf(object.keySet()).subList(0, 2));
        Set<String> fields =
            printed.computeIfAbsent((String) object.get("type"), unused -> new TreeSet<>());
        collect("", object, fields);
        fields.removeAll(Set.of("v", "type"));
      }
    }
    assertEquals(documented(), printed);
  }

  private List<Run> runs() throws Exception {
    String fleet = ROOT.resolve("samples/fleet").toString();
    Path file = folder.resolve("unattend.xml");
    Files.writeString(
        file,
        "<unattend xmlns=\"urn:schemas-microsoft-com:unattend\"><settings pass=\"windowsPE\">"
            + "<component name=\"Microsoft-Windows-Setup\" processorArchitecture=\"amd64\">"
            + "<UserData><ProductKey><Key>W3GNR-8DDXR-2TFRP-H8P33-DV9BG</Key></ProductKey>"
            + "</UserData></component></settings></unattend>");
    List<String[]> lines = new ArrayList<>();
    lines.add(new String[] {"keys"});
    lines.add(
        new String[] {"key", "N69G4-B89J2-4G8F4-WWYCC-J464C", "N69G4-B89J2-4G8F4-WWYCC-J464D"});
    lines.add(new String[] {"check", "--host", "2016/standard", "--guest", "2019/standard"});
    lines.add(new String[] {"install-key", "--guest", "2022/datacenter"});
    lines.add(new String[] {"install-key", "--guest", "2022/essentials"});
    lines.add(
        new String[] {
          "install-key", "--guest", "2022/datacenter", "--answer-file", file.toString()
        });
    lines.add(new String[] {"plan", fleet, "--drain", "hv-n1"});
    lines.add(new String[] {"simulate", fleet, "--days", "9", "--migrate", "lk-fs01=hv-n3@1"});
    lines.add(new String[] {"simulate", "--preset", "license-lost", "--trace"});
    lines.add(new String[] {"simulate", "--runs", "1"});
    Path log = folder.resolve("log.xml");
    Files.writeString(
        log,
        "<Event><System><EventRecordID>1</EventRecordID></System><EventData><Data>x</Data>"
            + "</EventData></Event><Event><System><EventRecordID>3</EventRecordID></System></Event>"
            + "<Event>");
    lines.add(new String[] {"events", "--all", log.toString()});
    String pools = KvpPools.damaged(folder).toString();
    lines.add(new String[] {"kvp", "show", "--dir", pools});
    lines.add(new String[] {"kvp", "get", "a", "--pool", "guest", "--dir", pools});
    lines.add(new String[] {"kvp", "put", "b", "2", "--dir", pools});
    List<Run> runs = new ArrayList<>();
    runs.add(KvpPools.watching(Path.of(pools), "--json"));
    for (String[] line : lines) {
      String[] args = java.util.Arrays.copyOf(line, line.length + 1);
      args[line.length] = "--json";
      runs.add(Run.avma(args));
    }
    try (ServedHosts hosts = ServedHosts.of(ROOT.resolve("samples/fleet"), folder)) {
      for (String action : List.of("kvp", "doctor")) {
        runs.add(hosts.run(action, hosts.url(), "--json"));
      }
      try (HostFront front = HostFront.handingOn(hosts.url())) {
        front.answers = text -> text.replaceFirst("&lt;INSTANCE ", "&lt;BROKEN ");
        runs.add(hosts.run("kvp", front.url(), "--json"));
      }
      runs.add(hosts.run("inventory", hosts.url(), "--out", folder.toString(), "--json"));
    }
    return runs;
  }

  private static void collect(String prefix, Map<?, ?> object, Set<String> fields) {
    object.forEach(
        (name, value) -> {
          fields.add(prefix + name);
          if (value instanceof List<?> list) {
            for (Object element : list) {
              if (element instanceof Map<?, ?> map) {
                collect(prefix + name + "[].", map, fields);
              }
            }
          }
        });
  }

  private static Map<String, Set<String>> documented() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/cli.md"));
    String[] parts = text.substring(0, text.indexOf("## avma-keys.json")).split("\n### `", -1);
    Map<String, Set<String>> documented = new TreeMap<>();
    for (String part : List.of(parts).subList(1, parts.length)) {
      documented.put(part.substring(0, part.indexOf('`')), rows(part));
    }
    return documented;
  }

  private static Set<String> rows(String text) {
    Set<String> rows = new TreeSet<>();
    Matcher row = ROW.matcher(text);
    while (row.find()) {
      assertTrue(rows.add(row.group(1)), () -> "twice: " + row.group(1));
    }
    return rows;
  }

  @Test
  void everyColumnOfTheFleetFilesIsDocumentedAndNoOther() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/fleet-files.md"));
    int vms = text.indexOf("## vms.csv");
    assertEquals(
        new TreeSet<>(FleetColumns.hosts()),
        rows(text.substring(text.indexOf("## hosts.csv"), vms)));
    assertEquals(new TreeSet<>(FleetColumns.vms()), rows(text.substring(vms)));
  }

  @Test
  void everyExitCodeAndCommandIsDocumented() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/cli.md"));
    for (ExitCode code : ExitCode.values()) {
      assertTrue(text.contains("| " + code.number() + " | "), code.name());
    }
    Run.avma("--help")
        .out()
        .lines()
        .filter(line -> line.startsWith("  "))
        .map(line -> line.strip().split(" ", 2)[0])
        .forEach(command -> assertTrue(text.contains("`avma " + command), command));
  }
}
