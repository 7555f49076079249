package io.avma.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataTableTest {
  @Test
  void rowsKeepTheirLinesThroughCommentsBlanksAndAByteOrderMark() {
    DataTable table =
        DataTable.parse(
            "t",
            List.of("\uFEFF# a comment", "", "a | b", "  # another", "1|  x y  ", " ", "2 | - "),
            "a",
            "b");
    assertEquals("t", table.name());
    assertEquals(2, table.rows().size());
    DataTable.Row first = table.rows().get(0);
    assertEquals(5, first.line());
    assertEquals("x y", first.text("b"));
    assertEquals(Optional.of("1"), first.optional("a"));
    DataTable.Row second = table.rows().get(1);
    assertEquals(7, second.line());
    assertEquals(Optional.empty(), second.optional("b"));
    assertEquals("t:7: column 'b' is empty", complaint(() -> second.text("b")));
    assertEquals("t:7: so", second.complaint("so").getMessage());
  }

  @Test
  void aByteOrderMarkInFrontOfTheHeaderIsSkipped() {
    assertEquals(1, DataTable.parse("t", List.of("\uFEFFa", "1"), "a").rows().size());
    assertEquals(
        "\uFEFF1", DataTable.parse("t", List.of("a", "\uFEFF1"), "a").rows().get(0).text("a"));
  }

  @Test
  void anotherShapeIsNamedWithItsLine() {
    assertEquals("t:0: no header (expected: [a])", complaint(() -> parse()));
    assertEquals("t:2: no header (expected: [a])", complaint(() -> parse("", "# a")));
    assertEquals(
        "t:2: header names other columns (expected: [a])", complaint(() -> parse("", "A")));
    assertEquals(
        "t:1: header names other columns (expected: [a])", complaint(() -> parse("a | b")));
    assertEquals("t:3: 2 cells (expected: 1, [a])", complaint(() -> parse("a", "1", "1 | 2")));
    assertEquals("t:2: 2 cells (expected: 1, [a])", complaint(() -> parse("a", "1 |")));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "010, 10",
    "17763, 17763",
    "0xC004FD02, 3221552386",
    "0xc004fd02, 3221552386",
    "0xFFFFFFFF, 4294967295",
    "4294967295, 4294967295"
  })
  void aNumberIsDecimalOrHexadecimalAndHasNoSign(String text, long number) {
    assertEquals(number, parse("a", text).rows().get(0).number("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "1.5", "x", "0x", "0x1FFFFFFFF", "4294967296", "0b1", "1e3", "99999999999"})
  void whatIsNoNumberOf32BitsIsRefused(String text) {
    assertEquals(
        "t:2: column 'a': '" + text + "' is not a whole number of 32 bits",
        complaint(() -> parse("a", text).rows().get(0).number("a")));
  }

  @Test
  void constantsAreReadInAnyCaseAndWithDashes() {
    DataTable.Row row = parse("a", "Documented  ASSUMED secondary").rows().get(0);
    assertEquals(
        ImmutableList.of(Standing.DOCUMENTED, Standing.ASSUMED, Standing.SECONDARY),
        row.constants("a", Standing.class));
    assertEquals(Thing.TWO_WORDS, parse("a", "two-words").rows().get(0).constant("a", Thing.class));
    assertEquals(ImmutableList.of(), parse("a", "-").rows().get(0).constants("a", Standing.class));
  }

  @ParameterizedTest
  @CsvSource({
    "never, 'never'",
    "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67, 29 characters",
    "YQB4HNKHHJQ6K4R4VMY6VCH67, 25 characters",
    "12345678901234567890, '12345678901234567890'",
    "123456789012345678901, 21 characters",
    "re\u001B[31md, 8 characters",
    "dokumentié, 10 characters"
  })
  void aComplaintRepeatsShortPlainWordsOnly(String cell, String shown) {
    String quoted = shown.endsWith("characters") ? shown : "'" + cell + "'";
    assertEquals(
        "t:2: column 'a': " + quoted + " is none of [YES, NO, UNKNOWN]",
        complaint(() -> parse("a", cell).rows().get(0).constant("a", Ternary.class)));
    assertEquals(
        "t:2: column 'a': " + quoted + " is none of [YES, NO, UNKNOWN]",
        complaint(() -> parse("a", cell).rows().get(0).constants("a", Ternary.class)));
  }

  @Test
  void anUnknownColumnIsTheCallersMistake() {
    assertEquals(
        "no column 'z' in t", complaint(() -> parse("a", "1").rows().get(0).optional("z")));
  }

  @Test
  void everyConstantMustStandInExactlyOneRow() {
    parse("a", "yes", "no", "unknown").requireEachOnce(Ternary.class, "a");
    assertEquals(
        "t:4: second row for YES",
        complaint(() -> parse("a", "yes", "no", "YES").requireEachOnce(Ternary.class, "a")));
    assertEquals(
        "t:3: no row for NO",
        complaint(() -> parse("a", "yes", "unknown").requireEachOnce(Ternary.class, "a")));
  }

  @Test
  void aMissingResourceIsNamedWithItsPlace() {
    assertEquals(
        "none.table: resource missing beside " + DataTableTest.class.getName(),
        assertThrows(
                IllegalStateException.class,
                () -> DataTable.resource(DataTableTest.class, "none.table", "a").rows())
            .getMessage());
    assertTrue(
        DataTable.resource(
                    Standing.class,
                    "releases.table",
                    "release",
                    "label",
                    "aliases",
                    "build",
                    "channel",
                    "baseline",
                    "standing",
                    "source")
                .rows()
                .size()
            > 10);
  }

  private enum Thing {
    TWO_WORDS
  }

  private static DataTable parse(String... lines) {
    return DataTable.parse("t", List.of(lines), "a");
  }

  private static String complaint(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
