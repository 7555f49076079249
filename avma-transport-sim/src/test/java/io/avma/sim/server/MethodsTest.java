package io.avma.sim.server;

import static io.avma.sim.server.ServiceLab.V2;
import static io.avma.sim.server.ServiceLab.items;
import static io.avma.sim.server.ServiceLab.kind;
import static io.avma.sim.server.ServiceLab.service;
import static io.avma.sim.server.ServiceLab.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.platform.VmId;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import io.avma.transport.wsman.WsManBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of methods, and the jobs that come of them. */
class MethodsTest {
  private final ServiceLab lab = new ServiceLab();

  private List<String> hostItems(String guest) throws Exception {
    CimReference settings =
        ServiceLab.reference(
            "Msvm_KvpExchangeComponentSettingData",
            "InstanceID",
            "Microsoft:" + lab.vm(guest) + "\\2A34B1C2-FD73-4043-8A5B-DD2159BC743F");
    List<String> told = new ArrayList<>();
    for (String text : lab.get(settings).texts("HostExchangeItems")) {
      KvpDataItem item = KvpDataItemCodec.decode(text);
      assertEquals(0, item.source().getAsInt());
      told.add(item.item().orElseThrow().key() + "=" + item.item().orElseThrow().value());
    }
    return told;
  }

  @Test
  void itemsAreAddedChangedAndRemovedByJobs() throws Exception {
    VmId web = lab.vm("web");
    assertEquals(0, lab.job(service(), "AddKvpItems", target(web), items("a", "1", "b", "2")));
    assertEquals(List.of("a=1", "b=2"), hostItems("web"));
    assertEquals(0, lab.job(service(), "ModifyKvpItems", target(web), items("a", "<3>")));
    assertEquals(List.of("a=<3>", "b=2"), hostItems("web"));
    assertEquals(0, lab.job(service(), "RemoveKvpItems", target(web), items("b", "")));
    assertEquals(List.of("a=<3>"), hostItems("web"));
    assertEquals(List.of(), hostItems("db"));
  }

  @ParameterizedTest
  @CsvSource({
    "hv-1, web, AddKvpItems, there, 32773",
    "hv-1, web, ModifyKvpItems, gone, 32779",
    "hv-1, web, RemoveKvpItems, gone, 0",
    "r2, far, AddKvpItems, there, 32773",
    "r2, far, ModifyKvpItems, gone, 32773",
    "r2, far, RemoveKvpItems, gone, 0",
    "old, dinosaur, AddKvpItems, there, 32773",
    "old, dinosaur, ModifyKvpItems, gone, 32773",
    "old, dinosaur, RemoveKvpItems, gone, 32773",
    "hv-1, web, AddKvpItems, '', 32773",
  })
  void codesAreThoseOfTheBuild(String host, String guest, String method, String key, long code)
      throws Exception {
    lab.host = host;
    assertEquals(0, lab.job(service(), "AddKvpItems", target(lab.vm(guest)), items("there", "x")));
    assertEquals(code, lab.job(service(), method, target(lab.vm(guest)), items(key, "y")));
    assertEquals(List.of("there=x"), hostItems(guest));
  }

  @Test
  void invalidItemsWriteNothing() throws Exception {
    VmId web = lab.vm("web");
    String[] many = new String[258];
    for (int i = 0; i < many.length; i++) {
      many[i] = "k" + i;
    }
    assertEquals(32773, lab.job(service(), "AddKvpItems", target(web), items(many)));
    assertEquals(32773, lab.job(service(), "AddKvpItems", target(web), items("a", "1", "a", "2")));
    assertEquals(
        32773, lab.job(service(), "AddKvpItems", target(web), items("a", "x".repeat(1025))));
    assertEquals(32773, lab.job(service(), "AddKvpItems", target(web)));
    String guestItem =
        KvpDataItemCodec.encode(
            new KvpDataItem(
                java.util.Optional.of("a"),
                java.util.Optional.of("b"),
                java.util.OptionalInt.of(1)));
    assertEquals(
        32773,
        lab.job(
            service(),
            "AddKvpItems",
            target(web),
            CimProperty.of("DataItems", CimValue.of(guestItem))));
    assertEquals(List.of(), hostItems("web"));
  }

  @Test
  void aVmThatIsNotHereIsAnInvalidParameter() throws Exception {
    CimInstance results =
        lab.invoke(service(), "AddKvpItems", target(new VmId(new UUID(1, 2))), items("a", "b"));
    assertEquals("32773", results.text("ReturnValue").orElseThrow());
    assertFalse(results.property("Job").isPresent());
  }

