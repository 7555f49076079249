package io.avma.kvp;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.avma.platform.ForeignText;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The known items among the items of one source, read once; of equal keys the first counts.
 *
 * @param values what the known items mean, in the order of the constants
 * @param others the items that are not known, in reading order
 * @param problems what was wrong with known items, at most three per constant
 */
record TypedItems<E extends Enum<E>>(
    ImmutableMap<E, ItemValue> values,
    ImmutableList<KvpItem> others,
    ImmutableList<KvpProblem> problems) {

  static <E extends Enum<E>> TypedItems<E> read(
      KvpSnapshot snapshot,
      KvpSource source,
      Class<E> type,
      Function<String, Optional<E>> byKey,
      BiFunction<E, String, ItemValue> reader) {
    Map<E, KvpItem> first = new EnumMap<>(type);
    Set<E> conflicting = EnumSet.noneOf(type);
    ImmutableList.Builder<KvpItem> others = ImmutableList.builder();
    for (KvpItem item : snapshot.items(source)) {
      Optional<E> known = byKey.apply(item.key());
      if (known.isEmpty()) {
        others.add(item);
        continue;
      }
      KvpItem earlier = first.putIfAbsent(known.get(), item);
      if (earlier != null && !earlier.value().equals(item.value())) {
        conflicting.add(known.get());
      }
    }
    ImmutableList.Builder<KvpProblem> problems = ImmutableList.builder();
    Map<E, ItemValue> values = new EnumMap<>(type);
    first.forEach(
        (constant, item) -> {
          ItemValue value = reader.apply(constant, item.value());
          values.put(constant, value);
          problemOf(value).ifPresent(problem -> problems.add(problem.at(source, item.key())));
          if (conflicting.contains(constant)) {
            problems.add(
                KvpProblem.of(
                    source,
                    item.key(),
                    KvpProblem.Reason.CONFLICTING_DUPLICATES,
                    "several items have this key and different values; the first counts here"));
          }
        });
    return new TypedItems<>(Maps.immutableEnumMap(values), others.build(), problems.build());
  }

  /** Returns the value of {@code constant} if it has the form {@code type}. */
  <V extends ItemValue> Optional<V> get(E constant, Class<V> type) {
    ItemValue value = values.get(constant);
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  private static Optional<Problem> problemOf(ItemValue value) {
    if (value instanceof ItemValue.Unparsable bad) {
      return Optional.of(new Problem(bad.reason(), bad.message()));
    }
    if (value instanceof ItemValue.Addresses list && !list.rejected().isEmpty()) {
      int count = list.rejected().size();
      String shown = ForeignText.escape(list.rejected().get(0), 80);
      return Optional.of(
          new Problem(
              KvpProblem.Reason.UNPARSABLE_VALUE,
              count
                  + (count == 1 ? " entry" : " entries")
                  + " of the list, the first of them '"
                  + shown
                  + "' (expected: addresses of one family, separated by ';')"));
    }
    return Optional.empty();
  }

  private record Problem(KvpProblem.Reason reason, String message) {
    KvpProblem at(KvpSource source, String key) {
      return KvpProblem.of(source, key, reason, message);
    }
  }
}
