package io.avma.sim.server;

import static io.avma.sim.server.ServiceLab.ENUMERATION;
import static io.avma.sim.server.ServiceLab.V2;
import static io.avma.sim.server.ServiceLab.pull;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.sim.SimulatedDatacenter;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManMessage;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tenants and callers may try. Whatever it is, the next caller is served. */
@Timeout(60)
class HostileInputTest {
  private static final String OPEN =
      "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'>";

  private final ServiceLab lab = new ServiceLab().started();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</VALUE></PROPERTY></INSTANCE><INSTANCE CLASSNAME=\"Msvm_KvpExchangeDataItem\">",
        "]]></p:GuestExchangeItems></p:Msvm_KvpExchangeComponent><n:EndOfSequence/>",
        "&lt;/VALUE&gt;&amp;&#x26;",
        "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
        "\u202E\u2028 tab\tend",
      })
  void aTenantsItemArrivesAsWhatItIs(String value) throws Exception {
    lab.datacenter.guest("web").pools().putAll(KvpPool.GUEST, List.of(new KvpItem(value, value)));
    CimInstance component =
        lab.get(
            ServiceLab.reference(
                "Msvm_KvpExchangeComponent", "SystemName", lab.vm("web").toString()));
    List<String> texts = component.texts("GuestExchangeItems");
    KvpDataItem last = KvpDataItemCodec.decode(texts.get(texts.size() - 1));
    assertEquals(new KvpItem(value, value), last.item().orElseThrow());
    assertEquals(
        3, lab.all(V2 + "Msvm_KvpExchangeComponent").size(), "the others are hidden by it");
  }

  @Test
  void whatXmlCannotCarryHidesNoOther() throws Exception {
    lab.datacenter
        .guest("web")
        .pools()
        .putAll(KvpPool.GUEST, List.of(new KvpItem("bell", "a\u0007b"), new KvpItem("good", "1")));
    List<String> texts =
        lab.get(
                ServiceLab.reference(
                    "Msvm_KvpExchangeComponent", "SystemName", lab.vm("web").toString()))
            .texts("GuestExchangeItems");
    List<String> told =
        texts.stream().filter(text -> text.contains("a\uFFFDb") || text.contains("good")).toList();
    assertEquals(2, told.size(), texts::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no XML",
        "<s:Envelope",
        "<html/>",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + OPEN + "<s:Body>&e;</s:Body>",
        OPEN + "<s:Header/><s:Body><a/></s:Body></s:Envelope>",
        OPEN + "<s:Header><s:Header><s:Header>",
      })
  void whatIsNoMessageGetsAFault(String message) {
    assertInstanceOf(WsManBody.Fault.class, ServiceLab.message(lab.raw(message)).body());
    servesOthers();
  }

  @Test
  void hugeAndDeepMessagesAreRefused() {
    String huge = OPEN + "<s:Header/><s:Body>" + " ".repeat(600_000) + "</s:Body></s:Envelope>";
    assertEquals("EncodingLimit", kind(lab.raw(huge)));
    String deep =
        OPEN
            + "<s:Body><n:Pull xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration'>"
            + "<a>".repeat(100_000);
    assertEquals("SchemaValidationError", kind(lab.raw(deep)));
    servesOthers();
  }

  private static String kind(Answer answer) {
    return ServiceLab.kind(
        assertInstanceOf(WsManBody.Fault.class, ServiceLab.message(answer).body()));
  }

  @Test
  void endlessAndDeepQueriesAreRefused() {
    for (String wql :
        List.of(
            "SELECT * FROM Msvm_ComputerSystem WHERE " + "(".repeat(3000) + "Name=1",
            "SELECT * FROM Msvm_ComputerSystem WHERE Name='" + "x".repeat(50_000) + "'",
            "SELECT * FROM Msvm_ComputerSystem WHERE Name=1" + " OR Name=1".repeat(700))) {
      WsManBody.Fault fault =
          lab.fault(lab.header(ENUMERATION + "Enumerate", V2 + "*"), ServiceLab.query(wql));
      assertEquals("CannotProcessFilter", ServiceLab.kind(fault));
      assertEquals(OptionalLong.of(0x8004106CL), fault.code());
    }
    servesOthers();
  }

  @Test
  void guessedContextsAreNobodys() {
    String unused = lab.begin(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
    for (String guess : List.of("uuid:0", "", "uuid:" + "9".repeat(10_000))) {
      WsManMessage answer = lab.message(lab.header(ENUMERATION + "Pull", V2 + "*"), pull(guess, 1));
      assertEquals(
          "InvalidEnumerationContext",
          ServiceLab.kind(assertInstanceOf(WsManBody.Fault.class, answer.body())));
    }
  }

  @Test
  void aVmWithMoreItemsThanTheEnvelopeHoldsIsRefusedAlone() throws Exception {
    List<KvpItem> many =
        java.util.stream.IntStream.range(0, 700)
            .mapToObj(i -> new KvpItem("key " + i, "<".repeat(500)))
            .toList();
    lab.datacenter.guest("web").pools().putAll(KvpPool.GUEST, many);
    String query = "SELECT SystemName,EnabledState FROM Msvm_KvpExchangeComponent";
    assertEquals(3, lab.wql(V2, query).size());
    assertEquals(
        "EncodingLimit",
        ServiceLab.kind(
            lab.fault(
                lab.header(ServiceLab.TRANSFER + "Get", "")
                    .instance(
                        ServiceLab.reference(
                            "Msvm_KvpExchangeComponent", "SystemName", lab.vm("web").toString())),
                new WsManBody.Get())));
    CimInstance other =
        lab.get(
            ServiceLab.reference(
                "Msvm_KvpExchangeComponent", "SystemName", lab.vm("db").toString()));
    assertEquals(lab.vm("db").toString(), other.text("SystemName").orElseThrow());
    int faults = 0;
    java.util.Optional<String> context =
        java.util.Optional.of(
            lab.begin(V2 + "Msvm_KvpExchangeComponent", WsManBody.Enumerate.all()));
    while (context.isPresent() && faults == 0) {
      WsManBody body =
          lab.message(lab.header(ENUMERATION + "Pull", V2 + "*"), pull(context.get(), 100)).body();
      if (body instanceof WsManBody.Fault fault) {
        assertEquals("EncodingLimit", ServiceLab.kind(fault));
        faults++;
      } else {
        context = ((WsManBody.PullResponse) body).context();
      }
    }
    assertEquals(1, faults);
  }

  @Test
  void neitherAnswersNorFaultsRepeatWhatWouldBreakThem() {
    String name = "x'\"<>&\u0000".replace("\u0000", "");
    WsManBody.Fault fault =
        lab.fault(lab.header(ENUMERATION + "Enumerate", V2 + name), WsManBody.Enumerate.all());
    assertTrue(fault.reason().contains("does not exist"), fault.reason());
    SimulatedDatacenter datacenter = lab.datacenter;
    assertTrue(datacenter.hasHost("hv-1"));
  }

  private void servesOthers() {
    lab.caller = ServiceLab.OTHER;
    assertEquals(4, lab.all(V2 + "Msvm_ComputerSystem").size());
    assertTrue(new String(lab.raw("").envelope(), UTF_8).contains("Fault"));
  }
}
