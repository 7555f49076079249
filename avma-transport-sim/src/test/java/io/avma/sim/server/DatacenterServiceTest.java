package io.avma.sim.server;

import static io.avma.sim.server.ServiceLab.CIMV2;
import static io.avma.sim.server.ServiceLab.ENUMERATION;
import static io.avma.sim.server.ServiceLab.TRANSFER;
import static io.avma.sim.server.ServiceLab.V2;
import static io.avma.sim.server.ServiceLab.kind;
import static io.avma.sim.server.ServiceLab.pull;
import static io.avma.sim.server.ServiceLab.query;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManFilter;
import io.avma.transport.wsman.WsManItem;
import io.avma.transport.wsman.WsManMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Identify, Enumerate, Pull, Release and Get, with what a host enforces. */
class DatacenterServiceTest {
  private static final String IDENTIFY =
      "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'"
          + " xmlns:i='http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd'>"
          + "<s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>";

  private final ServiceLab lab = new ServiceLab();

  @Test
  void whoeverAsksWhoIsThereLearnsThatItIsSimulated() {
    lab.caller = ServiceLab.NOBODY;
    WsManMessage anonymous = ServiceLab.message(lab.raw(IDENTIFY));
    WsManBody.IdentifyResponse told =
        assertInstanceOf(WsManBody.IdentifyResponse.class, anonymous.body());
    assertEquals("AVMA for Java, simulated", told.productVendor());
    assertEquals("OS: 0.0.0 SP: 0.0 Stack: 3.0", told.productVersion());
    lab.caller = ServiceLab.ADMIN;
    told = (WsManBody.IdentifyResponse) ServiceLab.message(lab.raw(IDENTIFY)).body();
    assertEquals("OS: 10.0.20348 SP: 0.0 Stack: 3.0", told.productVersion());
  }

  @Test
  void anonymousCallersGetNothingElse() {
    lab.caller = ServiceLab.NOBODY;
    WsManBody.Fault fault =
        lab.fault(
            lab.header(ENUMERATION + "Enumerate", V2 + "Msvm_ComputerSystem"),
            WsManBody.Enumerate.all());
    assertEquals("AccessDenied", kind(fault));
    assertEquals(OptionalLong.of(5), fault.code());
    assertEquals(Optional.of("hv-1.invalid"), fault.machine());
  }

  @Test
  void theEnumerationOfSystemsHasTheHostItselfToo() throws Exception {
    lab.started();
    List<CimInstance> systems = lab.all(V2 + "msvm_computersystem");
    assertEquals(4, systems.size());
    assertEquals("Msvm_ComputerSystem", systems.get(0).className());
    assertEquals("hv-1.invalid", systems.get(0).text("Name").orElseThrow());
    Set<String> names = new HashSet<>();
    for (CimInstance system : systems) {
      names.add(
          system.text("ElementName").orElseThrow()
              + " "
              + system.text("EnabledState").orElseThrow());
    }
    assertEquals(Set.of("hv-1.invalid 2", "web 2", "db 3", "app 3"), names);
  }

