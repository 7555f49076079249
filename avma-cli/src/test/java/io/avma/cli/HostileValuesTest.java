package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.sim.SimulatedDatacenter;
import io.avma.transport.TransportException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tenants write reaches neither terminal nor spreadsheet nor file as more than text. */
@Timeout(120)
class HostileValuesTest {
  private static final Pattern ESCAPE = Pattern.compile("\\\\u\\{([0-9A-F]+)\\}");

  /** What a guest may write into its pool, each a value and a key. */
  private static final List<String> HOSTILE =
      List.of(
          "=cmd|' /C calc'!A0",
          "+1,\"2\"; 3",
          "one\ntwo\r\nthree\tfour",
          "\u202Egnp.exe\u2066\u200B",
          "\u0085\u2028\u2029\u009B31m",
          "</VALUE></PROPERTY></INSTANCE><INSTANCE CLASSNAME=\"Msvm_KvpExchangeDataItem\">",
          "]]>&lt;&#27;&amp;amp;",
          "&#x0;&#1;&unknown;",
          "\\u{1B}[2J", // not an escape of ours
          "\uD83D\uDE00 \u6F22",
          " leading and trailing ");

  @TempDir Path folder;

  private ServedHosts served() throws Exception {
    Path fleet = Files.createDirectory(folder.resolve("fleet"));
    Files.writeString(
        fleet.resolve("hosts.csv"), "host,release,edition,activated\nh,2022,datacenter,yes\n");
    Files.writeString(
        fleet.resolve("vms.csv"),
        """
        vm,host,release,edition,key
        web,h,2022,standard,78VHK
        db,h,2022,standard,
        app,h,2022,standard,
        mail,h,2022,standard,
        last,h,2022,standard,
        """);
    return ServedHosts.of(fleet, folder);
  }

  private static void write(SimulatedDatacenter datacenter, String vm, List<KvpItem> items) {
    try {
      datacenter.guest(vm).pools().putAll(KvpPool.GUEST, items);
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  private static List<KvpItem> hostile() {
    List<KvpItem> items = new ArrayList<>();
    for (int i = 0; i < HOSTILE.size(); i++) {
      items.add(new KvpItem(i + HOSTILE.get(i), HOSTILE.get(i)));
    }
    items.add(new KvpItem("long", "<&\u6F22>".repeat(204)));
    return items;
  }

  /** Undoes the one escape there is. */
  private static String plain(Object shown) {
    return ESCAPE
        .matcher(String.valueOf(shown))
        .replaceAll(
            found ->
                java.util.regex.Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(found.group(1), 16))));
  }

  private static void assertHarmless(String text) {
    text.codePoints()
        .filter(c -> c != '\n')
        .forEach(
            c -> {
              int type = Character.getType(c);
              assertFalse(
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR
                      || type == Character.SURROGATE,
                  () -> "U+" + Integer.toHexString(c) + " in:\n" + text);
            });
  }

  @Test
  void everyItemIsToldAndNoneDoesMore() throws Exception {
    try (ServedHosts hosts = served()) {
      hosts.change(datacenter -> write(datacenter, "web", hostile()));
      Run json = hosts.run("kvp", hosts.url(), "--json").exits(0);
      assertHarmless(json.out());
      assertEquals(
          hostile().stream().sorted(Comparator.comparing(KvpItem::key)).toList(),
          json.objects("host-item").stream()
              .filter(item -> item.get("source").equals("guest-written"))
              .filter(item -> !String.valueOf(item.get("key")).startsWith("Avma"))
              .map(item -> new KvpItem(plain(item.get("key")), plain(item.get("value"))))
              .sorted(Comparator.comparing(KvpItem::key))
              .toList());
      assertEquals(5, json.objects("host-vm").size());
      Run table = hosts.run("kvp", hosts.url()).exits(0);
      assertHarmless(table.out() + table.err());
      String squeezed = table.out().replaceAll("\\s+", "");
      for (String shown :
          List.of(
              "=cmd|'/Ccalc'!A0",
              "one\\u{A}two\\u{D}\\u{A}three\\u{9}four",
              "\\u{202E}gnp.exe\\u{2066}\\u{200B}",
              "\\u{85}\\u{2028}\\u{2029}\\u{9B}31m",
              "\\u{5C}u{1B}[2J",
              "&#x0;&#1;&unknown;",
              "<&\u6F22>".repeat(204))) {
        assertTrue(squeezed.contains(shown), () -> "not in the table: " + shown);
      }
      assertEquals(
          1,
          table.out().lines().filter(line -> line.contains("'web'")).count(),
          "a machine begins once");
    }
  }

