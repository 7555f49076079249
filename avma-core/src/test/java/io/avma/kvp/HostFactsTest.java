package io.avma.kvp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import io.avma.platform.WindowsSku;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostFactsTest {
  private static final String VM = "0F3E2D1C-0000-4000-8000-00000000ABCD";

  private static final ImmutableMap<String, String> SIXTEEN =
      ImmutableMap.<String, String>builder()
          .put("HostName", "HV1")
          .put("HostingSystemEditionId", "8")
          .put("HostingSystemNestedLevel", "0")
          .put("HostingSystemOsMajor", "10")
          .put("HostingSystemOsMinor", "0")
          .put("HostingSystemProcessorArchitecture", "9")
          .put("HostingSystemProcessorIdleStateMax", "0")
          .put("HostingSystemProcessorThrottleMax", "100")
          .put("HostingSystemProcessorThrottleMin", "5")
          .put("HostingSystemSpMajor", "0")
          .put("HostingSystemSpMinor", "0")
          .put("PhysicalHostName", "HV1")
          .put("PhysicalHostNameFullyQualified", "HV1.example.test")
          .put("VirtualMachineDynamicMemoryBalancingEnabled", "1")
          .put("VirtualMachineId", VM)
          .put("VirtualMachineName", "web 1")
          .buildOrThrow();

  @Test
  void aHostTellsSixteenThings() {
    HostFacts facts = read(SIXTEEN);
    assertEquals(16, facts.values().size());
    assertEquals(ImmutableList.of(), facts.problems());
    assertEquals(ImmutableList.of(), facts.others());
    assertEquals(Optional.of(new HostId("hv1")), facts.hostName());
    assertEquals(Optional.of(new HostId("hv1")), facts.physicalHostName());
    assertEquals(
        Optional.of(new HostId("hv1.example.test")), facts.physicalHostNameFullyQualified());
    assertEquals(VmId.parse(VM), facts.vmId());
    assertEquals(Optional.of("web 1"), facts.vmName());
    assertEquals(OptionalInt.of(8), facts.editionId());
    assertEquals(WindowsSku.of(8), facts.sku());
    assertEquals(OptionalLong.of(0), facts.nestedLevel());
    assertEquals(OptionalLong.of(10), facts.osMajor());
    assertEquals(OptionalLong.of(0), facts.osMinor());
    assertEquals(Optional.of(ProcessorArchitecture.X64), facts.architecture());
    assertEquals(Optional.of(true), facts.dynamicMemoryBalancing());
  }

  @Test
  void itsTextIsTheVmAndItsHost() {
    assertEquals("HostFacts[" + VM + " on hv1.example.test, problems 0]", read(SIXTEEN).toString());
    assertEquals(
        "HostFacts[VM unknown on ?, problems 0]", HostFacts.of(KvpSnapshot.empty()).toString());
  }

  @Test
  void theConstantsAreInTheOrderInWhichHostsWrite() {
    assertEquals(
        List.copyOf(SIXTEEN.keySet()),
        List.of(HostFact.values()).stream().map(HostFact::key).toList());
  }

  @ParameterizedTest
  @EnumSource
  void garbageInOneFactHidesNoOther(HostFact fact) {
    var items = new java.util.LinkedHashMap<String, String>(SIXTEEN);
    items.put(fact.key(), "\u001B ; \0");
    HostFacts facts = read(ImmutableMap.copyOf(items));
    assertEquals(16, facts.values().size());
    assertEquals(fact == HostFact.VIRTUAL_MACHINE_NAME ? 0 : 1, facts.problems().size(), fact::key);
  }

  @Test
  void onlyWhatTheHostWroteAboutItselfCounts() {
    KvpSnapshot guest =
        KvpSnapshot.builder().item(KvpSource.GUEST_WRITTEN, "VirtualMachineId", VM).build();
    assertEquals(Optional.empty(), HostFacts.of(guest).vmId());
  }

  private static HostFacts read(ImmutableMap<String, String> items) {
    KvpSnapshot.Builder snapshot = KvpSnapshot.builder();
    items.forEach((key, value) -> snapshot.item(KvpSource.HOST_FACTS, key, value));
    return HostFacts.of(snapshot.build());
  }
}
