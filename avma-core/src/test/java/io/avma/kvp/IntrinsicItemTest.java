package io.avma.kvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import io.avma.kvp.KvpProblem.Reason;
import io.avma.platform.WindowsSku;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicItemTest {
  @Test
  void windowsPublishesNineteenAndLinuxTenOfThem() {
    List<IntrinsicItem> all = Arrays.asList(IntrinsicItem.values());
    assertEquals(10, all.stream().filter(IntrinsicItem::onLinux).count());
    assertEquals(
        19,
        all.stream()
            .filter(item -> item.onWindows() && !item.key().matches("OS(Signature|Vendor)"))
            .count());
    assertTrue(all.stream().allMatch(item -> item.onWindows() || !item.onLinux()));
  }

  @ParameterizedTest
  @EnumSource
  void anItemIsFoundByItsExactKeyOnly(IntrinsicItem item) {
    assertEquals(Optional.of(item), IntrinsicItem.ofKey(item.key()));
    assertEquals(Optional.empty(), IntrinsicItem.ofKey(item.key().toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyValueIsUnset(IntrinsicItem item) {
    assertEquals(new ItemValue.Unset(), item.read(""));
    assertEquals(new ItemValue.Unset(), item.read(" \t"));
  }

  @ParameterizedTest
  @EnumSource
  void aValueLongerThanAnyGuestCanPublishIsKeptAndNotRead(IntrinsicItem item) {
    String huge = "1".repeat(5_000_000);
    var value = assertInstanceOf(ItemValue.Unparsable.class, item.read(huge));
    assertEquals(Reason.TOO_LONG, value.reason());
    assertEquals(huge, value.raw());
    assertTrue(value.message().length() < 200, value.message());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.17763, 10 0 17763, ''",
    "17763, 17763, ''",
    "6.3.9600.16384, 6 3 9600 16384, ''",
    "6.1.0-18-amd64, 6 1 0, -18-amd64",
    "5.15.153.1-microsoft-standard-WSL2, 5 15 153 1, -microsoft-standard-WSL2",
    "14.0-RELEASE-p5, 14 0, -RELEASE-p5",
    "3.1, 3 1, ''",
    "22.04, 22 4, ''",
    "999999999, 999999999, ''"
  })
  void aVersionIsItsNumbersAndWhatFollows(String raw, String numbers, String suffix) {
    var version = assertInstanceOf(ItemValue.Version.class, IntrinsicItem.OS_VERSION.read(raw));
    assertEquals(numbers, version.numbers().toString().replaceAll("[\\[\\],]", ""));
    assertEquals(suffix, version.suffix());
    assertEquals(OptionalInt.empty(), version.number(version.numbers().size()));
    assertEquals(OptionalInt.empty(), version.number(-1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rolling",
        "10.",
        ".1",
        "1..2",
        "1000000000",
        "-1",
        "1.2.3.4.5.6.7.8.9",
        "١٠",
        "10;0",
        "0x10"
      })
  void whatIsNoVersionIsKeptAsText(String raw) {
    ItemValue value = IntrinsicItem.OS_VERSION.read(raw);
    assertEquals(raw, assertInstanceOf(ItemValue.Unparsable.class, value).raw());
  }

  @Test
  void anAddressThatIsNoneHidesNoOther() {
    var list =
        assertInstanceOf(
            ItemValue.Addresses.class,
            IntrinsicItem.NETWORK_ADDRESS_IPV4.read(
                "192.0.2.7; ;nonsense;169.254.10.5;::1;1.2.3;0300.1.1.1;"));
    assertEquals(
        List.of(InetAddresses.forString("192.0.2.7"), InetAddresses.forString("169.254.10.5")),
        list.addresses());
    assertEquals(List.of("nonsense", "::1", "1.2.3", "0300.1.1.1"), list.rejected());
  }

  @Test
  void anIpv6AddressLosesItsZoneAndAsksNoInterface() {
    var list =
        assertInstanceOf(
            ItemValue.Addresses.class,
            IntrinsicItem.RDP_ADDRESS_IPV6.read(
                "fe80::1%eth0;fe80::2%no-such-interface;2001:db8::3;::ffff:192.0.2.1;192.0.2.1"));
    assertEquals(
        List.of(
            InetAddresses.forString("fe80::1"),
            InetAddresses.forString("fe80::2"),
            InetAddresses.forString("2001:db8::3"),
            InetAddresses.forString("192.0.2.1")),
        list.addresses());
    assertEquals(List.of("192.0.2.1"), list.rejected());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "getaddrinfo failed: 0x2 Name or service not known",
        "GetAddrInfo failed",
        " getaddrinfo failed"
      })
  void theTextOfAFailedLookupIsNoName(String raw) {
    var value =
        assertInstanceOf(
            ItemValue.Unparsable.class, IntrinsicItem.FULLY_QUALIFIED_DOMAIN_NAME.read(raw));
    assertEquals(Reason.LOOKUP_FAILED, value.reason());
    assertEquals(raw, value.raw());
  }

  @ParameterizedTest
  @CsvSource({
    "dc1.example.test, true",
    "AUTOBVT-4OVYXAB, true",
    "my_host, true",
    "größe.example, true",
    "two words, false",
    "a\u001B[31m, false",
    "a\u202Eb, false"
  })
  void aComputerNameHasNoBlanksAndControls(String raw, boolean sound) {
    ItemValue value = IntrinsicItem.FULLY_QUALIFIED_DOMAIN_NAME.read(raw);
    if (sound) {
      assertEquals(new ItemValue.ComputerName(raw), value);
    } else {
      assertEquals(
          Reason.UNPARSABLE_VALUE, assertInstanceOf(ItemValue.Unparsable.class, value).reason());
    }
  }

  @Test
  void aComputerNameHasAtMost255Characters() {
    assertInstanceOf(
        ItemValue.ComputerName.class,
        IntrinsicItem.FULLY_QUALIFIED_DOMAIN_NAME.read("a".repeat(255)));
    assertInstanceOf(
        ItemValue.Unparsable.class,
        IntrinsicItem.FULLY_QUALIFIED_DOMAIN_NAME.read("a".repeat(256)));
  }

  @ParameterizedTest
  @CsvSource({
    "9, X64",
    "0, X86",
    "12, ARM64",
    "5, ARM",
    "6, IA64",
    "x86_64, X64",
    "AMD64, X64",
    "i686, X86",
    "x86, X86",
    "aarch64, ARM64",
    "armv7l, ARM"
  })
  void anArchitectureIsANumberOrAName(String raw, ProcessorArchitecture architecture) {
    assertEquals(
        new ItemValue.Architecture(architecture), IntrinsicItem.PROCESSOR_ARCHITECTURE.read(raw));
  }

  @Test
  void numbersOutsideTheirRangeAreKeptAsText() {
    for (String raw : List.of("7", "-1", "1x", "0x9", "4294967296", "9223372036854775808")) {
      assertInstanceOf(ItemValue.Unparsable.class, IntrinsicItem.PROCESSOR_ARCHITECTURE.read(raw));
      assertInstanceOf(ItemValue.Unparsable.class, IntrinsicItem.PRODUCT_TYPE.read(raw));
    }
    assertInstanceOf(ItemValue.Unparsable.class, IntrinsicItem.SUITE_MASK.read("4294967296"));
    assertInstanceOf(ItemValue.Unparsable.class, IntrinsicItem.OS_EDITION_ID.read("2147483648"));
    assertInstanceOf(
        ItemValue.Unparsable.class, IntrinsicItem.OS_PLATFORM_ID.read("1000000000000000000"));
    assertEquals(new ItemValue.WholeNumber(2), IntrinsicItem.OS_PLATFORM_ID.read("2"));
    assertEquals(
        new ItemValue.WholeNumber(999_999_999_999_999_999L),
        IntrinsicItem.OS_PLATFORM_ID.read("999999999999999999"));
  }

  @Test
  void theLargestNumberOfEachFormIsRead() {
    assertEquals(
        new ItemValue.Sku(Integer.MAX_VALUE, Optional.empty()),
        IntrinsicItem.OS_EDITION_ID.read("2147483647"));
    assertEquals(
        new ItemValue.Suites(new SuiteMask(-1)), IntrinsicItem.SUITE_MASK.read("4294967295"));
    String longest = "a".repeat(ValueForm.MAX_UNITS);
    assertEquals(new ItemValue.Text(longest), IntrinsicItem.OS_NAME.read(longest));
    assertInstanceOf(ItemValue.Unparsable.class, IntrinsicItem.OS_NAME.read(longest + "a"));
  }

  @Test
  void aSkuIsKeptWhetherItIsKnownOrNot() {
    assertEquals(new ItemValue.Sku(8, WindowsSku.of(8)), IntrinsicItem.OS_EDITION_ID.read(" 8 "));
    assertEquals(
        new ItemValue.Sku(4711, Optional.empty()), IntrinsicItem.OS_EDITION_ID.read("4711"));
  }

  @ParameterizedTest
  @CsvSource({"1, WORKSTATION", "2, DOMAIN_CONTROLLER", "3, SERVER"})
  void aProductTypeIsOneOfThree(String raw, ProductType type) {
    assertEquals(new ItemValue.Product(type), IntrinsicItem.PRODUCT_TYPE.read(raw));
    assertEquals(raw, String.valueOf(type.number()));
  }

  @Test
  void aSuiteMaskKeepsTheBitsThatItDoesNotKnow() {
    var suites =
        assertInstanceOf(ItemValue.Suites.class, IntrinsicItem.SUITE_MASK.read("4294902160"));
    SuiteMask mask = suites.mask();
    assertEquals("0xFFFF0190", mask.toString());
    assertEquals(
        List.of(
            SuiteMask.Suite.TERMINAL,
            SuiteMask.Suite.DATACENTER,
            SuiteMask.Suite.SINGLE_USER_REMOTE_DESKTOP,
            SuiteMask.Suite.MULTI_USER),
        List.copyOf(mask.suites()));
    assertEquals(0xFFFD0000, mask.unknownBits());
  }

  @Test
  void freeTextStaysAsItIs() {
    assertEquals(new ItemValue.Text(" Debian "), IntrinsicItem.OS_NAME.read(" Debian "));
  }
}
