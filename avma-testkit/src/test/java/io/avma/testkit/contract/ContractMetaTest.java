package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.avma.kvp.KvpItem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of guests: each rule can fail, on a guest that breaks it and nothing else. */
@Timeout(120)
class ContractMetaTest {
  private static final MetaContract<TransportFixture, Fault> META =
      new MetaContract<>(ContractRule.ofGuests(), MemoryFixture::new, fault -> fault.rule);

  @Test
  void guestsWithoutFaultKeepEveryRule() throws Exception {
    assertEquals(List.of(), META.brokenBy(Fault.NONE));
    assertEquals(List.of(), META.brokenBy(Fault.NONE_OF_A_BARE_GUEST));
  }

  @Test
  void everyFaultBreaksItsRuleAndNoOther() throws Exception {
    META.assertEveryFaultBreaksItsRuleAlone(Fault.values());
  }

  @Test
  void everyRuleHasAFault() {
    META.assertEveryRuleHasAFault(Fault.values());
  }

  private static TransportProperties on(Fault fault) {
    return () -> new MemoryFixture(fault);
  }

  private static TransportProperties.Operation put(String key, String value) {
    return new TransportProperties.Operation(key, Optional.of(value));
  }

  @Test
  void everyPropertyCanFail() throws Exception {
    List<TransportProperties.Operation> operations =
        List.of(
            put("a", "1"),
            put("b", "2"),
            put("a", "3"),
            new TransportProperties.Operation("b", Optional.empty()),
            put("c", ""));
    KvpItem large = new KvpItem("k".repeat(255), "");
    on(Fault.NONE).guestAndHostSeeWhatAnyWritingLeft(operations);
    on(Fault.NONE).theGuestReadsWhatAnyWritingOfTheHostLeft(operations);
    on(Fault.NONE).whatIsTooLargeChangesNothing(operations, large);
    assertThrows(
        AssertionError.class,
        () ->
            on(Fault.THE_HOST_SEES_NO_ITEM_WITHOUT_VALUE)
                .guestAndHostSeeWhatAnyWritingLeft(operations));
    assertThrows(
        AssertionError.class,
        () ->
            on(Fault.THE_HOSTS_DELETES_ARE_IGNORED)
                .theGuestReadsWhatAnyWritingOfTheHostLeft(operations));
    assertThrows(
        AssertionError.class,
        () ->
            on(Fault.ITEMS_BEFORE_A_BAD_ONE_ARE_WRITTEN)
                .whatIsTooLargeChangesNothing(operations, large));
  }
}