  /** A file that a spreadsheet may open holds none of what a guest says of its own system. */
  @Test
  void theSystemThatAGuestClaimsIsAWordOfOurs() throws Exception {
    try (ServedHosts hosts = served()) {
      hosts.change(
          datacenter -> {
            for (String system : List.of("=cmd|' /C calc'!A0", "Win\u202Edows\n\u001B[2J,\"x")) {
              var guest =
                  datacenter
                      .host("h")
                      .create(
                          "claims-" + system.length(),
                          GuestProfile.of(new GuestSystem.NotWindows(system)));
              guest.start();
            }
          });
      hosts.run("inventory", hosts.url(), "--out", folder.toString()).exits(0);
      String vms = Files.readString(folder.resolve("vms.csv"));
      assertHarmless(vms);
      assertEquals(
          2,
          vms.lines()
              .filter(
                  row ->
                      row.matches(
                          "claims-1[68],[0-9A-F-]{36},127\\.0\\.0\\.1,other,,,,yes,running"))
              .count(),
          vms);
    }
  }

  /**
   * One machine's item, or all of the machine, cannot be read; the transport decides how much. A
   * host that writes a character XML does not have, by number or as it is, damages more than one
   * item.
   */
  @ParameterizedTest
  @CsvSource({
    "&amp;#27;, true",
    "&amp;#xD800;, true",
    "&amp;#0;, true",
    "&lt;/VALUE&gt;&lt;VALUE&gt;, true",
    "&#1;, false",
    "CONTROL, false",
    "&unknown;, false"
  })
  void aMachineWithUnreadableItemsIsNamedAndHidesNoOther(String written, boolean oneItem)
      throws Exception {
    try (ServedHosts hosts = served();
        HostFront front = HostFront.handingOn(hosts.url())) {
      hosts.change(
          datacenter ->
              write(
                  datacenter,
                  "db",
                  List.of(new KvpItem("bad", "<MARK>"), new KvpItem("good", "sound"))));
      front.answers =
          text ->
              text.replace("&amp;lt;MARK&amp;gt;", written.equals("CONTROL") ? "\u0001" : written);
      String id = hosts.told(datacenter -> datacenter.guest("db").vm().toString());
      Run run = hosts.run("kvp", front.url(), "--json").exits(3);
      List<Map<String, Object>> vms = run.objects("host-vm");
      assertEquals(5, vms.size());
      for (Map<String, Object> vm : vms) {
        boolean mine = vm.get("vm_id").equals(id);
        assertEquals(!mine || oneItem, vm.get("read"), vm::toString);
        assertEquals(mine && oneItem, !((List<?>) vm.get("problems")).isEmpty(), vm::toString);
        assertEquals(mine && !oneItem ? "damaged" : null, vm.get("reason"));
      }
      assertTrue(
          run.err().lines().anyMatch(line -> line.contains(id)), () -> "not named: " + run.err());
      assertEquals(
          oneItem,
          run.objects("host-item").stream().anyMatch(item -> item.get("value").equals("sound")));
      assertEquals(
          4,
          run.objects("host-item").stream()
              .filter(item -> !item.get("vm_id").equals(id))
              .map(item -> item.get("vm_id"))
              .distinct()
              .count());
    }
  }

  @Test
  void eventsAreEscapedToo() throws Exception {
    try (ServedHosts hosts = served();
        HostFront front = HostFront.handingOn(hosts.url())) {
      front.answers =
          text ->
              text.replace("simulated vm=", "&#13;&#10;2026 fake&#9;=1\u202E\u009B31m&lt;/x&gt;");
      Run json = hosts.run("events", front.url(), "--json").exits(0);
      assertHarmless(json.out());
      assertTrue(
          json.objects("event").stream()
              .map(event -> plain(event.get("data")))
              .anyMatch(data -> data.contains("\r\n2026 fake\t=1\u202E\u009B31m</x>")),
          json.out());
      Run text = hosts.run("events", front.url()).exits(0);
      assertHarmless(text.out() + text.err());
      assertTrue(
          text.out().contains("\\u{D}\\u{A}2026 fake\\u{9}=1\\u{202E}\\u{9B}31m"), text.out());
      assertFalse(text.out().lines().anyMatch(line -> line.startsWith("2026 fake")), text.out());
    }
  }
}
