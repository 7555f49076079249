package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.avma.kvp.KvpItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract itself: each rule can fail, on a guest that breaks it and nothing else. */
@Timeout(120)
class ContractMetaTest {
  private static List<String> brokenRules(Fault fault) throws Exception {
    List<String> broken = new ArrayList<>();
    for (ContractRule rule : ContractRule.all()) {
      try (MemoryFixture fixture = new MemoryFixture(fault)) {
        rule.check().on(fixture);
      } catch (AssertionError e) {
        broken.add(rule.id()); // any other exception is an accident of the rule's
      }
    }
    return broken;
  }

  @Test
  void aGuestWithoutFaultKeepsEveryRule() throws Exception {
    assertEquals(List.of(), brokenRules(Fault.NONE));
  }

  @Test
  void everyFaultBreaksItsRuleAndNoOther() throws Exception {
    StringBuilder expected = new StringBuilder();
    StringBuilder found = new StringBuilder();
    for (Fault fault : Fault.values()) {
      if (fault != Fault.NONE) {
        expected.append(fault + " breaks " + List.of(fault.rule) + "\n");
        found.append(fault + " breaks " + brokenRules(fault) + "\n");
      }
    }
    assertEquals(expected.toString(), found.toString());
  }

  @Test
  void everyRuleHasAFault() {
    TreeSet<String> rules = new TreeSet<>();
    ContractRule.all().forEach(rule -> rules.add(rule.id()));
    assertEquals(ContractRule.all().size(), rules.size(), "numbers are used once");
    TreeSet<String> broken = new TreeSet<>();
    for (Fault fault : Fault.values()) {
      if (fault != Fault.NONE) {
        broken.add(fault.rule);
      }
    }
    assertEquals(rules, broken);
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
