package io.avma.kvp;

import com.google.common.collect.ImmutableMap;

/** Guests as their integration services describe them, for tests. */
final class Guests {
  static final ImmutableMap<String, String> WINDOWS_2019 =
      ImmutableMap.<String, String>builder()
          .put("FullyQualifiedDomainName", "vm1.example.test")
          .put("IntegrationServicesVersion", "10.0.17763")
          .put("NetworkAddressIPv4", "192.0.2.10;169.254.3.4")
          .put("NetworkAddressIPv6", "2001:db8::10;fe80::10")
          .put("OSBuildNumber", "17763")
          .put("OSName", "Windows Server 2019 Datacenter")
          .put("OSMajorVersion", "10")
          .put("OSMinorVersion", "0")
          .put("OSVersion", "10.0.17763")
          .put("ProcessorArchitecture", "9")
          .put("CSDVersion", "")
          .put("OSEditionId", "8")
          .put("OSPlatformId", "2")
          .put("ProductType", "3")
          .put("RDPAddressIPv4", "192.0.2.10")
          .put("RDPAddressIPv6", "2001:db8::10")
          .put("ServicePackMajor", "0")
          .put("ServicePackMinor", "0")
          .put("SuiteMask", "400")
          .buildOrThrow();

  static final ImmutableMap<String, String> DEBIAN_12 =
      ImmutableMap.<String, String>builder()
          .put("FullyQualifiedDomainName", "getaddrinfo failed: 0xfffffffe Name unknown")
          .put("IntegrationServicesVersion", "3.1")
          .put("NetworkAddressIPv4", "127.0.0.1;192.0.2.20")
          .put("NetworkAddressIPv6", "::1")
          .put("OSBuildNumber", "6.1.0-18-amd64")
          .put("OSName", "Debian GNU/Linux")
          .put("OSMajorVersion", "12")
          .put("OSMinorVersion", "")
          .put("OSVersion", "6.1.0")
          .put("ProcessorArchitecture", "x86_64")
          .buildOrThrow();

  private Guests() {}

  static KvpSnapshot snapshot(Iterable<java.util.Map.Entry<String, String>> items) {
    KvpSnapshot.Builder builder = KvpSnapshot.builder();
    for (var item : items) {
      builder.item(KvpSource.INTRINSIC, item.getKey(), item.getValue());
    }
    return builder.build();
  }

  static GuestClaims claims(ImmutableMap<String, String> items) {
    return GuestClaims.of(snapshot(items.entrySet()));
  }

  /** The 2019 guest with other values; an empty one takes the item away. */
  static GuestClaims windows(String... keysAndValues) {
    var items = new java.util.LinkedHashMap<String, String>(WINDOWS_2019);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (keysAndValues[i + 1].isEmpty()) {
        items.remove(keysAndValues[i]);
      } else {
        items.put(keysAndValues[i], keysAndValues[i + 1]);
      }
    }
    return GuestClaims.of(snapshot(items.entrySet()));
  }
}
