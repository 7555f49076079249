package io.avma.transport.cim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.platform.ForeignText;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an embedded {@code Msvm_KvpExchangeDataItem} says. No value and an empty one are kept apart.
 *
 * @param name the key
 * @param data the value
 * @param source a number, 0 to 65,535: 0 host, 1 guest, 2 intrinsic, 4 host-only; documented, but
 *     not every producer keeps to it, so where an item was found tells its pool, not this
 */
@CheckReturnValue
public record KvpDataItem(Optional<String> name, Optional<String> data, OptionalInt source) {
  /** The source of what a host writes for a guest. */
  public static final int HOST = 0;

  /** Checks the source. */
  public KvpDataItem {
    checkArgument(
        source.isEmpty() || (source.getAsInt() >= 0 && source.getAsInt() <= 0xFFFF),
        "source is %s (expected: 0 to 65535)",
        source);
  }

  /** Returns the item that a host writes for a guest. */
  public static KvpDataItem written(KvpItem item) {
    return new KvpDataItem(
        Optional.of(item.key()), Optional.of(item.value()), OptionalInt.of(HOST));
  }

  /** Returns key and value, the value {@code ""} if there is none; nothing without a name. */
  public Optional<KvpItem> item() {
    return name.map(key -> new KvpItem(key, data.orElse("")));
  }

  /** Returns the name, escaped and cut, and the length of the data, which belong to others. */
  @Override
  public String toString() {
    return name.map(key -> ForeignText.escape(key, 80)).orElse("(no name)")
        + data.map(value -> " (" + value.length() + " characters)").orElse(" (no data)");
  }
}
