package io.avma.transport.cim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;

/**
 * The value of a property or parameter.
 *
 * <p>CIM-XML tells types, WS-Management does not: what an answer holds is {@link Text} until {@link
 * CimInstance} is asked for it as a number, a boolean or a time.
 */
@CheckReturnValue
public sealed interface CimValue {
  /** Returns the text of a scalar as CIM-XML writes it; empty for what has no text. */
  String text();

  /** Returns whether this is {@link Nil}. */
  default boolean isNil() {
    return this == Nil.NIL;
  }

  /** Returns text. */
  static CimValue of(String text) {
    return new Text(text);
  }

  /** Returns a whole number; {@code uint64} above 2<sup>63</sup> - 1 as its bits. */
  static CimValue of(CimType type, long number) {
    return new Whole(type, number);
  }

  /** Returns true or false. */
  static CimValue of(boolean value) {
    return value ? Bool.TRUE : Bool.FALSE;
  }

  /** Returns an array. */
  static CimValue of(Iterable<? extends CimValue> values) {
    return new Array(ImmutableList.copyOf(values));
  }

  /** No value; not the same as an empty text or an empty array. */
  enum Nil implements CimValue {
    /** The only one. */
    NIL;

    @Override
    public String text() {
      return "";
    }
  }

  /**
   * Text, or a value whose type was not told.
   *
   * @param text the characters, whatever they are
   */
  record Text(String text) implements CimValue {
    /** Returns the text, escaped and cut for a terminal or log. */
    @Override
    public String toString() {
      return ForeignText.escape(text, 80);
    }
  }

  /** True or false. */
  enum Bool implements CimValue {
    /** False. */
    FALSE,
    /** True. */
    TRUE;

    /** {@code TRUE} or {@code FALSE}, as WMI writes it in CIM-XML. */
    @Override
    public String text() {
      return name();
    }
  }

  /**
   * A whole number.
   *
   * @param type one of the types for whole numbers
   * @param bits the number; of {@code uint64} its bits
   */
  record Whole(CimType type, long bits) implements CimValue {
    /** Checks type and range. */
    public Whole {
      checkArgument(type.isInteger(), "type is %s (expected: a type of whole numbers)", type);
      checkArgument(type.covers(bits), "%s is out of range (expected: %s)", bits, type.expected());
    }

    @Override
    public String text() {
      return type.integerText(bits);
    }
  }

  /**
   * A binary floating-point number.
   *
   * @param type {@code REAL32} or {@code REAL64}
   * @param number the number; of {@code REAL32} one that a {@code float} holds
   */
  record Real(CimType type, double number) implements CimValue {
    /** Checks the type. */
    public Real {
      checkArgument(
          type == CimType.REAL64 || (type == CimType.REAL32 && sameAsFloat(number)),
          "%s of type %s (expected: real64, or real32 within its precision)",
          number,
          type);
    }

    @Override
    public String text() {
      if (Double.isInfinite(number)) {
        return number > 0 ? "INF" : "-INF";
      }
      return type == CimType.REAL32 ? Float.toString((float) number) : Double.toString(number);
    }

    private static boolean sameAsFloat(double number) {
      return Double.compare((float) number, number) == 0;
    }
  }

  /**
   * One UTF-16 unit.
   *
   * @param unit the unit
   */
  record Char16(char unit) implements CimValue {
    @Override
    public String text() {
      return String.valueOf(unit);
    }

    /** Returns the unit, escaped. */
    @Override
    public String toString() {
      return ForeignText.escape(text());
    }
  }

  /**
   * A point in time or an interval.
   *
   * @param time the time
   */
  record Time(CimDateTime time) implements CimValue {
    @Override
    public String text() {
      return time.dmtfText();
    }
  }

  /**
   * A reference to an instance.
   *
   * @param reference where to
   */
  record Reference(CimReference reference) implements CimValue {
    @Override
    public String text() {
      return "";
    }
  }

  /**
   * An instance as a value of its own, not as text.
   *
   * @param instance the instance
   */
  record Embedded(CimInstance instance) implements CimValue {
    @Override
    public String text() {
      return "";
    }
  }

  /**
   * Values in order; no order has a meaning that a reader could rely on.
   *
   * @param values the values, none an array
   */
  record Array(ImmutableList<CimValue> values) implements CimValue {
    /** Checks that no value is an array, which CIM does not have. */
    public Array {
      checkArgument(values.stream().noneMatch(Array.class::isInstance), "an array holds arrays");
    }

    @Override
    public String text() {
      return "";
    }
  }
}
