package io.avma.sim;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.avma.kvp.HostFact;
import io.avma.kvp.IntrinsicItem;
import io.avma.kvp.KvpItem;
import io.avma.platform.Edition;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.platform.WindowsSku;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What integration services and hosts say about themselves, derived when somebody asks. Addresses
 * come from ranges that are reserved for documentation and for benchmarks. What a name does not
 * tell, such as the kernel of a Linux, is left out or empty.
 */
final class IntrinsicItems {
  /** Longer names in front of those that they contain. */
  private static final ImmutableMap<String, String> VERSIONS =
      ImmutableMap.of(
          "Server 2012", "6.2.9200",
          "Server 2008 R2", "6.1.7601",
          "Server 2008", "6.0.6003",
          "Server 2003", "5.2.3790",
          "Windows 7", "6.1.7601",
          "Windows 8.1", "6.3.9600");

  private IntrinsicItems() {}

  /** Returns what the integration service of {@code guest}, called so, publishes about it. */
  static ImmutableList<KvpItem> of(GuestRecord guest, String computer) {
    GuestSystem system = guest.system;
    if (system instanceof GuestSystem.WindowsServer server) {
      WindowsRelease release = server.release();
      boolean early = release == WindowsRelease.WS_2012_R2;
      String version = (early ? "6.3." : "10.0.") + release.build();
      return windows(guest, computer, system.displayName(), Optional.of(version), sku(server), 3);
    }
    if (system instanceof GuestSystem.EarlierWindowsServer earlier) {
      return windows(guest, computer, earlier.displayName(), version(earlier.displayName()), 8, 3);
    }
    if (system instanceof GuestSystem.WindowsClient client) {
      return windows(guest, computer, client.displayName(), version(client.displayName()), 48, 1);
    }
    return system instanceof GuestSystem.NotWindows
        ? linux(guest, computer, system.displayName())
        : ImmutableList.of();
  }

  private static ImmutableList<KvpItem> windows(
      GuestRecord guest,
      String computer,
      String name,
      Optional<String> version,
      int sku,
      int productType) {
    List<String> numbers = Splitter.on('.').splitToList(version.orElse(".."));
    String ipv4 = ipv4(guest);
    return new Items()
        .add(IntrinsicItem.FULLY_QUALIFIED_DOMAIN_NAME, computer)
        .addKnown(IntrinsicItem.INTEGRATION_SERVICES_VERSION, version.orElse(""))
        .add(IntrinsicItem.NETWORK_ADDRESS_IPV4, ipv4)
        .add(IntrinsicItem.NETWORK_ADDRESS_IPV6, ipv6(guest))
        .addKnown(IntrinsicItem.OS_BUILD_NUMBER, numbers.get(2))
        .add(IntrinsicItem.OS_NAME, name)
        .addKnown(IntrinsicItem.OS_MAJOR_VERSION, numbers.get(0))
        .addKnown(IntrinsicItem.OS_MINOR_VERSION, numbers.get(1))
        .addKnown(IntrinsicItem.OS_VERSION, version.orElse(""))
        .add(IntrinsicItem.PROCESSOR_ARCHITECTURE, "9")
        .add(IntrinsicItem.CSD_VERSION, "")
        .add(IntrinsicItem.OS_EDITION_ID, Integer.toString(sku))
        .add(IntrinsicItem.OS_PLATFORM_ID, "2")
        .add(IntrinsicItem.PRODUCT_TYPE, Integer.toString(productType))
        .add(IntrinsicItem.RDP_ADDRESS_IPV4, ipv4)
        .add(IntrinsicItem.RDP_ADDRESS_IPV6, "")
        .add(IntrinsicItem.SERVICE_PACK_MAJOR, "0")
        .add(IntrinsicItem.SERVICE_PACK_MINOR, "0")
        .add(IntrinsicItem.SUITE_MASK, sku == 8 ? "400" : "272")
        .build();
  }

