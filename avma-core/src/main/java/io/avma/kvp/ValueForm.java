package io.avma.kvp;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.avma.platform.ForeignText;
import io.avma.platform.VmId;
import io.avma.platform.WindowsSku;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the value of a known item is written, and how it is read. Named by the tables. */
enum ValueForm {
  TEXT,
  COMPUTER_NAME,
  VERSION,
  NUMBER,
  ADDRESSES_IPV4,
  ADDRESSES_IPV6,
  ARCHITECTURE,
  SKU,
  SUITES,
  PRODUCT_TYPE,
  VM_ID,
  TOGGLE;

  /** No guest can publish more: a record of a Linux guest holds 2,047 bytes, a Windows less. */
  static final int MAX_UNITS = 2047;

  private static final int MAX_NAME = 255;
  private static final int MAX_ADDRESS = 64;
  private static final int SHOWN = 80;
  private static final Splitter LIST = Splitter.on(';').trimResults().omitEmptyStrings();
  private static final Splitter DOTS = Splitter.on('.');

  /** The possessive quantifiers never give back, so the time is linear. */
  private static final Pattern VERSION_TEXT =
      Pattern.compile("([0-9]{1,9}+(?:\\.[0-9]{1,9}+){0,7}+)((?:[-+~_ ].*)?)", Pattern.DOTALL);

  /**
   * Reads {@code raw}. Blanks around a value mean nothing except in free text. Never throws; looks
   * at no more than {@link #MAX_UNITS} units.
   */
  ItemValue read(String raw) {
    if (raw.length() > MAX_UNITS) {
      return new ItemValue.Unparsable(
          raw,
          KvpProblem.Reason.TOO_LONG,
          String.format(
              Locale.ROOT,
              "value has %d UTF-16 units (expected: at most %d)",
              raw.length(),
              MAX_UNITS));
    }
    String text = raw.strip();
    if (text.isEmpty()) {
      return new ItemValue.Unset();
    }
    return switch (this) {
      case TEXT -> new ItemValue.Text(raw);
      case COMPUTER_NAME -> computerName(raw, text);
      case VERSION -> version(raw, text);
      case NUMBER -> number(raw, text);
      case ADDRESSES_IPV4 -> addresses(text, false);
      case ADDRESSES_IPV6 -> addresses(text, true);
      case ARCHITECTURE ->
          ProcessorArchitecture.parse(text)
              .<ItemValue>map(ItemValue.Architecture::new)
              .orElseGet(() -> unparsable(raw, "a processor architecture, as number or name"));
      case SKU -> sku(raw, text);
      case SUITES -> suites(raw, text);
      case PRODUCT_TYPE -> productType(raw, text);
      case VM_ID ->
          VmId.parse(text)
              .<ItemValue>map(ItemValue.Machine::new)
              .orElseGet(() -> unparsable(raw, "a GUID"));
      case TOGGLE -> toggle(raw, text);
    };
  }

  private static ItemValue computerName(String raw, String text) {
    if (text.regionMatches(true, 0, "getaddrinfo failed", 0, "getaddrinfo failed".length())) {
      return new ItemValue.Unparsable(
          raw,
          KvpProblem.Reason.LOOKUP_FAILED,
          "the guest could not look up its own name and published the error instead: '"
              + ForeignText.escape(text, SHOWN)
              + "'");
    }
    boolean sound =
        text.length() <= MAX_NAME
            && ForeignText.isHarmless(text)
            && text.chars().noneMatch(Character::isWhitespace);
    return sound
        ? new ItemValue.ComputerName(text)
        : unparsable(raw, "a computer name of 1 to 255 characters without blanks and controls");
  }

  private static ItemValue version(String raw, String text) {
    Matcher matcher = VERSION_TEXT.matcher(text);
    if (!matcher.matches()) {
      return unparsable(raw, "a version such as 10.0.17763 or 6.1.0-18-amd64");
    }
    ImmutableList.Builder<Integer> numbers = ImmutableList.builder();
    for (String number : DOTS.split(matcher.group(1))) {
      numbers.add(Integer.valueOf(number));
    }
    return new ItemValue.Version(numbers.build(), matcher.group(2));
  }

  private static ItemValue number(String raw, String text) {
    OptionalLong number = digits(text);
    return number.isPresent()
        ? new ItemValue.WholeNumber(number.getAsLong())
        : unparsable(raw, "a whole number of at most 18 digits");
  }

  private static ItemValue sku(String raw, String text) {
    OptionalLong number = digits(text);
    if (number.isEmpty() || number.getAsLong() > Integer.MAX_VALUE) {
      return unparsable(raw, "a SKU number");
    }
    int sku = (int) number.getAsLong();
    return new ItemValue.Sku(sku, WindowsSku.of(sku));
  }

  private static ItemValue suites(String raw, String text) {
    OptionalLong number = digits(text);
    return number.isPresent() && number.getAsLong() <= 0xFFFF_FFFFL
        ? new ItemValue.Suites(new SuiteMask((int) number.getAsLong()))
        : unparsable(raw, "a mask of 32 bits, as decimal number");
  }

  private static ItemValue productType(String raw, String text) {
    OptionalLong number = digits(text);
    Optional<ProductType> type =
        number.isPresent() ? ProductType.of(number.getAsLong()) : Optional.empty();
    return type.<ItemValue>map(ItemValue.Product::new)
        .orElseGet(() -> unparsable(raw, "1 (workstation), 2 (domain controller) or 3 (server)"));
  }

  private static ItemValue toggle(String raw, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "true" -> new ItemValue.Toggle(true);
      case "0", "false" -> new ItemValue.Toggle(false);
      default -> unparsable(raw, "0 or 1");
    };
  }

  /** One entry that is no address never hides the others. */
  private static ItemValue addresses(String text, boolean ipv6) {
    ImmutableList.Builder<InetAddress> addresses = ImmutableList.builder();
    ImmutableList.Builder<String> rejected = ImmutableList.builder();
    for (String entry : LIST.split(text)) {
      // The zone goes first: Guava would look it up among the interfaces of this machine.
      int zone = entry.indexOf('%');
      String address = zone < 0 ? entry : entry.substring(0, zone);
      if (address.length() <= MAX_ADDRESS
          && (address.indexOf(':') >= 0) == ipv6
          && InetAddresses.isInetAddress(address)) {
        addresses.add(InetAddresses.forString(address));
      } else {
        rejected.add(entry);
      }
    }
    return new ItemValue.Addresses(addresses.build(), rejected.build());
  }

  /** Up to 18 decimal digits always fit a long. ASCII digits only. */
  private static OptionalLong digits(String text) {
    if (text.isEmpty() || text.length() > 18) {
      return OptionalLong.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  private static ItemValue unparsable(String raw, String expected) {
    return new ItemValue.Unparsable(
        raw,
        KvpProblem.Reason.UNPARSABLE_VALUE,
        "'" + ForeignText.escape(raw, SHOWN) + "' (expected: " + expected + ")");
  }
}
