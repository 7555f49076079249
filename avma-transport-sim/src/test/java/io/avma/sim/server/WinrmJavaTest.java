package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.realm.TestRealm;
import io.avma.transport.VmReading;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.KvpDataItemCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * MetricsHub's winrm-java asks hosts in WQL: by Kerberos over HTTPS and over HTTP with open
 * messages. It knows Kerberos and NTLM and no third; sealed messages it has with NTLM alone.
 */
@Timeout(150)
class WinrmJavaTest {
  private static final String V2 = "root\\virtualization\\v2";
  private static final String SYSTEMS =
      "SELECT Name, ElementName, EnabledState FROM Msvm_ComputerSystem";
  private static final String ITEMS =
      "SELECT SystemName, GuestExchangeItems FROM Msvm_KvpExchangeComponent";
  private static final String LINKS = "SELECT ManagedElement FROM Msvm_ElementSettingData";
  private static final String EVENTS =
      "SELECT RecordNumber, EventCode, ComputerName, TimeGenerated, User FROM Win32_NTLogEvent";

  @TempDir static Path folder;
  private static TestRealm realm;
  private static WsManServer https;
  private static WsManServer open;
  private static WsManServer strict;

  /** What was said in each session. */
  private static final List<List<ImmutableList<String>>> sessions = new ArrayList<>();

