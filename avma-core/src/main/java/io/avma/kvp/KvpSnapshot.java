package io.avma.kvp;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Data Exchange items of one VM at one moment, by where they come from, in the order in which
 * they were read, duplicates included.
 *
 * <p>Of several items with one key the guest's integration service uses the first and other readers
 * take the last; {@link #firstWins} and {@link #lastWins} show either view. A source that was not
 * asked and one that has no items look the same unless a {@link #problems() problem} tells them
 * apart. Immutable.
 */
@CheckReturnValue
public final class KvpSnapshot {
  private static final KvpSnapshot EMPTY = new KvpSnapshot(ImmutableMap.of(), ImmutableList.of());

  /** Holds only sources with items, in the order of the constants. */
  private final ImmutableMap<KvpSource, ImmutableList<KvpItem>> items;

  private final ImmutableList<KvpProblem> problems;

  private KvpSnapshot(
      ImmutableMap<KvpSource, ImmutableList<KvpItem>> items, ImmutableList<KvpProblem> problems) {
    this.items = items;
    this.problems = problems;
  }

  /** Returns a snapshot without items and problems. */
  public static KvpSnapshot empty() {
    return EMPTY;
  }

  /** Returns a builder without items and problems. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts with what this snapshot holds. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    items.forEach(builder::items);
    return builder.problems(problems);
  }

  /** Returns the items from {@code source} in the order in which they were read. */
  public ImmutableList<KvpItem> items(KvpSource source) {
    ImmutableList<KvpItem> found = items.get(source);
    return found == null ? ImmutableList.of() : found;
  }

  /** Returns whether there is no item from any source. */
  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** Returns what was wrong when the items were read, in the order in which it was found. */
  public ImmutableList<KvpProblem> problems() {
    return problems;
  }

  /** Returns the value of the first item from {@code source} whose key is exactly {@code key}. */
  public Optional<String> first(KvpSource source, String key) {
    for (KvpItem item : items(source)) {
      if (item.key().equals(key)) {
        return Optional.of(item.value());
      }
    }
    return Optional.empty();
  }

  /** Returns the values of all items from {@code source} whose key is exactly {@code key}. */
  public ImmutableList<String> all(KvpSource source, String key) {
    ImmutableList.Builder<String> values = ImmutableList.builder();
    for (KvpItem item : items(source)) {
      if (item.key().equals(key)) {
        values.add(item.value());
      }
    }
    return values.build();
  }

  /** Returns the items from {@code source} by key, of equal keys the first, in reading order. */
  public ImmutableMap<String, String> firstWins(KvpSource source) {
    return firstWins(items(source));
  }

  /**
   * Returns the items from {@code source} by key, of equal keys the last value, in the order in
   * which the keys were first read.
   */
  public ImmutableMap<String, String> lastWins(KvpSource source) {
    return lastWins(items(source));
  }

  /** Returns {@code items} by key, of equal keys the first, in their order. */
  public static ImmutableMap<String, String> firstWins(Iterable<KvpItem> items) {
    Map<String, String> view = new LinkedHashMap<>();
    for (KvpItem item : items) {
      view.putIfAbsent(item.key(), item.value());
    }
    return ImmutableMap.copyOf(view);
  }

  /** Returns {@code items} by key, of equal keys the last value, in order of first appearance. */
  public static ImmutableMap<String, String> lastWins(Iterable<KvpItem> items) {
    Map<String, String> view = new LinkedHashMap<>();
    for (KvpItem item : items) {
      view.put(item.key(), item.value());
    }
    return ImmutableMap.copyOf(view);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KvpSnapshot snapshot
        && items.equals(snapshot.items)
        && problems.equals(snapshot.problems);
  }

  @Override
  public int hashCode() {
    return Objects.hash(items, problems);
  }

  /** Returns how many items and problems there are; never an item, because items are others'. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("KvpSnapshot[");
    items.forEach(
        (source, list) -> text.append(source.label()).append(' ').append(list.size()).append(", "));
    return text.append("problems ").append(problems.size()).append(']').toString();
  }

  /** Collects the items of a {@link KvpSnapshot}. For one thread. */
  public static final class Builder {
    private final Map<KvpSource, List<KvpItem>> items = new EnumMap<>(KvpSource.class);
    private final List<KvpProblem> problems = new ArrayList<>();

    private Builder() {}

    /** Adds an item from {@code source}, behind those already there. */
    @CanIgnoreReturnValue
    public Builder item(KvpSource source, String key, String value) {
      return item(source, new KvpItem(key, value));
    }

    /** Adds {@code item} from {@code source}, behind those already there. */
    @CanIgnoreReturnValue
    public Builder item(KvpSource source, KvpItem item) {
      items.computeIfAbsent(source, unused -> new ArrayList<>()).add(Objects.requireNonNull(item));
      return this;
    }

    /** Adds {@code more} from {@code source}, behind those already there. */
    @CanIgnoreReturnValue
    public Builder items(KvpSource source, Iterable<KvpItem> more) {
      for (KvpItem item : more) {
        item(source, item);
      }
      return this;
    }

    /** Adds a problem. */
    @CanIgnoreReturnValue
    public Builder problem(KvpProblem problem) {
      problems.add(Objects.requireNonNull(problem));
      return this;
    }

    /** Adds problems. */
    @CanIgnoreReturnValue
    public Builder problems(Iterable<KvpProblem> more) {
      more.forEach(this::problem);
      return this;
    }

    /** Returns the snapshot; the builder may be used on. */
    public KvpSnapshot build() {
      return items.isEmpty() && problems.isEmpty()
          ? EMPTY
          : new KvpSnapshot(
              ImmutableMap.copyOf(Maps.transformValues(items, ImmutableList::copyOf)),
              ImmutableList.copyOf(problems));
    }
  }
}
