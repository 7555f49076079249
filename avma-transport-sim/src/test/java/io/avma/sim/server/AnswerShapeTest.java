package io.avma.sim.server;

import static io.avma.sim.server.ServiceLab.ENUMERATION;
import static io.avma.sim.server.ServiceLab.V2;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

/** Our answers look as those of a real host: order, prefixes, name spaces, types. */
class AnswerShapeTest {
  private final ServiceLab lab = new ServiceLab().started();

  private byte[] sent(String action, String resource, WsManBody body) {
    return ServiceLab.answer(
            lab.service.answer(
                lab.caller,
                lab.host,
                WsManCodec.encode(new WsManMessage(lab.header(action, resource).build(), body)),
                UTF_8))
        .envelope();
  }

  private byte[] enumerated() {
    return sent(ENUMERATION + "Enumerate", V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
  }

  private byte[] pulled(String resource, WsManBody.Enumerate enumerate) {
    return sent(ENUMERATION + "Pull", resource, ServiceLab.pull(lab.begin(resource, enumerate), 1));
  }

  private byte[] host() {
    return pulled(V2 + "Msvm_ComputerSystem", WsManBody.Enumerate.all());
  }

  private byte[] vm(String condition) {
    return pulled(
        V2 + "*", ServiceLab.query("SELECT * FROM Msvm_ComputerSystem WHERE " + condition));
  }

  /** Against a text of our own in the form of the recordings, so that it is tried everywhere. */
  @Test
  void anAnswerIsWrittenAsWindowsWritesIt() {
    String text =
        new String(pulled(V2 + "Msvm_ElementSettingData", WsManBody.Enumerate.all()), UTF_8)
            .replaceAll("[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}", "GUID");
    String anonymous = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous";
    String reference =
        " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
            + " xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><a:Address>"
            + anonymous
            + "</a:Address><a:ReferenceParameters><w:ResourceURI>"
            + V2;
    assertEquals(
        "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
            + " xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\""
            + " xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><s:Header>"
            + "<a:Action>http://schemas.xmlsoap.org/ws/2004/09/enumeration/PullResponse"
            + "</a:Action><a:MessageID>uuid:GUID</a:MessageID><a:To>"
            + anonymous
            + "</a:To><a:RelatesTo>uuid:1</a:RelatesTo></s:Header><s:Body><n:PullResponse>"
            + "<n:EnumerationContext>uuid:GUID</n:EnumerationContext><n:Items>"
            + "<p:Msvm_ElementSettingData"
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:p=\""
            + V2
            + "Msvm_ElementSettingData\""
            + " xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\""
            + " xsi:type=\"p:Msvm_ElementSettingData_Type\"><p:IsCurrent>1</p:IsCurrent>"
            + "<p:IsDefault>1</p:IsDefault><p:IsMaximum xsi:nil=\"true\"/>"
            + "<p:IsMinimum xsi:nil=\"true\"/><p:IsNext>1</p:IsNext><p:ManagedElement"
            + reference
            + "Msvm_KvpExchangeComponent</w:ResourceURI><w:SelectorSet>"
            + "<w:Selector Name=\"CreationClassName\">Msvm_KvpExchangeComponent</w:Selector>"
            + "<w:Selector Name=\"DeviceID\">Microsoft:GUID</w:Selector>"
            + "<w:Selector Name=\"SystemCreationClassName\">Msvm_ComputerSystem</w:Selector>"
            + "<w:Selector Name=\"SystemName\">GUID</w:Selector></w:SelectorSet>"
            + "</a:ReferenceParameters></p:ManagedElement><p:SettingData"
            + reference
            + "Msvm_KvpExchangeComponentSettingData</w:ResourceURI><w:SelectorSet>"
            + "<w:Selector Name=\"InstanceID\">Microsoft:GUID\\GUID</w:Selector>"
            + "</w:SelectorSet></a:ReferenceParameters></p:SettingData>"
            + "</p:Msvm_ElementSettingData></n:Items></n:PullResponse></s:Body></s:Envelope>",
        text);
  }

  @Test
  void embeddedItemsAreTextAndNothingElse() {
    String text =
        new String(
            pulled(
                V2 + "*",
                ServiceLab.query(
                    "SELECT * FROM Msvm_KvpExchangeComponent WHERE SystemName='"
                        + lab.vm("web")
                        + "'")),
            UTF_8);
    assertTrue(
        text.contains(
            "<p:GuestIntrinsicExchangeItems>&lt;INSTANCE"
                + " CLASSNAME=\"Msvm_KvpExchangeDataItem\"&gt;&lt;PROPERTY NAME=\"Caption\""),
        text);
    assertTrue(text.contains("</p:Msvm_KvpExchangeComponent></n:Items><n:EndOfSequence/>"), text);
  }

  @TestFactory
  Stream<DynamicTest> answersHaveTheShapeOfTheRecordings() throws IOException {
    Optional<Path> corpus =
        Optional.ofNullable(System.getProperty("avma.corpus"))
            .map(root -> Path.of(root, "wsman", "recorded"))
            .filter(Files::isDirectory);
    if (corpus.isEmpty()) {
      System.err.println("no wsman in the corpus; answers are compared with our own text alone");
      return Stream.empty();
    }
    Map<String, Callable<byte[]>> ours = new TreeMap<>();
    ours.put("recorded_computersystem_enumerate.xml", this::enumerated);
    ours.put("recorded_computersystem_pull_host.xml", this::host);
    ours.put("recorded_computersystem_pull_vm_off.xml", () -> vm("EnabledState=3"));
    ours.put(
        "recorded_computersystem_pull_vm_running_c_eos.xml",
        () -> vm("EnabledState=2 AND Name='" + lab.vm("web") + "'"));
    Stream<DynamicTest> whole =
        ours.entrySet().stream()
            .map(
                each ->
                    DynamicTest.dynamicTest(
                        each.getKey(),
                        () ->
                            assertEquals(
                                Skeleton.of(
                                    Files.readAllBytes(corpus.get().resolve(each.getKey()))),
                                Skeleton.of(each.getValue().call()))));
    Path job = corpus.get().resolve("recorded_affectedjobelement_pull_created.xml");
    return Stream.concat(
        whole,
        Stream.of(
            DynamicTest.dynamicTest(
                "a reference as a property",
                () ->
                    assertEquals(
                        first(Files.readAllBytes(job), "AffectedElement")
                            .replace("AffectedElement", "SettingData")
                            .replace("Msvm_AffectedJobElement", "Msvm_ElementSettingData"),
                        first(
                            pulled(V2 + "Msvm_ElementSettingData", WsManBody.Enumerate.all()),
                            "SettingData")))));
  }

  private static String first(byte[] message, String property) throws Exception {
    return Skeleton.of(
        (Element) Skeleton.root(message).getElementsByTagName("p:" + property).item(0));
  }
}
