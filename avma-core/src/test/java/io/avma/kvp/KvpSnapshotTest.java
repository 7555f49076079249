package io.avma.kvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KvpSnapshotTest {
  private static final KvpProblem PROBLEM =
      KvpProblem.of(KvpSource.INTRINSIC, KvpProblem.Reason.INCOMPLETE, "cut");

  private final KvpSnapshot snapshot =
      KvpSnapshot.builder()
          .item(KvpSource.GUEST_WRITTEN, "b", "1")
          .item(KvpSource.GUEST_WRITTEN, "a", "2")
          .item(KvpSource.GUEST_WRITTEN, "b", "3")
          .item(KvpSource.INTRINSIC, "b", "4")
          .problem(PROBLEM)
          .build();

  @Test
  void duplicatesStayInTheOrderInWhichTheyWereRead() {
    assertEquals(
        List.of(new KvpItem("b", "1"), new KvpItem("a", "2"), new KvpItem("b", "3")),
        snapshot.items(KvpSource.GUEST_WRITTEN));
    assertEquals(List.of("1", "3"), snapshot.all(KvpSource.GUEST_WRITTEN, "b"));
  }

  @Test
  void oneViewTakesTheFirstOfEqualKeysAndOneTheLast() {
    assertEquals(
        List.of(Map.entry("b", "1"), Map.entry("a", "2")),
        List.copyOf(snapshot.firstWins(KvpSource.GUEST_WRITTEN).entrySet()));
    assertEquals(
        List.of(Map.entry("b", "3"), Map.entry("a", "2")),
        List.copyOf(snapshot.lastWins(KvpSource.GUEST_WRITTEN).entrySet()));
    assertEquals(Optional.of("1"), snapshot.first(KvpSource.GUEST_WRITTEN, "b"));
  }

  @Test
  void oneSourceNeverAnswersForAnother() {
    assertEquals(Optional.of("4"), snapshot.first(KvpSource.INTRINSIC, "b"));
    assertEquals(Optional.empty(), snapshot.first(KvpSource.HOST_WRITTEN, "b"));
    assertEquals(Optional.empty(), snapshot.first(KvpSource.INTRINSIC, "a"));
    assertEquals(ImmutableList.of(), snapshot.items(KvpSource.HOST_ONLY));
  }

  @Test
  void keysDifferInCase() {
    assertEquals(Optional.empty(), snapshot.first(KvpSource.GUEST_WRITTEN, "B"));
  }

  @Test
  void aCopyIsEqualUntilItChanges() {
    assertEquals(snapshot, snapshot.toBuilder().build());
    assertEquals(snapshot.hashCode(), snapshot.toBuilder().build().hashCode());
    assertNotEquals(snapshot, snapshot.toBuilder().item(KvpSource.INTRINSIC, "x", "").build());
    assertNotEquals(snapshot, snapshot.toBuilder().problem(PROBLEM).build());
    assertEquals(ImmutableList.of(PROBLEM), snapshot.toBuilder().build().problems());
  }

  @Test
  void theOrderOfSourcesDoesNotMatter() {
    KvpSnapshot one =
        KvpSnapshot.builder()
            .item(KvpSource.INTRINSIC, "a", "")
            .item(KvpSource.HOST_ONLY, "b", "")
            .build();
    KvpSnapshot other =
        KvpSnapshot.builder()
            .item(KvpSource.HOST_ONLY, "b", "")
            .item(KvpSource.INTRINSIC, "a", "")
            .build();
    assertEquals(one, other);
    assertEquals(one.toString(), other.toString());
  }

  @Test
  void itsTextHoldsCountsAndNoItem() {
    assertEquals("KvpSnapshot[intrinsic 1, guest-written 3, problems 1]", snapshot.toString());
  }

  @Test
  void nothingReadIsEmpty() {
    assertSame(KvpSnapshot.empty(), KvpSnapshot.builder().build());
    assertTrue(KvpSnapshot.empty().isEmpty());
    assertFalse(snapshot.isEmpty());
  }

  @Test
  void theTextOfAnItemIsEscapedAndCut() {
    assertEquals("a\\u{1B}=v", new KvpItem("a\u001B", "v").toString());
    assertTrue(new KvpItem("k", "v".repeat(100_000)).toString().length() < 120);
  }
}
