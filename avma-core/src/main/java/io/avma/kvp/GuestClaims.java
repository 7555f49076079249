package io.avma.kvp;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.GuestSystem;
import io.avma.platform.WindowsRelease;
import io.avma.platform.WindowsSku;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a guest says about itself by its intrinsic items: hearsay, typed as far as it can be.
 *
 * <p>Data Exchange is neither secured nor watched, and whoever rules the guest can write any item.
 * So nothing here proves anything. Each item is read on its own: one that cannot be read is empty,
 * stands among the {@link #problems()} and hides no other. Immutable.
 */
@CheckReturnValue
public final class GuestClaims {
  private final TypedItems<IntrinsicItem> items;
  private final ImmutableList<KvpProblem> problems;
  private final GuestSystem system;
  private final ImmutableList<WindowsRelease> candidates;

  private GuestClaims(TypedItems<IntrinsicItem> items) {
    this.items = items;
    ClaimedSystem claimed = new ClaimedSystem(items);
    system = claimed.system();
    candidates = claimed.candidates();
    problems =
        ImmutableList.<KvpProblem>builder()
            .addAll(items.problems())
            .addAll(claimed.contradictions())
            .build();
  }

  /** Reads the intrinsic items of {@code snapshot}. Never throws. */
  public static GuestClaims of(KvpSnapshot snapshot) {
    return new GuestClaims(
        TypedItems.read(
            snapshot,
            KvpSource.INTRINSIC,
            IntrinsicItem.class,
            IntrinsicItem::ofKey,
            IntrinsicItem::read));
  }

  /**
   * Returns what every known item says, in the order of the constants, unparsable ones included.
   */
  public ImmutableMap<IntrinsicItem, ItemValue> values() {
    return items.values();
  }

  /** Returns the intrinsic items that are none of {@link IntrinsicItem}, in reading order. */
  public ImmutableList<KvpItem> others() {
    return items.others();
  }

  /** Returns what could not be read or contradicts itself; at most four per known item. */
  public ImmutableList<KvpProblem> problems() {
    return problems;
  }

  /** Returns the guest's name, fully qualified or not. */
  public Optional<String> hostName() {
    return items
        .get(IntrinsicItem.FULLY_QUALIFIED_DOMAIN_NAME, ItemValue.ComputerName.class)
        .map(ItemValue.ComputerName::name);
  }

  /** Returns the name of the operating system, as the guest wrote it. */
  public Optional<String> osName() {
    return text(IntrinsicItem.OS_NAME);
  }

  /** Returns the version: {@code 10.0.17763} of Windows, of a Linux guest its kernel's. */
  public Optional<ItemValue.Version> osVersion() {
    return version(IntrinsicItem.OS_VERSION);
  }

  /** Returns {@code 17763} of Windows, of a Linux guest the whole release of its kernel. */
  public Optional<ItemValue.Version> osBuild() {
    return version(IntrinsicItem.OS_BUILD_NUMBER);
  }

  /** Returns the version of a Linux distribution, or the first number of Windows' version. */
  public Optional<ItemValue.Version> osMajorVersion() {
    return version(IntrinsicItem.OS_MAJOR_VERSION);
  }

  /** Returns the SKU number, whether it is known or not. */
  public OptionalInt editionId() {
    Optional<ItemValue.Sku> sku = items.get(IntrinsicItem.OS_EDITION_ID, ItemValue.Sku.class);
    return sku.isPresent() ? OptionalInt.of(sku.get().number()) : OptionalInt.empty();
  }

  /** Returns the SKU, if its number is known. */
  public Optional<WindowsSku> sku() {
    return items.get(IntrinsicItem.OS_EDITION_ID, ItemValue.Sku.class).flatMap(ItemValue.Sku::sku);
  }

  /** Returns what the guest's Windows was made for. */
  public Optional<ProductType> productType() {
    return items
        .get(IntrinsicItem.PRODUCT_TYPE, ItemValue.Product.class)
        .map(ItemValue.Product::type);
  }

  /** Returns the product suites. */
  public Optional<SuiteMask> suites() {
    return items.get(IntrinsicItem.SUITE_MASK, ItemValue.Suites.class).map(ItemValue.Suites::mask);
  }

  /** Returns the processor architecture. */
  public Optional<ProcessorArchitecture> architecture() {
    return items
        .get(IntrinsicItem.PROCESSOR_ARCHITECTURE, ItemValue.Architecture.class)
        .map(ItemValue.Architecture::architecture);
  }

  /** Returns the service pack as text; empty for a guest without one. */
  public Optional<String> servicePack() {
    return text(IntrinsicItem.CSD_VERSION);
  }

  /** Returns the major number of the service pack; 0 means none. */
  public OptionalLong servicePackMajor() {
    return number(IntrinsicItem.SERVICE_PACK_MAJOR);
  }

  /** Returns the version of the integration services. */
  public Optional<ItemValue.Version> integrationServicesVersion() {
    return version(IntrinsicItem.INTEGRATION_SERVICES_VERSION);
  }

  /** Returns the IPv4 addresses, in their order. */
  public ImmutableList<InetAddress> ipv4Addresses() {
    return addresses(IntrinsicItem.NETWORK_ADDRESS_IPV4);
  }

  /** Returns the IPv6 addresses, link-local ones included, in their order. */
  public ImmutableList<InetAddress> ipv6Addresses() {
    return addresses(IntrinsicItem.NETWORK_ADDRESS_IPV6);
  }

  /** Returns the addresses that Remote Desktop listens on, IPv4 before IPv6; empty if it is off. */
  public ImmutableList<InetAddress> remoteDesktopAddresses() {
    return ImmutableList.<InetAddress>builder()
        .addAll(addresses(IntrinsicItem.RDP_ADDRESS_IPV4))
        .addAll(addresses(IntrinsicItem.RDP_ADDRESS_IPV6))
        .build();
  }

  /**
   * Returns the releases of Windows Server that build and SKU allow, most likely first; empty for
   * clients, earlier servers, other systems and guests that say too little.
   */
  public ImmutableList<WindowsRelease> candidateReleases() {
    return candidates;
  }

  /** Returns the system that the claims add up to; unknown if they do not. */
  public GuestSystem system() {
    return system;
  }

  /** Returns the system and the number of problems. */
  @Override
  public String toString() {
    return "GuestClaims[" + system.displayName() + ", problems " + problems.size() + "]";
  }

  private Optional<String> text(IntrinsicItem item) {
    return items.get(item, ItemValue.Text.class).map(ItemValue.Text::text);
  }

  private Optional<ItemValue.Version> version(IntrinsicItem item) {
    return items.get(item, ItemValue.Version.class);
  }

  private OptionalLong number(IntrinsicItem item) {
    Optional<ItemValue.WholeNumber> number = items.get(item, ItemValue.WholeNumber.class);
    return number.isPresent() ? OptionalLong.of(number.get().value()) : OptionalLong.empty();
  }

  private ImmutableList<InetAddress> addresses(IntrinsicItem item) {
    return items
        .get(item, ItemValue.Addresses.class)
        .map(ItemValue.Addresses::addresses)
        .orElse(ImmutableList.of());
  }
}