  /** Returns the version of a Windows that has only a name, if the name tells it. */
  private static Optional<String> version(String name) {
    return VERSIONS.entrySet().stream()
        .filter(known -> name.contains(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static ImmutableList<KvpItem> linux(GuestRecord guest, String computer, String name) {
    return new Items()
        .add(IntrinsicItem.FULLY_QUALIFIED_DOMAIN_NAME, computer)
        .add(IntrinsicItem.INTEGRATION_SERVICES_VERSION, "3.1")
        .add(IntrinsicItem.NETWORK_ADDRESS_IPV4, ipv4(guest))
        .add(IntrinsicItem.NETWORK_ADDRESS_IPV6, ipv6(guest))
        // A daemon sends these empty where its script finds nothing; the name tells no kernel.
        .add(IntrinsicItem.OS_BUILD_NUMBER, "")
        .add(IntrinsicItem.OS_NAME, name)
        .add(IntrinsicItem.OS_MAJOR_VERSION, "")
        .add(IntrinsicItem.OS_MINOR_VERSION, "")
        .add(IntrinsicItem.OS_VERSION, "")
        .add(IntrinsicItem.PROCESSOR_ARCHITECTURE, "x86_64")
        .build();
  }

  /** Returns what {@code host} tells {@code guest} about itself and about the VM, called so. */
  static ImmutableList<KvpItem> hostFacts(HostRecord host, GuestRecord guest, String name) {
    HostProfile profile = host.profile;
    boolean early = profile.release().equals(Optional.of(WindowsRelease.WS_2012_R2));
    String computer = host.machine.id().value();
    String shortName = host.machine.id().shortName().toUpperCase(Locale.ROOT);
    return new Items()
        .add(HostFact.HOST_NAME, computer)
        .add(HostFact.HOSTING_SYSTEM_EDITION_ID, Integer.toString(hostSku(profile)))
        .add(HostFact.NESTED_LEVEL, "0")
        .add(HostFact.OS_MAJOR, early ? "6" : "10")
        .add(HostFact.OS_MINOR, early ? "3" : "0")
        .add(HostFact.PROCESSOR_ARCHITECTURE, "9")
        .add(HostFact.PROCESSOR_IDLE_STATE_MAX, "0")
        .add(HostFact.PROCESSOR_THROTTLE_MAX, "100")
        .add(HostFact.PROCESSOR_THROTTLE_MIN, "5")
        .add(HostFact.SERVICE_PACK_MAJOR, "0")
        .add(HostFact.SERVICE_PACK_MINOR, "0")
        .add(HostFact.PHYSICAL_HOST_NAME, shortName)
        .add(HostFact.PHYSICAL_HOST_NAME_FULLY_QUALIFIED, computer)
        .add(HostFact.DYNAMIC_MEMORY_BALANCING, "0")
        .add(HostFact.VIRTUAL_MACHINE_ID, guest.machine.vm().toString())
        .add(HostFact.VIRTUAL_MACHINE_NAME, name)
        .build();
  }

  private static int hostSku(HostProfile profile) {
    return switch (profile.platform()) {
      case AZURE_LOCAL -> 406;
      case AZURE -> 168;
      case HYPER_V_SERVER -> 42;
      case WINDOWS_SERVER,
          EARLIER_WINDOWS_SERVER,
          AZURE_STACK_HUB,
          WINDOWS_CLIENT,
          OTHER_HYPERVISOR,
          UNKNOWN ->
          profile.edition().equals(Optional.of(Edition.STANDARD)) ? 7 : 8;
    };
  }

  /** Returns the SKU number that such a guest reports. */
  private static int sku(GuestSystem.WindowsServer server) {
    boolean semiAnnual = server.release().channel() == WindowsRelease.Channel.SEMI_ANNUAL;
    for (WindowsSku sku : WindowsSku.all()) {
      if (sku.edition().equals(Optional.of(server.edition()))
          && sku.is(WindowsSku.Trait.EVALUATION) == (server.evaluation() == Ternary.YES)
          && sku.is(WindowsSku.Trait.SEMI_ANNUAL) == semiAnnual) {
        return sku.number();
      }
    }
    return server.edition() == Edition.STANDARD ? 7 : 8;
  }

  private static String ipv4(GuestRecord guest) {
    int number = (guest.index + 1) % (1 << 17); // 198.18.0.0/15
    return "198." + (18 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255);
  }

  private static String ipv6(GuestRecord guest) {
    return "2001:db8::" + Integer.toHexString(guest.index + 1);
  }

  private static final class Items {
    private final ImmutableList.Builder<KvpItem> items = ImmutableList.builder();

    @CanIgnoreReturnValue
    Items add(IntrinsicItem item, String value) {
      items.add(new KvpItem(item.key(), value));
      return this;
    }

    @CanIgnoreReturnValue
    Items addKnown(IntrinsicItem item, String value) {
      return value.isEmpty() ? this : add(item, value);
    }

    @CanIgnoreReturnValue
    Items add(HostFact fact, String value) {
      items.add(new KvpItem(fact.key(), value));
      return this;
    }

    ImmutableList<KvpItem> build() {
      return items.build();
    }
  }
}
