package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.sim.SimulatedDatacenter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenNMS' client of WS-Management reads a host: with the addressing of 2004 and of 2005, three
 * items an answer, by Basic.
 */
@Timeout(150)
class OpenNmsTest {
  @TempDir static Path folder;
  private static WsManServer server;
  private static ImmutableList<ImmutableList<String>> said;

  @BeforeAll
  static void ask() throws Exception {
    server = WsManServer.builder(ForeignDatacenter::open).allowUnencrypted().start();
    said =
        ForeignProgram.run(
            "opennms",
            "AskByOpenNms",
            folder,
            List.of(
                "--add-opens", "java.base/java.lang=ALL-UNNAMED",
                "--add-opens", "java.base/java.net=ALL-UNNAMED"),
            Map.of("AVMA_PASSWORD", new String(server.password())),
            List.of(server.endpoints().get(0).uri().toString(), server.user()));
  }

  @AfterAll
  static void close() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  /** What was said of something, by the client that speaks this version. */
  private static List<List<String>> said(String version, String what) {
    List<List<String>> lines =
        said.stream()
            .filter(line -> line.get(0).equals(version) && line.get(1).equals(what))
            .map(line -> (List<String>) line.subList(2, line.size()))
            .toList();
    assertFalse(lines.isEmpty(), said::toString);
    return lines;
  }

  private static <T> T truth(Function<SimulatedDatacenter, T> read) {
    return server.call(read);
  }

  private static List<List<String>> sorted(Stream<List<String>> lines) {
    return lines.sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WSMAN_1_0", "WSMAN_1_2"})
  void learnsWhoAnswers(String version) {
    List<String> identity = said(version, "identity").get(0);
    assertEquals("AVMA for Java, simulated", identity.get(0));
    int build = truth(all -> all.host("hv-1").trueProfile().release().orElseThrow().build());
    assertEquals("OS: 10.0." + build + " SP: 0.0 Stack: 3.0", identity.get(1));
    assertEquals(
        List.of(List.of("[http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd]")),
        said(version, "protocols"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"WSMAN_1_0", "WSMAN_1_2"})
  void findsTheHostAndItsVms(String version) {
    assertEquals(
        sorted(truth(ForeignDatacenter::systems).stream()),
        sorted(said(version, "system").stream()));
    assertEquals(
        sorted(
            truth(ForeignDatacenter::systems).stream()
                .map(
                    system ->
                        List.of(
                            system.get(0),
                            system.get(2),
                            system.get(0).length() == 36
                                ? SimulatedDatacenter.START.toString()
                                : ""))),
        sorted(said(version, "got").stream()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"WSMAN_1_0", "WSMAN_1_2"})
  void takesAnswersThatEndAtOnce(String version) {
    List<List<String>> saved =
        truth(ForeignDatacenter::systems).stream()
            .filter(system -> system.get(2).equals("32769"))
            .map(system -> system.subList(0, 1))
            .toList();
    assertEquals(saved, said(version, "saved"));
    assertEquals(List.of(List.of("[]")), said(version, "nobodies"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"WSMAN_1_0", "WSMAN_1_2"})
  void readsEveryItem(String version) {
    assertEquals(
        sorted(truth(ForeignDatacenter::items).stream()), sorted(said(version, "item").stream()));
    int settings = truth(ForeignDatacenter::vms).size() + 1; // and their template
    assertEquals(List.of(List.of(Integer.toString((settings + 2) / 3))), said(version, "pulls"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"WSMAN_1_0", "WSMAN_1_2"})
  void readsTheLog(String version) {
    assertEquals(truth(ForeignDatacenter::events), said(version, "event"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"WSMAN_1_0", "WSMAN_1_2"})
  void isToldWhyNot(String version) {
    assertEquals(
        "org.opennms.core.wsman.exceptions.UnauthorizedException",
        said(version, "wrong password").get(0).get(0));
    refused(
        version, "no such class", "InvalidResourceURI", "The class Msvm_Unheard does not exist");
    refused(version, "no such query", "SOAPFault", "Msvm_ComputerSystem has no property Colour");
    refused(version, "no such VM", "InvalidResourceURI", "cannot find the resource");
  }

  private static void refused(String version, String what, String exception, String sentence) {
    List<String> refusal = said(version, what).get(0);
    assertEquals("org.opennms.core.wsman.exceptions." + exception, refusal.get(0));
    assertTrue(refusal.get(1).contains(sentence), refusal::toString);
  }
}
