package io.avma.testkit.container;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;

/**
 * What a host gets when it enumerates a pool.
 *
 * @param items the items before the end, cut as the kernel cuts them
 * @param complete false if the enumeration ended at a record that is not UTF-8; a host sees neither
 *     it nor any behind it
 */
@CheckReturnValue
public record HostEnumeration(ImmutableList<KvpItem> items, boolean complete) {}
