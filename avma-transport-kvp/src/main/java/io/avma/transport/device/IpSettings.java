package io.avma.transport.device;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * What a host asks or tells a guest about one network adapter. Lists are separated by {@code ;}.
 *
 * @param adapter the adapter: a MAC address in upper case when read, a VMBus identifier when set
 * @param family which addresses: 0 none, 1 IPv4, 2 IPv6, 3 both; unsigned byte
 * @param dhcp whether addresses come by DHCP: 0 or 1; unsigned byte
 * @param addresses the addresses
 * @param subnets the subnet masks
 * @param gateways the gateways
 * @param dnsServers the name servers
 */
@CheckReturnValue
public record IpSettings(
    FieldBytes adapter,
    int family,
    int dhcp,
    FieldBytes addresses,
    FieldBytes subnets,
    FieldBytes gateways,
    FieldBytes dnsServers) {
  /** Cuts every text at its first NUL and checks the two numbers. */
  public IpSettings {
    checkArgument(family >= 0 && family <= 255, "family is %s (expected: 0 to 255)", family);
    checkArgument(dhcp >= 0 && dhcp <= 255, "dhcp is %s (expected: 0 to 255)", dhcp);
    adapter = adapter.beforeNul();
    addresses = addresses.beforeNul();
    subnets = subnets.beforeNul();
    gateways = gateways.beforeNul();
    dnsServers = dnsServers.beforeNul();
  }

  /** Returns settings that name {@code adapter} and nothing else: what a host asks with. */
  public static IpSettings ofAdapter(String adapter) {
    FieldBytes none = FieldBytes.empty();
    FieldBytes name = FieldBytes.ofText(adapter).beforeNul();
    return new IpSettings(name, 0, 0, none, none, none, none);
  }
}
