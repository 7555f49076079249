package io.avma.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HresultTest {
  @ParameterizedTest
  @CsvSource({
    "0x00000000, 0, S_OK",
    "0xC004FD00, -1073414912, SL_E_IA_THROTTLE_LIMIT_EXCEEDED",
    "0xC004FD01, -1073414911, SL_E_IA_INVALID_VIRTUALIZATION_PLATFORM",
    "0xC004FD02, -1073414910, SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED",
    "0xC004FD03, -1073414909, SL_E_IA_ID_MISMATCH",
    "0xC004FD04, -1073414908, SL_E_IA_MACHINE_NOT_BOUND",
    "0xC004F069, -1073418135, SL_E_MISMATCHED_PRODUCT_SKU",
    "0xC004F050, -1073418160, SL_E_INVALID_PRODUCT_KEY",
    "0xC004F051, -1073418159, SL_E_BLOCKED_PRODUCT_KEY",
    "0xC004F014, -1073418220, SL_E_PKEY_NOT_INSTALLED",
    "0xC004F009, -1073418231, SL_E_GRACE_TIME_EXPIRED",
    "0xC1900215, -1047526891, ''",
  })
  void aKnownCodeIsAsPublished(String hex, int value, String name) {
    Hresult code = new Hresult(value);
    assertEquals(hex, code.hex());
    assertEquals(name.isEmpty() ? Optional.empty() : Optional.of(name), code.name());
    assertEquals(name.isEmpty() ? hex : hex + " " + name, code.toString());
    assertEquals(
        Optional.of(name.isEmpty() ? Standing.SECONDARY : Standing.DOCUMENTED), code.standing());
    assertTrue(code.meaning().isPresent());
    assertEquals(value == 0, code.isSuccess());
    assertEquals(Optional.of(code), Hresult.parse(hex));
    assertEquals(Optional.of(code), Hresult.parse(String.valueOf(value)));
    assertTrue(Hresult.known().contains(code));
  }

  @Test
  void theConstantsAreTheCodesOfAvma() {
    assertEquals(12, Hresult.known().size());
    assertEquals(
        ImmutableList.of(
            Hresult.OK,
            Hresult.THROTTLED,
            Hresult.INVALID_PLATFORM,
            Hresult.HOST_NOT_ACTIVATED,
            Hresult.ID_MISMATCH,
            Hresult.NOT_BOUND),
        Hresult.known().subList(0, 6));
    assertEquals("0xC004FD00", Hresult.THROTTLED.hex());
    assertEquals("0xC004FD01", Hresult.INVALID_PLATFORM.hex());
    assertEquals("0xC004FD02", Hresult.HOST_NOT_ACTIVATED.hex());
    assertEquals("0xC004FD03", Hresult.ID_MISMATCH.hex());
    assertEquals("0xC004FD04", Hresult.NOT_BOUND.hex());
  }

  @Test
  void anUnknownCodeHasNoName() {
    Hresult code = new Hresult(0x80070005);
    assertEquals("0x80070005", code.toString());
    assertEquals(Optional.empty(), code.name());
    assertEquals(Optional.empty(), code.meaning());
    assertEquals(Optional.empty(), code.standing());
    assertFalse(code.isSuccess());
    assertTrue(new Hresult(1).isSuccess());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0xC004FD02",
        "0xc004fd02",
        "0XC004FD02",
        "hr=0xC004FD02",
        "HR = 0xC004FD02",
        " hr =\t0xc004fd02\r\n",
        "-1073414910",
        "3221552386",
        "+3221552386",
        "hr=-1073414910",
        "hr=3221552386",
      })
  void aCodeIsReadAsLogsWriteIt(String text) {
    assertEquals(Optional.of(Hresult.HOST_NOT_ACTIVATED), Hresult.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0, 0",
    "0x7FFFFFFF, 2147483647",
    "0x80000000, -2147483648",
    "-2147483648, -2147483648",
    "4294967295, -1",
    "0xFFFFFFFF, -1",
    "-1, -1",
    "-0, 0",
    "0, 0"
  })
  void theEndsOf32BitsAreRead(String text, int value) {
    assertEquals(Optional.of(new Hresult(value)), Hresult.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "0x",
        "0xG",
        "0x1C004FD02",
        "4294967296",
        "-2147483649",
        "99999999999",
        "C004FD02",
        "hr",
        "hr=",
        "hr=hr=0x1",
        "0x C004FD02",
        "--1",
        "1.0",
        "0xC004FD02 ;",
        "\u0661\u0662"
      })
  void whatIsNoCodeIsNotGuessed(String text) {
    assertEquals(Optional.empty(), Hresult.parse(text));
  }
}
