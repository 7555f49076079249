package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of event sources: each rule can fail, on a log that breaks it and nothing else. */
@Timeout(120)
class EventMetaTest {
  private static final MetaContract<EventFixture, EventFault> META =
      new MetaContract<>(ContractRule.ofEvents(), MemoryLog::new, fault -> fault.rule);

  @Test
  void aLogWithoutFaultKeepsEveryRule() throws Exception {
    assertEquals(List.of(), META.brokenBy(EventFault.NONE));
  }

  @Test
  void everyFaultBreaksItsRuleAndNoOther() throws Exception {
    META.assertEveryFaultBreaksItsRuleAlone(EventFault.values());
  }

  @Test
  void everyRuleHasAFault() {
    META.assertEveryRuleHasAFault(EventFault.values());
  }

  private static EventProperties on(EventFault fault) {
    return () -> new MemoryLog(fault);
  }

  @Test
  void everyPropertyCanFail() throws Exception {
    List<EventProperties.Round> rounds =
        List.of(
            new EventProperties.Round(2, 1, false),
            new EventProperties.Round(1, 4, true),
            new EventProperties.Round(2, 3, false));
    on(EventFault.NONE).everyRecordComesOnce(rounds);
    assertThrows(
        AssertionError.class,
        () -> on(EventFault.BOOKMARKS_DIE_WITH_THEIR_OBJECT).everyRecordComesOnce(rounds));
    assertThrows(
        AssertionError.class,
        () -> on(EventFault.AN_OPEN_SOURCE_SEES_NOTHING_NEW).everyRecordComesOnce(rounds));
    on(EventFault.NONE).aFilterHidesTheRest(4, 1, 3, 2);
    assertThrows(
        AssertionError.class,
        () -> on(EventFault.FILTERS_BY_NUMBER_ARE_IGNORED).aFilterHidesTheRest(4, 1, 3, 2));
  }
}
