package io.avma.transport.cim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CimTypeTest {
  /** Every width at and beyond both ends, against arithmetic that cannot wrap. */
  @ParameterizedTest
  @EnumSource
  void integersAreReadWithinTheirRangeAndNotBeyond(CimType type) {
    if (!type.isInteger()) {
      return;
    }
    boolean signed = type.name().startsWith("S");
    int bits = Integer.parseInt(type.wireName().substring(4));
    BigInteger span = BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
    BigInteger smallest = signed ? span.negate() : BigInteger.ZERO;
    BigInteger largest = span.subtract(BigInteger.ONE);
    for (int shift = 0; shift <= 66; shift++) {
      for (int off = -2; off <= 2; off++) {
        for (int sign = -1; sign <= 1; sign += 2) {
          BigInteger number =
              BigInteger.ONE
                  .shiftLeft(shift)
                  .multiply(BigInteger.valueOf(sign))
                  .add(BigInteger.valueOf(off));
          boolean inRange = number.compareTo(smallest) >= 0 && number.compareTo(largest) <= 0;
          Optional<CimValue> read = type.parse(number.toString());
          assertEquals(inRange, read.isPresent(), type + " " + number);
          read.ifPresent(value -> assertEquals(number.toString(), value.text()));
          String hexadecimal = (number.signum() < 0 ? "-0x" : "0x") + number.abs().toString(16);
          assertEquals(read, type.parse(hexadecimal));
        }
      }
    }
    assertEquals(inMessage(smallest, largest, type), type.expected());
    assertThrows(IllegalArgumentException.class, () -> CimValue.of(CimType.SINT8, 128));
  }

  private static String inMessage(BigInteger smallest, BigInteger largest, CimType type) {
    return type.wireName() + ", " + smallest + " to " + largest;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", "+", "0x", "1.0", "1e3", "1_0", "0x1g", "١", "--1", "0b1"})
  void whatIsNoIntegerIsNotRead(String text) {
    assertEquals(Optional.empty(), CimType.SINT64.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"TRUE,true", "false,false", "' True ',true", "1,true", "0,false"})
  void booleansAreReadInEveryForm(String text, boolean expected) {
    assertEquals(Optional.of(CimValue.of(expected)), CimType.BOOLEAN.parse(text));
  }

  @Test
  void realsAreReadAsCimWritesThem() {
    assertEquals("1500.0", CimType.REAL64.parse("1.5E+3").orElseThrow().text());
    assertEquals("-INF", CimType.REAL32.parse("-INF").orElseThrow().text());
    for (String text : new String[] {"", "1f", "0x1p3", "Infinity", "1e", "NaNs"}) {
      assertEquals(Optional.empty(), CimType.REAL64.parse(text), text);
    }
    assertEquals(Optional.empty(), CimType.BOOLEAN.parse("yes"));
    assertEquals(Optional.empty(), CimType.CHAR16.parse("ab"));
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-17T09:55:22.702341Z, 20251217095522.702341+000",
    "2026-10-08T15:15:36.68424Z,  20261008151536.684240+000",
    "1601-01-01T00:00:00Z,        16010101000000.000000+000",
    "2026-01-31T23:59:59+09:00,   20260131235959.000000+540",
    "2026-01-31T23:59:59.5-03:30, 20260131235959.500000-210",
    "P1DT2H3M4.000005S,           00000001020304.000005:000",
    "P0DT0H0M0S,                  00000000000000.000000:000",
  })
  void timesAreTheSameInBothForms(String xml, String dmtf) {
    CimDateTime time = CimDateTime.parse(xml).orElseThrow();
    assertEquals(time, CimDateTime.parse(dmtf).orElseThrow());
    assertEquals(xml, time.xmlText());
    assertEquals(dmtf, time.dmtfText());
  }

  @Test
  void otherFormsOfTimesAreRead() {
    assertEquals(Optional.of(CimDateTime.of(Duration.ofMinutes(90))), CimDateTime.parse("PT90M"));
    CimDateTime asLongAsTheOtherForm = CimDateTime.of(Duration.parse("P71612DT5H56M3.071845798S"));
    assertEquals(25, asLongAsTheOtherForm.xmlText().length());
    assertEquals(
        Optional.of(asLongAsTheOtherForm), CimDateTime.parse(asLongAsTheOtherForm.xmlText()));
    assertEquals(
        Optional.of(CimDateTime.of(Instant.parse("2026-01-01T00:00:00.123456700Z"))),
        CimDateTime.parse("2026-01-01T00:00:00.1234567Z"));
    String partial = "20260131******.******+***";
    assertEquals(partial, CimDateTime.parse(partial).orElseThrow().dmtfText());
    assertEquals(
        Optional.of(new CimDateTime.Moment(CimDateTime.UNSET, 0)),
        CimDateTime.parse("16010101000000.000000+000"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P",
        "PT",
        "P1DT",
        "P1Y",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "20260132000000.000000+000",
        "20260101000000.000000+0000",
        "20260101000000,000000+000",
        "00000001240000.000000:000",
        "2026-02-30T00:00:00Z",
        "2026-01-01T00:00:00+99:00",
        "2026010100000x.000000+000",
        "00000001000000.000000:001"
      })
  void whatIsNoTimeIsNotRead(String text) {
    assertEquals(Optional.empty(), CimDateTime.parse(text));
  }
}
