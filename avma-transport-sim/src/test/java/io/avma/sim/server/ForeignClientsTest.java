package io.avma.sim.server;

import static io.avma.sim.server.ServiceLab.ENUMERATION;
import static io.avma.sim.server.ServiceLab.V2;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import io.avma.transport.wsman.Addressing;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The habits of clients that are not ours: what they send is understood, and answered so. */
class ForeignClientsTest {
  private static final String OPEN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          + "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
          + " xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
          + " xmlns:wsman=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\""
          + " xmlns:wsen=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">\n";

  private final ServiceLab lab = new ServiceLab().started();

  /** As virt-who writes it: blanks around the resource, must-understand everywhere. */
  private static String virtWho(String action, String resource, String more, String body) {
    return OPEN
        + "<s:Header>\n<wsa:Action s:mustUnderstand=\"true\">"
        + action
        + "</wsa:Action>\n<wsa:To s:mustUnderstand=\"true\">http://hv:5985/wsman</wsa:To>\n"
        + "<wsman:ResourceURI s:mustUnderstand=\"true\">\n   "
        + CimReference.WMI
        + resource
        + "\n   </wsman:ResourceURI>\n"
        + "<wsa:MessageID s:mustUnderstand=\"true\">uuid:7</wsa:MessageID>\n<wsa:ReplyTo>\n"
        + "<wsa:Address>"
        + CimReference.ANONYMOUS
        + "</wsa:Address>\n</wsa:ReplyTo>"
        + more
        + "</s:Header>\n<s:Body>"
        + body
        + "</s:Body></s:Envelope>";
  }

  private WsManBody ask(String request) {
    return ServiceLab.message(lab.raw(request)).body();
  }

  @Test
  void aPullOfAnotherNameSpaceFindsItsContext() {
    String context =
        assertInstanceOf(
                WsManBody.EnumerateResponse.class,
                ask(
                    virtWho(
                        ENUMERATION + "Enumerate",
                        "root/virtualization/v2/*",
                        "",
                        "<wsen:Enumerate><wsman:Filter Dialect=\"http://schemas.microsoft.com/"
                            + "wbem/wsman/1/WQL\">select BIOSGUID, ElementName from"
                            + " Msvm_VirtualSystemSettingData where VirtualSystemType ="
                            + " 'Microsoft:Hyper-V:System:Realized'</wsman:Filter>"
                            + "</wsen:Enumerate>")))
            .context()
            .orElseThrow();
    List<String> names = new ArrayList<>();
    Optional<String> next = Optional.of(context);
    while (next.isPresent()) {
      WsManBody.PullResponse pulled =
          assertInstanceOf(
              WsManBody.PullResponse.class,
              ask(
                  virtWho(
                      ENUMERATION + "Pull",
                      "root/virtualization/*",
                      "",
                      "<wsen:Pull><wsen:EnumerationContext>"
                          + next.get()
                          + "</wsen:EnumerationContext></wsen:Pull>")));
      assertEquals(1, pulled.items().size());
      CimInstance instance = lab.instances(pulled.items()).get(0);
      assertEquals(2, instance.properties().size());
      names.add(instance.value("ElementName").text());
      next = pulled.context();
    }
    assertEquals(List.of("app", "db", "web"), names.stream().sorted().toList());
  }

  @Test
  void anOldNameSpaceIsRefusedSoThatTheNewOneIsTried() {
    String answer =
        new String(
            lab.raw(
                    virtWho(
                        ENUMERATION + "Enumerate",
                        "root/virtualization/*",
                        "",
                        "<wsen:Enumerate><wsman:Filter Dialect=\"http://schemas.microsoft.com/"
                            + "wbem/wsman/1/WQL\">select * from X</wsman:Filter>"
                            + "</wsen:Enumerate>"))
                .envelope(),
            UTF_8);
    assertTrue(
        answer.contains(
            "xmlns:p=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError\""),
        answer);
    assertTrue(answer.contains("<p:error_Code>2150858778</p:error_Code>"), answer);
    assertTrue(answer.contains("Code=\"2150858778\""), answer);
  }

  @Test
  void aMethodsInputMayBeInAnotherNameSpace() {
    String service = "root/virtualization/v2/Msvm_VirtualSystemManagementService";
    String answer =
        new String(
            lab.raw(
                    virtWho(
                        CimReference.WMI + service + "/GetSummaryInformation",
                        service,
                        "<wsman:SelectorSet>"
                            + "<wsman:Selector Name=\"CreationClassName\">"
                            + "Msvm_VirtualSystemManagementService</wsman:Selector>"
                            + "<wsman:Selector Name=\"SystemCreationClassName\">"
                            + "Msvm_ComputerSystem</wsman:Selector></wsman:SelectorSet>",
                        "<wsman:GetSummaryInformation_INPUT xmlns:p=\""
                            + CimReference.WMI
                            + service
                            + "\"><p:RequestedInformation>0</p:RequestedInformation>"
                            + "<p:RequestedInformation>1</p:RequestedInformation>"
                            + "<p:RequestedInformation>100</p:RequestedInformation>"
                            + "</wsman:GetSummaryInformation_INPUT>"))
                .envelope(),
            UTF_8);
    assertTrue(
        answer.contains("p:GetSummaryInformation_OUTPUT xmlns:xsi=") && answer.contains(service),
        answer);
    assertTrue(
        answer.contains(
            "<p:SummaryInformation xmlns:p1=\""
                + V2
                + "Msvm_SummaryInformation\" xsi:type=\"p1:Msvm_SummaryInformation_Type\">"),
        answer);
    assertTrue(answer.contains("<p1:ElementName>web</p1:ElementName>"), answer);
    assertTrue(answer.contains("<p1:EnabledState>2</p1:EnabledState>"), answer);
  }

