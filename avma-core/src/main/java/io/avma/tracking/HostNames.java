package io.avma.tracking;

import io.avma.platform.HostId;

/** Compares names of hosts, which guests write short or fully qualified as they please. */
final class HostNames {
  private HostNames() {}

  /**
   * Returns whether both can be names of one host: equal, or one is the short form of the other.
   */
  static boolean maybeSame(HostId one, HostId other) {
    return one.equals(other)
        || (one.shortName().equals(other.shortName()) && (isShort(one) || isShort(other)));
  }

  private static boolean isShort(HostId host) {
    return host.shortName().equals(host.value());
  }
}