  @Test
  void eachPullHasAnotherContextAndTheLastNone() {
    String first = lab.begin(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
    WsManBody.PullResponse one = lab.next(first, 1);
    assertEquals(1, one.items().size());
    assertNotEquals(first, one.context().orElseThrow());
    assertTrue(one.context().orElseThrow().startsWith("uuid:"));
    WsManBody.PullResponse rest = lab.next(one.context().orElseThrow(), 3);
    assertEquals(3, rest.items().size());
    assertTrue(rest.endOfSequence());
    assertEquals(Optional.empty(), rest.context());
  }

  @Test
  void aContextIsGoodOnceAndForItsOwner() {
    String first = lab.begin(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
    lab.caller = ServiceLab.OTHER;
    assertEquals("InvalidEnumerationContext", kind(pullFault(first)));
    lab.caller = ServiceLab.ADMIN;
    lab.host = "hv-2";
    assertEquals("InvalidEnumerationContext", kind(pullFault(first)));
    lab.host = "hv-1";
    WsManBody.PullResponse one = lab.next(first, 1);
    assertEquals("InvalidEnumerationContext", kind(pullFault(first)));
    assertEquals(1, lab.next(one.context().orElseThrow(), 1).items().size());
  }

  private WsManBody.Fault pullFault(String context) {
    return lab.fault(lab.header(ENUMERATION + "Pull", V2 + "*"), pull(context, 1));
  }

  @Test
  void aContextExpiresUnlessItIsUsed() {
    String context = lab.begin(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
    lab.now = lab.now.plusSeconds(59);
    context = lab.next(context, 1).context().orElseThrow();
    lab.now = lab.now.plusSeconds(59);
    context = lab.next(context, 1).context().orElseThrow();
    lab.now = lab.now.plusSeconds(60);
    assertEquals("InvalidEnumerationContext", kind(pullFault(context)));
    WsManBody.EnumerateResponse answer =
        lab.ask(
            WsManBody.EnumerateResponse.class,
            lab.header(ENUMERATION + "Enumerate", V2 + "Msvm_ComputerSystem"),
            new WsManBody.Enumerate(
                Optional.empty(),
                false,
                OptionalLong.empty(),
                WsManBody.EnumerationMode.OBJECT,
                Optional.of(Duration.ofMinutes(2))));
    assertEquals(Optional.of("P0DT0H2M0S"), answer.expires());
    lab.now = lab.now.plusSeconds(119);
    assertEquals(1, lab.next(answer.context().orElseThrow(), 1).items().size());
  }

  @Test
  void aReleasedContextIsGone() {
    String context = lab.begin(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
    WsManBody unused =
        lab.ask(
            WsManBody.ReleaseResponse.class,
            lab.header(ENUMERATION + "Release", V2 + "*"),
            new WsManBody.Release(context));
    assertEquals("InvalidEnumerationContext", kind(pullFault(context)));
  }

  @Test
  void eachUserHasSoManyOperationsAndNoMore() {
    ServiceLab small =
        new ServiceLab(new HostQuotas(512_000, 32_000, 3, Duration.ofMinutes(1), 10));
    for (int i = 0; i < 3; i++) {
      String unused = small.begin(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
    }
    WsManBody.Fault fault =
        small.fault(
            small.header(ENUMERATION + "Enumerate", V2 + "Msvm_ComputerSystem"),
            WsManBody.Enumerate.all());
    assertEquals("QuotaLimit", kind(fault));
    small.caller = ServiceLab.OTHER;
    String unused = small.begin(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
    small.caller = ServiceLab.ADMIN;
    small.now = small.now.plusSeconds(60);
    unused = small.begin(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
  }

  @Test
  void anOptimizedEnumerationAnswersAtOnce() {
    WsManBody.Enumerate all =
        new WsManBody.Enumerate(
            Optional.of(new WsManFilter(WsManFilter.WQL, "SELECT Name FROM Msvm_ComputerSystem")),
            true,
            OptionalLong.of(32_000),
            WsManBody.EnumerationMode.OBJECT,
            Optional.empty());
    WsManBody.EnumerateResponse answer =
        lab.ask(
            WsManBody.EnumerateResponse.class,
            lab.header(ENUMERATION + "Enumerate", V2 + "*"),
            all);
    assertEquals(4, answer.items().size());
    assertTrue(answer.endOfSequence());
    assertEquals(Optional.empty(), answer.context());
    assertEquals(1, lab.instances(answer.items()).get(0).properties().size());
  }

  @Test
  void referencesCanBeEnumeratedAndFollowed() throws Exception {
    WsManBody.Enumerate references =
        new WsManBody.Enumerate(
            Optional.empty(),
            false,
            OptionalLong.empty(),
            WsManBody.EnumerationMode.EPR,
            Optional.empty());
    for (String name : List.of("Msvm_KvpExchangeComponent", "Msvm_VirtualSystemSettingData")) {
      List<WsManItem> items = lab.items(V2 + name, references, 10);
      assertEquals(3, items.size());
      for (WsManItem item : items) {
        CimReference reference = assertInstanceOf(WsManItem.Epr.class, item).reference();
        assertEquals(V2 + name, reference.resourceUri());
        CimInstance instance = lab.get(reference);
        reference.keys().forEach((key, value) -> assertEquals(value, instance.value(key), key));
      }
    }
    CimInstance link = lab.all(V2 + "Msvm_ElementSettingData").get(0);
    assertEquals(
        lab.get(link.reference("ManagedElement").orElseThrow()).text("SystemName").orElseThrow(),
        lab.get(link.reference("SettingData").orElseThrow())
            .text("InstanceID")
            .orElseThrow()
            .substring(10, 46));
  }

  @Test
  void getComparesSelectorsWithoutCaseAndTakesAPartOfThem() throws Exception {
    String vm = lab.vm("web").toString();
    CimInstance found =
        lab.get(
            ServiceLab.reference(
                "msvm_kvpexchangecomponent",
                "SYSTEMNAME",
                vm.toLowerCase(java.util.Locale.ROOT),
                "creationclassname",
                "MSVM_KVPEXCHANGECOMPONENT",
                "__cimnamespace",
                "root\\virtualization\\v2"));
    assertEquals(vm, found.text("SystemName").orElseThrow());
  }

  @Test
  void whatIsNotThereCannotBeGot() {
    WsManBody.Fault none = get("Msvm_ComputerSystem", "Name", "x");
    assertEquals("DestinationUnreachable", kind(none));
    assertEquals(OptionalLong.of(2150858752L), none.code());
    assertEquals(
        "InvalidSelectors",
        kind(get("Msvm_ComputerSystem", "CreationClassName", "Msvm_ComputerSystem")));
    assertEquals("InvalidSelectors", kind(get("Msvm_ComputerSystem", "Caption", "x")));
    WsManBody.Fault wrong = get("Msvm_Unheard", "Name", "x");
    assertEquals(OptionalLong.of(0x80041010L), wrong.code());
  }

  private WsManBody.Fault get(String className, String key, String value) {
    return lab.fault(
        lab.header(TRANSFER + "Get", "").instance(ServiceLab.reference(className, key, value)),
        new WsManBody.Get());
  }

  @ParameterizedTest
  @CsvSource({
    "root/virtualization/*, 2150858778",
    "root/nowhere/X, 2150858778",
    "root/virtualization/v2/Msvm_Unheard, 2147749904",
    "root/MSCluster/MSCluster_Cluster, 2150858778",
  })
  void whatAHostDoesNotHaveItSaysByCode(String place, long code) {
    lab.host = "r2";
    WsManBody.Fault fault =
        lab.fault(
            lab.header(ENUMERATION + "Enumerate", CimReference.WMI + place),
            place.endsWith("*") ? query("SELECT * FROM X") : WsManBody.Enumerate.all());
    assertEquals("DestinationUnreachable", kind(fault));
    assertEquals(OptionalLong.of(code), fault.code());
    assertEquals(
        CimValue.of(Long.toString(code)), fault.wmiError().orElseThrow().value("error_Code"));
  }

  @Test
  void queriesNeedThePlaceOfQueriesAndTheLanguageWql() {
    WsManBody.Enumerate all = query("SELECT * FROM Msvm_ComputerSystem");
    assertEquals("CannotProcessFilter", enumerateFault(V2 + "Msvm_ComputerSystem", all));
    assertEquals("CannotProcessFilter", enumerateFault(V2 + "*", WsManBody.Enumerate.all()));
    assertEquals(
        "FilterDialectRequestedUnavailable",
        enumerateFault(
            V2 + "*",
            new WsManBody.Enumerate(
                Optional.of(new WsManFilter("urn:xpath", "/")),
                false,
                OptionalLong.empty(),
                WsManBody.EnumerationMode.OBJECT,
                Optional.empty())));
    assertEquals(
        "CannotProcessFilter",
        enumerateFault(V2 + "*", query("SELECT Nonsense FROM Msvm_ComputerSystem")));
    assertEquals(
        "CannotProcessFilter",
        enumerateFault(V2 + "*", query("SELECT * FROM Msvm_ComputerSystem WHERE Nonsense=1")));
    assertEquals(
        "CannotProcessFilter",
        enumerateFault(V2 + "*", query("ASSOCIATORS OF {Msvm_ComputerSystem.Name='x'}")));
  }

  private String enumerateFault(String resource, WsManBody.Enumerate enumerate) {
    return kind(lab.fault(lab.header(ENUMERATION + "Enumerate", resource), enumerate));
  }

  @Test
  void itemsComeAsManyAsTheEnvelopeHolds() {
    lab.envelope = OptionalLong.of(8192);
    Optional<String> context =
        Optional.of(lab.begin(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all()));
    int answers = 0;
    int items = 0;
    while (context.isPresent()) {
      WsManMessage answer =
          lab.message(lab.header(ENUMERATION + "Pull", V2 + "*"), pull(context.get(), 32_000));
      WsManBody.PullResponse pulled = assertInstanceOf(WsManBody.PullResponse.class, answer.body());
      items += pulled.items().size();
      answers++;
      context = pulled.context();
    }
    assertEquals(4, items);
    assertTrue(answers >= 2, answers + " answers");
  }

  @Test
  void anEnvelopeBelowTheLeastIsRefused() {
    lab.envelope = OptionalLong.of(8191);
    assertEquals(
        "EncodingLimit", enumerateFault(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all()));
  }

  @Test
  void headersThatMustBeThereAre() {
    String resource = V2 + "Msvm_ComputerSystem";
    String all = "<n:Enumerate/>";
    assertEquals("MessageInformationHeaderRequired", headerFault("", "uuid:1", true, all));
    assertEquals(
        "InvalidMessageInformationHeader", headerFault(ENUMERATION + "Enumerate", "", true, all));
    assertEquals(
        "MessageInformationHeaderRequired",
        headerFault(ENUMERATION + "Enumerate", "uuid:1", false, all));
    assertEquals("ActionNotSupported", headerFault(TRANSFER + "Delete", "uuid:1", true, ""));
    assertEquals(
        "SchemaValidationError",
        headerFault(ENUMERATION + "Pull", "uuid:1", true, "<n:Pull><n:MaxElements>x"));
    assertEquals(
        "InvalidEnumerationContext",
        headerFault(ENUMERATION + "Pull", "uuid:1", true, "<n:Pull/>"));
    WsManBody.Fault elsewhere =
        lab.fault(
            lab.header(ENUMERATION + "Enumerate", resource).replyTo("http://elsewhere"),
            WsManBody.Enumerate.all());
    assertEquals("UnsupportedFeature", kind(elsewhere));
    assertTrue(elsewhere.detail().orElseThrow().endsWith("AddressingMode"));
  }

  private String headerFault(String action, String messageId, boolean replyTo, String body) {
    WsManMessage answer = ServiceLab.message(lab.raw(envelope(action, messageId, replyTo, body)));
    if (!messageId.isEmpty()) {
      assertEquals(Optional.of(messageId), answer.header().relatesTo());
    }
    return kind(assertInstanceOf(WsManBody.Fault.class, answer.body()));
  }

  private static String envelope(String action, String messageId, boolean replyTo, String body) {
    return "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'"
        + " xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing'"
        + " xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'"
        + " xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration'><s:Header>"
        + (action.isEmpty() ? "" : "<a:Action>" + action + "</a:Action>")
        + (messageId.isEmpty() ? "" : "<a:MessageID>" + messageId + "</a:MessageID>")
        + (replyTo
            ? "<a:ReplyTo><a:Address>" + CimReference.ANONYMOUS + "</a:Address></a:ReplyTo>"
            : "")
        + "<w:ResourceURI>"
        + V2
        + "Msvm_ComputerSystem</w:ResourceURI></s:Header><s:Body>"
        + body
        + "</s:Body></s:Envelope>";
  }

  /** Programs that run commands ask for a shell; they hear why there is none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd",
        "http://schemas.microsoft.com/powershell/Microsoft.PowerShell"
      })
  void shellsAreNotThere(String resource) {
    String request =
        envelope(TRANSFER + "Create", "uuid:1", true, "<rsp:Shell xmlns:rsp='urn:rsp'/>")
            .replace(V2 + "Msvm_ComputerSystem", resource);
    WsManBody.Fault fault =
        assertInstanceOf(WsManBody.Fault.class, ServiceLab.message(lab.raw(request)).body());
    assertEquals("ActionNotSupported", ServiceLab.kind(fault));
    assertTrue(fault.reason().contains("runs no commands"), fault.reason());
  }

  @Test
  void messagesInUtf16AndInOtherCharsetsAreRead() {
    String text = envelope(ENUMERATION + "Enumerate", "uuid:é", true, "<n:Enumerate/>");
    for (var charset : List.of(UTF_8, UTF_16LE, StandardCharsets.ISO_8859_1)) {
      WsManMessage answer =
          ServiceLab.message(
              ServiceLab.answer(
                  lab.service.answer(lab.caller, lab.host, text.getBytes(charset), charset)));
      assertEquals(Optional.of("uuid:é"), answer.header().relatesTo());
      assertInstanceOf(WsManBody.EnumerateResponse.class, answer.body());
    }
  }

  @Test
  void anEndIsAnsweredWithItsOperation() {
    String text =
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'"
            + " xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing'"
            + " xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'"
            + " xmlns:p='http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd'><s:Header>"
            + "<a:To>"
            + CimReference.ANONYMOUS
            + "</a:To><w:ResourceURI>"
            + "http://schemas.microsoft.com/wbem/wsman/1/wsman/FullDuplex</w:ResourceURI>"
            + "<a:Action>http://schemas.microsoft.com/wbem/wsman/1/wsman/End</a:Action>"
            + "<a:MessageID>uuid:2</a:MessageID><p:OperationID>uuid:3</p:OperationID>"
            + "</s:Header><s:Body/></s:Envelope>";
    WsManMessage answer = ServiceLab.message(lab.raw(text));
    assertInstanceOf(WsManBody.EndResponse.class, answer.body());
    assertEquals(Optional.of("uuid:3"), answer.header().operationId());
    assertEquals(Optional.of("uuid:2"), answer.header().relatesTo());
  }

  @Test
  void aHostThatIsDownAnswersNothingAndOneUnheardOfAFault() {
    lab.datacenter.host("hv-2").fail();
    lab.host = "hv-2";
    assertThrows(
        HostGoneException.class,
        () -> enumerateFault(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all()));
    lab.host = "none";
    assertEquals(
        "DestinationUnreachable",
        enumerateFault(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all()));
  }

  @Test
  void aHostTellsWhatItIs() throws Exception {
    CimInstance system = lab.wql(CIMV2, "SELECT * FROM Win32_OperatingSystem").get(0);
    assertEquals("20348", system.text("BuildNumber").orElseThrow());
    assertEquals("1252", system.text("CodeSet").orElseThrow());
    assertEquals("8", system.text("OperatingSystemSKU").orElseThrow());
    assertEquals("3", system.text("ProductType").orElseThrow());
    CimInstance untold = lab.wql(CIMV2, "SELECT PCSystemType FROM Win32_ComputerSystem").get(0);
    assertTrue(untold.value("PCSystemType").isNil(), "nothing is known of it, and it may be asked");
    List<CimInstance> processors =
        lab.wql(CIMV2, "SELECT DeviceID,NumberOfCores FROM Win32_Processor");
    assertEquals(
        List.of("17", "16"),
        processors.stream().map(p -> p.value("NumberOfCores").text()).toList());
    List<CimInstance> licenses =
        lab.wql(
            CIMV2,
            "SELECT ID,LicenseStatus,ProductKeyChannel FROM SoftwareLicensingProduct WHERE"
                + " ApplicationID='55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey IS"
                + " NOT NULL");
    assertEquals(1, licenses.size());
    assertEquals("1", licenses.get(0).text("LicenseStatus").orElseThrow());
    assertEquals("Volume:GVLK", licenses.get(0).text("ProductKeyChannel").orElseThrow());
    assertEquals(2, lab.all(CIMV2 + "SoftwareLicensingProduct").size());
    CimInstance computer =
        lab.wql(CIMV2, "select DNSHostName, NumberOfProcessors from Win32_ComputerSystem").get(0);
    assertEquals("hv-1", computer.text("DNSHostName").orElseThrow());
    assertEquals("2", computer.text("NumberOfProcessors").orElseThrow());
    assertEquals(
        1,
        lab.wql(
                CIMV2,
                "select * from CIM_Datafile where Path = '\\\\windows\\\\system32\\\\' and"
                    + " FileName='vmms'")
            .size());
    assertEquals("2", lab.all(CimReference.WMI + "root/mscluster/MSCluster_Node").size() + "");
    assertEquals(
        "c",
        lab.all(CimReference.WMI + "root/MSCluster/MSCluster_Cluster")
            .get(0)
            .text("Name")
            .orElseThrow());
  }

  @Test
  void onlyRealizedSettingsAreVms() throws Exception {
    lab.datacenter.guest("web").start();
    lab.datacenter.advance(Duration.ofMinutes(1));
    var replica = lab.datacenter.guest("web").replicateTo(lab.datacenter.host("hv-2"));
    lab.host = "hv-2";
    List<CimInstance> all = lab.all(V2 + "Msvm_VirtualSystemSettingData");
    assertEquals(2, all.size());
    List<CimInstance> realized =
        lab.wql(
            V2,
            "SELECT VirtualSystemIdentifier,VirtualSystemType FROM Msvm_VirtualSystemSettingData"
                + " WHERE VirtualSystemType='Microsoft:Hyper-V:System:Realized'");
    assertEquals(1, realized.size());
    assertEquals(
        replica.vm().toString(), realized.get(0).text("VirtualSystemIdentifier").orElseThrow());
    assertEquals(
        List.of("", "2"),
        lab.all(V2 + "Msvm_ComputerSystem").stream()
            .map(system -> system.value("ReplicationMode").text())
            .toList());
    lab.host = "hv-1";
    assertEquals(
        1, lab.wql(V2, "SELECT Name FROM Msvm_ComputerSystem WHERE ReplicationMode=1").size());
  }

  @Test
  void theEventLogIsReadFromANumberOn() throws Exception {
    lab.started();
    String query = "SELECT * FROM Win32_NTLogEvent WHERE Logfile='Application'";
    List<CimInstance> events = lab.wql(CIMV2, query);
    assertFalse(events.isEmpty());
    CimInstance event = events.get(0);
    assertEquals("12310", event.text("EventCode").orElseThrow());
    assertEquals("hv-1.invalid", event.text("ComputerName").orElseThrow());
    assertEquals(2, event.texts("InsertionStrings").size());
    lab.datacenter.host("hv-1").fillLog(600);
    assertEquals(600, lab.wql(CIMV2, query + " AND RecordNumber > " + events.size()).size());
    assertEquals(601, lab.wql(CIMV2, query + " AND RecordNumber >= " + events.size()).size());
    assertEquals(0, lab.wql(CIMV2, query.replace("Application", "System")).size());
    assertEquals(
        events.size(),
        lab.wql(
                CIMV2,
                query
                    + " AND SourceName='Microsoft-Windows-Security-SPP' AND EventCode=12310"
                    + " AND RecordNumber > 0")
            .size());
  }

  @Test
  void theSameCallsGetTheSameAnswers() {
    ServiceLab again = new ServiceLab();
    String request = envelope(ENUMERATION + "Enumerate", "uuid:1", true, "<n:Enumerate/>");
    assertEquals(
        new String(lab.raw(request).envelope(), UTF_8),
        new String(again.raw(request).envelope(), UTF_8));
  }

  @Test
  void theNamesOfPropertiesAreInAlphabeticalOrderEverywhere() {
    ImmutableMap<String, List<WmiClass>> spaces =
        ImmutableMap.of(
            "v2", VirtualizationClasses.ALL, "cimv2", CimV2Classes.ALL, "c", ClusterClasses.ALL);
    spaces.values().stream()
        .flatMap(List::stream)
        .forEach(
            each -> {
              assertEquals(
                  each.properties().stream()
                      .sorted(String.CASE_INSENSITIVE_ORDER)
                      .collect(Collectors.toList()),
                  each.properties(),
                  each.name());
              assertTrue(each.properties().containsAll(each.keys()), each.name());
            });
  }
}
