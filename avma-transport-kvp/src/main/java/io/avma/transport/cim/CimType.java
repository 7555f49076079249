package io.avma.transport.cim;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The type of a CIM value. Source: DMTF DSP0004, "Data types"; documented. */
@CheckReturnValue
public enum CimType {
  /** Text of UTF-16 units. */
  STRING,
  /** True or false, in any letter case, or 1 or 0. */
  BOOLEAN,
  /** An integer from 0 to 255. */
  UINT8(8, false),
  /** An integer from -128 to 127. */
  SINT8(8, true),
  /** An integer from 0 to 65,535. */
  UINT16(16, false),
  /** An integer from -32,768 to 32,767. */
  SINT16(16, true),
  /** An integer from 0 to 2<sup>32</sup> - 1. */
  UINT32(32, false),
  /** An integer from -2<sup>31</sup> to 2<sup>31</sup> - 1. */
  SINT32(32, true),
  /** An integer from 0 to 2<sup>64</sup> - 1. */
  UINT64(64, false),
  /** An integer from -2<sup>63</sup> to 2<sup>63</sup> - 1. */
  SINT64(64, true),
  /** A binary floating-point number of 32 bits. */
  REAL32,
  /** A binary floating-point number of 64 bits. */
  REAL64,
  /** One UTF-16 unit. */
  CHAR16,
  /** A point in time or an interval. */
  DATETIME,
  /** A reference to an instance; has no text of its own. */
  REFERENCE,
  /** An embedded instance; has no text of its own. */
  OBJECT;

  private static final ImmutableMap<String, CimType> BY_NAME = byName();

  private final int bits;
  private final boolean signed;

  CimType() {
    this(0, false);
  }

  CimType(int bits, boolean signed) {
    this.bits = bits;
    this.signed = signed;
  }

  /** Returns the name in {@code TYPE} attributes, for example {@code uint16}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the type with a wire name, in whatever case. */
  public static Optional<CimType> ofWireName(String name) {
    return Optional.ofNullable(ofName(name));
  }

  /** Returns whether values are whole numbers. */
  public boolean isInteger() {
    return bits > 0;
  }

  /**
   * Returns the value that {@code text} writes; blanks around anything but text do not count. Both
   * the forms of CIM-XML and those of WS-Management are read.
   *
   * @return nothing if it is no value of this type, or out of its range
   */
  public Optional<CimValue> parse(String text) {
    return Optional.ofNullable(parsed(text));
  }

  static @Nullable CimType ofName(String name) {
    CimType exact = BY_NAME.get(name);
    return exact != null ? exact : BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  @Nullable CimValue parsed(String text) {
    return switch (this) {
      case STRING -> new CimValue.Text(text);
      case BOOLEAN -> bool(text.strip());
      case CHAR16 -> text.length() == 1 ? new CimValue.Char16(text.charAt(0)) : null;
      case REAL32, REAL64 -> real(text.strip());
      case DATETIME -> {
        CimDateTime time = CimDateTime.parsed(text.strip());
        yield time == null ? null : new CimValue.Time(time);
      }
      case REFERENCE, OBJECT -> null;
      default -> integer(text.strip());
    };
  }

  /** Says what a text of this type looks like, for messages. */
  String expected() {
    return switch (this) {
      case BOOLEAN -> "true or false";
      case CHAR16 -> "one character";
      case REAL32, REAL64 -> "a number";
      case DATETIME -> "a date and time, or an interval";
      case STRING, REFERENCE, OBJECT -> wireName();
      default -> wireName() + ", " + smallest() + " to " + largest();
    };
  }

  /** Whether the low bits are all that {@code bits} has. */
  boolean covers(long number) {
    if (bits == 64) {
      return true;
    }
    return signed ? number >> (bits - 1) == number >> 63 : bits > 0 && number >>> bits == 0;
  }

  String integerText(long number) {
    return signed ? Long.toString(number) : Long.toUnsignedString(number);
  }

  private String smallest() {
    return signed ? Long.toString(-1L << (bits - 1)) : "0";
  }

  private String largest() {
    return integerText(signed ? ~(-1L << (bits - 1)) : bits == 64 ? -1L : (1L << bits) - 1);
  }

  private @Nullable CimValue integer(String text) {
    int length = text.length();
    if (length == 0 || length > 24) {
      return null;
    }
    char first = text.charAt(0);
    int start = first == '-' || first == '+' ? 1 : 0;
    boolean hexadecimal = text.startsWith("0x", start) || text.startsWith("0X", start);
    int digits = hexadecimal ? start + 2 : start;
    if (digits == length || !onlyDigits(text, digits, hexadecimal)) {
      return null;
    }
    try {
      // Parsed as a magnitude without a sign, so that every width has one way and none can wrap.
      long magnitude = Long.parseUnsignedLong(text, digits, length, hexadecimal ? 16 : 10);
      boolean negative = first == '-';
      long number = negative ? -magnitude : magnitude;
      boolean inSign =
          negative ? number <= 0 && (signed || number == 0) : !signed || magnitude >= 0;
      return inSign && covers(number) ? new CimValue.Whole(this, number) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean onlyDigits(String text, int from, boolean hexadecimal) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && !(hexadecimal && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))) {
        return false;
      }
    }
    return true;
  }

  private @Nullable CimValue real(String text) {
    for (int i = 0; i < text.length(); i++) {
      // Java reads forms that CIM does not have, for example 1f and 0x1p3.
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        return special(text);
      }
    }
    if (text.length() > 64) {
      return null;
    }
    try {
      return new CimValue.Real(
          this, this == REAL32 ? Float.parseFloat(text) : Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private @Nullable CimValue special(String text) {
    return switch (text) {
      case "NaN" -> new CimValue.Real(this, Double.NaN);
      case "INF" -> new CimValue.Real(this, Double.POSITIVE_INFINITY);
      case "-INF" -> new CimValue.Real(this, Double.NEGATIVE_INFINITY);
      default -> null;
    };
  }

  private static @Nullable CimValue bool(String text) {
    if (text.equalsIgnoreCase("true") || text.equals("1")) {
      return CimValue.Bool.TRUE;
    }
    return text.equalsIgnoreCase("false") || text.equals("0") ? CimValue.Bool.FALSE : null;
  }

  private static ImmutableMap<String, CimType> byName() {
    ImmutableMap.Builder<String, CimType> types = ImmutableMap.builder();
    for (CimType type : values()) {
      types.put(type.wireName(), type);
    }
    return types.buildOrThrow();
  }
}
