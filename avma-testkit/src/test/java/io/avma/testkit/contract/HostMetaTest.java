package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of hosts: each rule can fail, on a host that breaks it and nothing else. */
@Timeout(120)
class HostMetaTest {
  private static final MetaContract<HostFixture, HostFault> META =
      new MetaContract<>(ContractRule.ofHosts(), MemoryHosts::new, fault -> fault.rule);

  @Test
  void hostsWithoutFaultKeepEveryRule() throws Exception {
    assertEquals(List.of(), META.brokenBy(HostFault.NONE));
    assertEquals(List.of(), META.brokenBy(HostFault.NONE_OF_A_BARE_HOST));
  }

  @Test
  void everyFaultBreaksItsRuleAndNoOther() throws Exception {
    META.assertEveryFaultBreaksItsRuleAlone(HostFault.values());
  }

  @Test
  void everyRuleHasAFault() {
    META.assertEveryRuleHasAFault(HostFault.values());
  }

  private static HostProperties on(HostFault fault) {
    return () -> new MemoryHosts(fault);
  }

  private static HostProperties.Operation call(HostProperties.Verb verb, String key, String value) {
    return new HostProperties.Operation(verb, new KvpItem(key, value));
  }

  @Test
  void everyPropertyCanFail() throws Exception {
    List<HostProperties.Operation> calls =
        List.of(
            call(HostProperties.Verb.ADD, "a", "1"),
            call(HostProperties.Verb.ADD, "b", " 2"),
            call(HostProperties.Verb.ADD, "a", "3"),
            call(HostProperties.Verb.MODIFY, "a", "4"),
            call(HostProperties.Verb.REMOVE, "c", ""));
    on(HostFault.NONE).anyWritingIsReadBack(calls);
    for (HostFault fault :
        List.of(
            HostFault.WRITTEN_VALUES_ARE_STRIPPED, HostFault.A_MODIFIED_ITEM_MOVES_TO_THE_END)) {
      assertThrows(AssertionError.class, () -> on(fault).anyWritingIsReadBack(calls));
    }
    Set<KvpSource> sources = Set.of(KvpSource.HOST_WRITTEN);
    on(HostFault.NONE).anySweepReturnsWhatWasAsked(Set.of(), Set.of(HostChecks.NOBODY), sources);
    for (HostFault fault :
        List.of(HostFault.AN_UNKNOWN_VM_IS_LEFT_OUT, HostFault.ITEMS_OF_GUESTS_COME_UNASKED)) {
      assertThrows(
          AssertionError.class,
          () ->
              on(fault).anySweepReturnsWhatWasAsked(Set.of(), Set.of(HostChecks.NOBODY), sources));
    }
  }
}
