package io.avma.tracking;

import com.google.common.base.CharMatcher;
import io.avma.platform.HostId;

/** Compares names of hosts, which guests write short or fully qualified as they please. */
final class HostNames {
  private static final CharMatcher ADDRESS = CharMatcher.inRange('0', '9').or(CharMatcher.is('.'));

  private HostNames() {}

  /**
   * Returns whether both can be names of one host: equal, or one is the short form of the other.
   */
  static boolean maybeSame(HostId one, HostId other) {
    return one.equals(other)
        || (firstLabel(one.value()).equals(firstLabel(other.value()))
            && (isShort(one) || isShort(other)));
  }

  /** Returns the part of {@code name} before the first dot; an IPv4 address has no parts. */
  static String firstLabel(String name) {
    int dot = name.indexOf('.');
    return dot <= 0 || ADDRESS.matchesAllOf(name) ? name : name.substring(0, dot);
  }

  static boolean isShort(HostId host) {
    return firstLabel(host.value()).equals(host.value());
  }
}
