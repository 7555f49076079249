package io.avma.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMaskTest {
  @ParameterizedTest
  @CsvSource({
    "W3GNR-8DDXR-2TFRP-H8P33-DV9BG, DV9BG",
    "w3gnr-8ddxr-2tfrp-h8p33-dv9bg, dv9bg",
    "W3GNR8DDXR2TFRPH8P33DV9BG, DV9BG",
    "W3GNR 8DDXR 2TFRP H8P33 DV9BG, DV9BG",
    "W3GNR_8DDXR_2TFRP_H8P33_DV9BG, DV9BG",
    "W3GNR\u20138DDXR\u20132TFRP\u2013H8P33\u2013DV9BG, DV9BG",
    "W3GNR-8DDXR-2TFRP-H8P33-DVOBG, DVOBG", // the letter O, mistyped
  })
  void ofAKeyInAnySpellingTheLastFiveSymbolsStay(String key, String lastFive) {
    assertEquals(
        "set '*****-*****-*****-*****-" + lastFive + "' now",
        KeyMask.mask("set '" + key + "' now"));
  }

  @Test
  void everyKeyOfATextIsMasked() {
    ProductKey key = ProductKey.parse("W3GNR-8DDXR-2TFRP-H8P33-DV9BG");
    assertEquals(key + ", " + key + ".", KeyMask.mask(key.reveal() + ", " + key.reveal() + "."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "W3GNR-8DDXR-2TFRP-H8P33-DV9B",
        "2B1F5C6A-8E2D-4C53-9B0E-6A1D4F8E7C21",
        "no key stands in this long sentence of plain English words",
        "*****-*****-*****-*****-DV9BG",
        "AW3GNR-8DDXR-2TFRP-H8P33-DV9BGA",
      })
  void whatIsNoKeyStaysAsItIs(String text) {
    assertEquals(text, KeyMask.mask(text));
  }
}
