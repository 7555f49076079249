package io.avma.kvp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KvpPoolTest {
  @ParameterizedTest
  @CsvSource({
    "EXTERNAL, 0, external",
    "GUEST, 1, guest",
    "AUTO, 2, auto",
    "AUTO_EXTERNAL, 3, auto-external",
    "AUTO_INTERNAL, 4, auto-internal"
  })
  void numberAndLabelAreThoseOfDataExchange(KvpPool pool, int number, String label) {
    assertEquals(number, pool.number());
    assertEquals(label, pool.label());
  }

  @ParameterizedTest
  @EnumSource
  void aPoolIsFoundByEveryNameItGoesBy(KvpPool pool) {
    Optional<KvpPool> found = Optional.of(pool);
    assertEquals(found, KvpPool.named(pool.label()));
    assertEquals(found, KvpPool.named(pool.label().toUpperCase(java.util.Locale.ROOT)));
    assertEquals(found, KvpPool.named(pool.name()));
    assertEquals(found, KvpPool.named(" " + pool.number() + " "));
    assertEquals(found, KvpPool.ofNumber(pool.number()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1", "00", "auto external", "intern", "٣"})
  void noPoolIsFoundByAnotherName(String name) {
    assertEquals(Optional.empty(), KvpPool.named(name));
  }

  @Test
  void noPoolHasAnotherNumber() {
    assertEquals(Optional.empty(), KvpPool.ofNumber(-1));
    assertEquals(Optional.empty(), KvpPool.ofNumber(5));
  }

  @ParameterizedTest
  @EnumSource
  void aSourceAndItsPoolPointAtEachOther(KvpSource source) {
    assertEquals(
        source.pool().map(unused -> source), source.pool().flatMap(KvpSource::of), source.label());
  }

  @Test
  void thePoolWithoutAUseHasNoSource() {
    assertEquals(Optional.empty(), KvpSource.of(KvpPool.AUTO_INTERNAL));
  }
}