  @Test
  void theNewerAddressingIsAnsweredInKind() {
    WsManMessage answer =
        ServiceLab.message(
            lab.raw(
                "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Header>"
                    + "<r:ResourceURI xmlns:r='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd'>"
                    + V2
                    + "Msvm_ComputerSystem</r:ResourceURI>"
                    + "<Action xmlns='http://www.w3.org/2005/08/addressing'>"
                    + ENUMERATION
                    + "Enumerate</Action><MessageID xmlns='http://www.w3.org/2005/08/addressing'>"
                    + "urn:uuid:1</MessageID><ReplyTo"
                    + " xmlns='http://www.w3.org/2005/08/addressing'><Address>"
                    + CimReference.ANONYMOUS
                    + "</Address></ReplyTo></e:Header><e:Body><Enumerate"
                    + " xmlns='http://schemas.xmlsoap.org/ws/2004/09/enumeration'/></e:Body>"
                    + "</e:Envelope>"));
    assertInstanceOf(WsManBody.EnumerateResponse.class, answer.body());
    assertEquals(Addressing.AUGUST_2005, answer.header().addressing());
    assertEquals(Optional.of("urn:uuid:1"), answer.header().relatesTo());
  }

  @Test
  void anIllFormedItemIsAFaultAndNothingIsWritten() throws Exception {
    WsManBody.Fault fault =
        lab.fault(
            lab.call(ServiceLab.service(), "AddKvpItems"),
            new WsManBody.Invoke(
                V2 + "Msvm_VirtualSystemManagementService",
                "AddKvpItems",
                ImmutableList.of(
                    ServiceLab.target(lab.vm("web")),
                    CimProperty.of(
                        "DataItems",
                        CimValue.of(
                            "<INSTANCE CLASSNAME=\"Msvm_KvpExchangeDataItem\"><PROPERTY"
                                + " NAME=\"Name\" TYPE=\"string\"><VALUE>k</VALUE></PROPERTY>"
                                + "<PROPERTY NAME=\"Data\" TYPE=\"string\"><VALUE>v & w</VALUE>"
                                + "</PROPERTY></INSTANCE>")))));
    assertEquals("InvalidParameter", ServiceLab.kind(fault));
    assertTrue(fault.reason().contains("DataItems"), fault.reason());
  }

  /**
   * Everything that the recorded clients sent is answered, and only what cannot work by a fault.
   */
  @TestFactory
  Stream<DynamicTest> recordedRequestsAreAnswered() throws IOException {
    Optional<Path> corpus =
        Optional.ofNullable(System.getProperty("avma.corpus"))
            .map(root -> Path.of(root, "wsman"))
            .filter(Files::isDirectory);
    if (corpus.isEmpty()) {
      System.err.println("no wsman in the corpus; requests of our own are answered alone");
      return Stream.empty();
    }
    Map<String, String> refused =
        Map.of(
            "02-pull-addressing-2005-08.xml", "InvalidEnumerationContext",
            "03-pull-first-max256.xml", "InvalidEnumerationContext",
            "04-pull-next-max256.xml", "InvalidEnumerationContext",
            "06-pull-wql.xml", "InvalidEnumerationContext",
            "09-pull-without-maxelements.xml", "InvalidEnumerationContext",
            "03-get-addressing-2005-08.xml", "DestinationUnreachable",
            "06-get-addressing-2004-08.xml", "DestinationUnreachable",
            "07-get-two-selectors.xml", "DestinationUnreachable");
    List<DynamicTest> tests = new ArrayList<>();
    for (String folder : List.of("requests-wsman-cli", "requests-opennms-client")) {
      try (Stream<Path> files = Files.list(corpus.get().resolve(folder))) {
        files
            .sorted()
            .forEach(
                file ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            folder + "/" + file.getFileName(),
                            () ->
                                answered(
                                    Files.readString(file),
                                    Optional.ofNullable(
                                        refused.get(file.getFileName().toString()))))));
      }
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  private void answered(String request, Optional<String> refused) {
    WsManBody answer = ask(request);
    Optional<String> fault =
        answer instanceof WsManBody.Fault told
            ? Optional.of(ServiceLab.kind(told))
            : Optional.empty();
    assertEquals(refused, fault, answer::toString);
  }
}
