package io.avma.kvp;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/**
 * The product suites of a Windows, as bits. Source: Microsoft "OSVERSIONINFOEX structure";
 * documented.
 *
 * @param bits the mask as Windows reports it; bits without a {@link Suite} are kept
 */
@CheckReturnValue
public record SuiteMask(int bits) {
  /** A product suite. */
  public enum Suite {
    /** Small Business Server was once installed. */
    SMALL_BUSINESS(0x1),
    /** Enterprise. */
    ENTERPRISE(0x2),
    /** BackOffice components. */
    BACK_OFFICE(0x4),
    /** Communications server. */
    COMMUNICATIONS(0x8),
    /** Remote Desktop Services. */
    TERMINAL(0x10),
    /** Small Business Server with the restrictive client license. */
    SMALL_BUSINESS_RESTRICTED(0x20),
    /** Embedded. */
    EMBEDDED(0x40),
    /** Datacenter. */
    DATACENTER(0x80),
    /** Remote Desktop with one interactive session. */
    SINGLE_USER_REMOTE_DESKTOP(0x100),
    /** Home. */
    PERSONAL(0x200),
    /** Web edition. */
    BLADE(0x400),
    /** Storage Server. */
    STORAGE_SERVER(0x2000),
    /** Compute Cluster. */
    COMPUTE_SERVER(0x4000),
    /** Home Server. */
    HOME_SERVER(0x8000),
    /** Many users on a client. */
    MULTI_USER(0x20000);

    private final int bit;

    Suite(int bit) {
      this.bit = bit;
    }

    /** Returns the bit of this suite. */
    public int bit() {
      return bit;
    }
  }

  /** Returns the suites whose bits are set, lowest bit first. */
  public ImmutableSet<Suite> suites() {
    ImmutableSet.Builder<Suite> found = ImmutableSet.builder();
    for (Suite suite : Suite.values()) {
      if ((bits & suite.bit) != 0) {
        found.add(suite);
      }
    }
    return found.build();
  }

  /** Returns the bits that no {@link Suite} stands for. */
  public int unknownBits() {
    int unknown = bits;
    for (Suite suite : Suite.values()) {
      unknown &= ~suite.bit;
    }
    return unknown;
  }

  /** Returns the mask in hexadecimal. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "0x%X", bits);
  }
}
