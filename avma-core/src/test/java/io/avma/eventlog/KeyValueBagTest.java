package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.KeyValueBag.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyValueBagTest {
  @Test
  void pairsKeepTheirOrderAndDuplicates() {
    KeyValueBag bag = KeyValueBag.parse("b=1;a=2;b=3");
    assertEquals(
        List.of(new Entry("b", "1"), new Entry("a", "2"), new Entry("b", "3")), bag.entries());
    assertEquals(Optional.of("1"), bag.get("b"));
  }

  @Test
  void keysAreFoundIgnoringCase() {
    assertEquals(Optional.of("7"), KeyValueBag.parse("ruleId=7").get("RuleId"));
    assertEquals(Optional.empty(), KeyValueBag.parse("ruleId=7").get("rule"));
  }

  @Test
  void aValueMayHoldEqualsSignsAndBlanksAndBeEmpty() {
    KeyValueBag bag = KeyValueBag.parse(" k =a=b ;e=");
    assertEquals(Optional.of("a=b "), bag.get("k"));
    assertEquals(Optional.of(""), bag.get("e"));
  }

  @Test
  void aNameOfARegistryValueInFrontIsTheLabel() {
    KeyValueBag bag = KeyValueBag.parse("Security-SPP-Action-StateData (REG_SZ) =AppId=1;b=2");
    assertEquals(Optional.of("Security-SPP-Action-StateData (REG_SZ)"), bag.label());
    assertEquals(Optional.of("1"), bag.get("AppId"));
    assertEquals(Optional.of("2"), bag.get("b"));
    assertEquals(Optional.empty(), KeyValueBag.parse("a(b)=c").label());
  }

  @Test
  void piecesThatAreNoPairAreKept() {
    KeyValueBag bag = KeyValueBag.parse("lonely;;=x; ;k=v");
    assertEquals(List.of("lonely", "=x"), bag.strays());
    assertEquals(List.of(new Entry("k", "v")), bag.entries());
    assertEquals(ImmutableList.of(), KeyValueBag.parse("").strays());
  }

  @Test
  void beyondTheBoundTheRestIsOnePiece() {
    KeyValueBag full = KeyValueBag.parse("k=v;".repeat(KeyValueBag.MAX_ENTRIES));
    assertEquals(KeyValueBag.MAX_ENTRIES, full.entries().size());
    assertEquals(ImmutableList.of(), full.strays());
    KeyValueBag more = KeyValueBag.parse("k=v;".repeat(KeyValueBag.MAX_ENTRIES + 2));
    assertEquals(KeyValueBag.MAX_ENTRIES, more.entries().size());
    assertEquals(List.of("k=v;k=v;"), more.strays());
  }

  @Test
  void itsTextHoldsNoValue() {
    assertEquals("KeyValueBag[1 pairs, 1 strays]", KeyValueBag.parse("k=secret;secret").toString());
  }
}