  @Test
  void aMethodNeedsItsSelectorsItsTargetAndItsName() {
    CimReference bare = ServiceLab.reference("Msvm_VirtualSystemManagementService");
    assertEquals(OptionalLong.of(0x8004102FL), fault(bare, "AddKvpItems").code());
    assertEquals("InvalidParameter", kind(fault(service(), "AddKvpItems")));
    assertEquals("ActionNotSupported", kind(fault(service(), "DestroySystem")));
    CimReference wrong =
        ServiceLab.reference("Msvm_VirtualSystemManagementService", "Name", "other");
    assertEquals("DestinationUnreachable", kind(fault(wrong, "AddKvpItems")));
    assertEquals(
        "ActionNotSupported",
        kind(
            lab.fault(
                lab.call(service(), "AddKvpItems"),
                new WsManBody.Invoke(
                    service().resourceUri(), "RemoveKvpItems", ImmutableList.of()))));
  }

  private WsManBody.Fault fault(CimReference target, String method) {
    return lab.fault(
        lab.call(target, method),
        new WsManBody.Invoke(target.resourceUri(), method, ImmutableList.of()));
  }

  @Test
  void aJobVanishesWhenThereAreManyNewerOnes() throws Exception {
    ServiceLab small = new ServiceLab(new HostQuotas(512_000, 100, 10, Duration.ofMinutes(1), 2));
    CimReference first =
        small
            .invoke(service(), "RemoveKvpItems", target(small.vm("web")), items("x", ""))
            .reference("Job")
            .orElseThrow();
    for (int i = 0; i < 2; i++) {
      assertEquals(
          0, small.job(service(), "RemoveKvpItems", target(small.vm("web")), items("x", "")));
    }
    WsManBody.Fault fault =
        small.fault(
            small.header(ServiceLab.TRANSFER + "Get", "").instance(first), new WsManBody.Get());
    assertEquals("DestinationUnreachable", kind(fault));
    assertEquals(2, small.all(V2 + "Msvm_ConcreteJob").size());
  }

  @Test
  void summariesTellWhatWasAskedOfWhom() throws Exception {
    lab.started();
    CimInstance results =
        lab.invoke(
            service(),
            "GetSummaryInformation",
            CimProperty.of(
                "RequestedInformation",
                CimValue.of(
                    List.of(
                        CimValue.of(CimType.UINT32, 0),
                        CimValue.of(CimType.UINT32, 1),
                        CimValue.of(CimType.UINT32, 100)))));
    assertEquals("0", results.text("ReturnValue").orElseThrow());
    List<CimValue> summaries = ((CimValue.Array) results.value("SummaryInformation")).values();
    assertEquals(3, summaries.size());
    List<String> told = new ArrayList<>();
    for (CimValue summary : summaries) {
      CimInstance instance = ((CimValue.Embedded) summary).instance();
      assertEquals("Msvm_SummaryInformation", instance.className());
      assertTrue(instance.value("UpTime").isNil());
      told.add(
          instance.text("ElementName").orElseThrow()
              + " "
              + instance.text("EnabledState").orElseThrow());
    }
    assertTrue(told.contains("web 2") && told.contains("db 3"), told::toString);
    CimInstance one =
        lab.invoke(
            service(),
            "GetSummaryInformation",
            CimProperty.of(
                "SettingData",
                new CimValue.Reference(
                    ServiceLab.reference(
                        "Msvm_VirtualSystemSettingData",
                        "InstanceID",
                        "Microsoft:" + lab.vm("web")))));
    CimInstance web = ((CimValue.Embedded) one.value("SummaryInformation")).instance();
    assertEquals("60000", web.text("UpTime").orElseThrow());
    assertTrue(web.text("GuestOperatingSystem").orElseThrow().contains("2019"));
  }

  @Test
  void aVmIsStartedSavedRestoredAndTurnedOff() throws Exception {
    CimReference web = ServiceLab.system(lab.vm("web"));
    assertEquals(0, state(web, 2));
    assertEquals("2", lab.get(web).text("EnabledState").orElseThrow());
    assertEquals(32775, state(web, 2));
    assertEquals(32770, state(web, 9));
    assertEquals(32773, state(web, 77));
    assertEquals(0, state(web, 6));
    assertEquals("32769", lab.get(web).text("EnabledState").orElseThrow());
    assertEquals(0, state(web, 2));
    assertEquals(0, state(web, 11));
    assertTrue(lab.datacenter.guest("web").isRunning());
    assertEquals(0, state(web, 3));
    assertEquals("3", lab.get(web).text("EnabledState").orElseThrow());
    assertEquals(32775, state(web, 4));
    CimReference host = ServiceLab.reference("Msvm_ComputerSystem", "Name", "hv-1.invalid");
    assertEquals("InvalidParameter", kind(fault(host, "RequestStateChange")));
  }

  private long state(CimReference vm, int state) {
    return lab.job(
        vm,
        "RequestStateChange",
        CimProperty.of("RequestedState", CimValue.of(CimType.UINT16, state)));
  }
}