  @BeforeAll
  static void ask() throws Exception {
    realm = TestRealm.start(folder);
    String user = "READER@AVMA.INVALID"; // this client asks for its user in capitals
    realm.addUser(user, TestRealm.PASSWORD);
    https =
        server().tls(ServerKeys.make(folder, "host", "CN=localhost"), ServerKeys.PASSWORD).start();
    open = server().allowUnencrypted().start();
    strict = server().start();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(url("https", https), user, "AVMA_PASSWORD", "KERBEROS"));
    arguments.addAll(List.of(V2, SYSTEMS, V2, ITEMS, V2, LINKS, "ROOT\\CIMV2", EVENTS));
    arguments.addAll(List.of(V2, "SELECT Name FROM Msvm_Unheard"));
    arguments.addAll(List.of(V2, "SELECT Name FROM Msvm_ComputerSystem WHERE Name='nobody'"));
    arguments.addAll(List.of("command", "hostname"));
    session(arguments, url("https", https), user, "GUESS", "KERBEROS", V2, SYSTEMS);
    session(arguments, url("https", https), user, "AVMA_PASSWORD", "NTLM", V2, SYSTEMS);
    session(arguments, url("http", open), user, "AVMA_PASSWORD", "KERBEROS", V2, SYSTEMS);
    session(arguments, url("http", strict), user, "AVMA_PASSWORD", "KERBEROS", V2, SYSTEMS);
    session(arguments, url("http", strict), user, "AVMA_PASSWORD", "NTLM", V2, SYSTEMS);
    for (ImmutableList<String> line :
        ForeignProgram.run(
            "winrm-java",
            "AskByWinrmJava",
            folder,
            List.of("-Djava.security.krb5.conf=" + realm.configuration()),
            Map.of("AVMA_PASSWORD", TestRealm.PASSWORD, "GUESS", "guess"),
            arguments)) {
      if (line.get(0).equals("session")) {
        sessions.add(new ArrayList<>());
      } else {
        sessions.get(sessions.size() - 1).add(line);
      }
    }
  }

  private static WsManServerBuilder server() {
    return WsManServer.builder(ForeignDatacenter::open).kerberos(realm.keytab());
  }

  private static String url(String scheme, WsManServer server) {
    return scheme + "://localhost:" + server.endpoints().get(0).uri().getPort() + "/wsman";
  }

  private static void session(List<String> arguments, String... more) {
    arguments.add("--");
    arguments.addAll(List.of(more));
  }

  @AfterAll
  static void close() throws Exception {
    for (WsManServer server : new WsManServer[] {https, open, strict}) {
      if (server != null) {
        server.close();
      }
    }
    if (realm != null) {
      realm.close();
    }
  }

  /** The lines of a session behind the given number of answers, up to the next. */
  private static List<List<String>> answer(int session, int number) {
    List<List<String>> answer = new ArrayList<>();
    int count = -1;
    for (ImmutableList<String> line : sessions.get(session)) {
      count += line.get(0).equals("row") ? 0 : 1;
      if (count == number) {
        answer.add(line);
      }
    }
    assertFalse(answer.isEmpty(), () -> session + " " + number + " of " + sessions);
    return answer;
  }

  private static List<List<String>> rows(int session, int number) {
    List<List<String>> answer = answer(session, number);
    assertEquals("headers", answer.get(0).get(0), answer::toString);
    return answer.stream().skip(1).map(line -> line.subList(1, line.size())).toList();
  }

  private static void refused(int session, int number, String sentence) {
    List<String> line = answer(session, number).get(0);
    assertEquals("refused", line.get(0), line::toString);
    assertTrue(line.get(2).contains(sentence), line::toString);
  }

  private static List<List<String>> sorted(List<List<String>> lines) {
    return lines.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
  }

  @Test
  void findsTheHostAndItsVmsOverTls() {
    assertEquals(sorted(https.call(ForeignDatacenter::systems)), sorted(rows(0, 0)));
  }

  @Test
  void findsThemInOpenMessagesWhereThoseAreAllowed() {
    assertEquals(sorted(open.call(ForeignDatacenter::systems)), sorted(rows(3, 0)));
  }

  /** Of an array this client keeps the last value; no value is null. */
  @Test
  void readsTheItemsThatItKeeps() throws Exception {
    List<List<String>> expected = new ArrayList<>();
    List<List<String>> items = https.call(ForeignDatacenter::items);
    for (VmReading.Read vm : https.call(ForeignDatacenter::vms)) {
      String id = vm.vm().toString();
      String last =
          items.stream()
              .filter(item -> item.get(0).equals(id) && item.get(1).equals("GuestExchangeItems"))
              .reduce((one, other) -> other)
              .map(item -> item.get(2) + "=" + item.get(3))
              .orElse("null");
      expected.add(List.of(id, last));
    }
    List<List<String>> told = new ArrayList<>();
    for (List<String> row : rows(0, 1)) {
      told.add(List.of(row.get(0), row.get(1).equals("null") ? "null" : item(row.get(1))));
    }
    assertEquals(sorted(expected), sorted(told));
    assertTrue(expected.stream().anyMatch(row -> !row.get(1).equals("null")));
  }

  private static String item(String text) throws Exception {
    KvpItem item = KvpDataItemCodec.decode(text).item().orElseThrow();
    return item.key() + "=" + item.value();
  }

  /** It shows the texts inside of a reference behind one another: address, resource, keys. */
  @Test
  void showsReferencesAsTheirTexts() {
    List<List<String>> expected =
        https.call(ForeignDatacenter::vms).stream()
            .map(
                vm ->
                    List.of(
                        CimReference.ANONYMOUS
                            + CimReference.WMI
                            + "root/virtualization/v2/Msvm_KvpExchangeComponent"
                            + "Msvm_KvpExchangeComponent"
                            + "Microsoft:2A34B1C2-FD73-4043-8A5B-DD2159BC743F"
                            + "Msvm_ComputerSystem"
                            + vm.vm()))
            .toList();
    assertEquals(sorted(expected), sorted(rows(0, 2)));
  }

  /** Dates as they are written on the wire; no value is an empty text. */
  @Test
  void readsTheLog() {
    assertEquals(
        https.call(ForeignDatacenter::events).stream()
            .map(event -> List.of(event.get(0), event.get(1), event.get(2), event.get(3), ""))
            .toList(),
        rows(0, 3));
  }

  @Test
  void whatIsNotThereIsRefusedOrNothing() {
    refused(0, 4, "The class Msvm_Unheard does not exist in root/virtualization/v2");
    assertEquals(List.of(), rows(0, 5));
  }

  @Test
  void aCommandIsRefusedBySayingThatThereAreNone() {
    refused(0, 6, "The simulator runs no commands");
  }

  @Test
  void aWrongPasswordGetsNoTicket() {
    refused(1, 0, "Kerberos Login failure");
  }

  /** The server's sentence, which tells what to use instead, stands in a body that it drops. */
  @Test
  void ntlmIsRefused() {
    refused(2, 0, "Authentication error on https://localhost:");
    refused(5, 0, "Authentication error on http://localhost:");
  }

  @Test
  void openMessagesAreRefusedWhereTheyHaveToBeSealed() {
    refused(4, 0, "KERBEROS with encryption over HTTP is not implemented.");
  }
}
