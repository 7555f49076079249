package io.avma.platform;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.internal.DataTable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A result code of Windows. {@code 0} is success; the names and meanings of the codes that AVMA
 * uses come from the table {@code hresults.table} beside this class.
 *
 * @param value the 32 bits of the code, as Windows keeps them in a signed integer
 */
@CheckReturnValue
public record Hresult(int value) {
  /** Success. */
  public static final Hresult OK = new Hresult(0);

  /** {@code SL_E_IA_THROTTLE_LIMIT_EXCEEDED}: too many requests for now. */
  public static final Hresult THROTTLED = new Hresult(0xC004FD00);

  /** {@code SL_E_IA_INVALID_VIRTUALIZATION_PLATFORM}: no host that supports AVMA. */
  public static final Hresult INVALID_PLATFORM = new Hresult(0xC004FD01);

  /** {@code SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED}: the host itself is not activated. */
  public static final Hresult HOST_NOT_ACTIVATED = new Hresult(0xC004FD02);

  /** {@code SL_E_IA_ID_MISMATCH}: the host does not cover what the guest asks for. */
  public static final Hresult ID_MISMATCH = new Hresult(0xC004FD03);

  /** {@code SL_E_IA_MACHINE_NOT_BOUND}: the guest is not activated. */
  public static final Hresult NOT_BOUND = new Hresult(0xC004FD04);

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:hr\\s*=\\s*)?(?:0x([0-9a-f]{1,8})|([+-]?[0-9]{1,10}))", Pattern.CASE_INSENSITIVE);

  /**
   * Parses a code as logs and tools write it: hexadecimal ({@code 0xC004FD02}) or decimal, signed
   * ({@code -1073414910}) or not ({@code 3221552386}), bare or behind {@code hr=}. Empty if {@code
   * text} is none of these or does not fit 32 bits.
   */
  public static Optional<Hresult> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    if (matcher.group(1) != null) {
      return Optional.of(new Hresult(Integer.parseUnsignedInt(matcher.group(1), 16)));
    }
    long number = Long.parseLong(matcher.group(2));
    return number < Integer.MIN_VALUE || number > 0xFFFF_FFFFL
        ? Optional.empty()
        : Optional.of(new Hresult((int) number));
  }

  /** Returns every code that the table knows, in table order. */
  public static ImmutableList<Hresult> known() {
    return Table.ROWS.keySet().asList();
  }

  /** Returns whether the code says success (not negative, as Windows decides it). */
  public boolean isSuccess() {
    return value >= 0;
  }

  /** Returns the code as Windows writes it: {@code 0xC004FD02}. */
  public String hex() {
    return String.format(Locale.ROOT, "0x%08X", value);
  }

  /** Returns Microsoft's name for the code, if there is one and the table knows it. */
  public Optional<String> name() {
    return Optional.ofNullable(Table.ROWS.get(this)).flatMap(Row::name);
  }

  /** Returns what the code means, in our words, if the table knows it. */
  public Optional<String> meaning() {
    return Optional.ofNullable(Table.ROWS.get(this)).map(Row::meaning);
  }

  /** Returns how well name and meaning are founded, if the table knows the code. */
  public Optional<Standing> standing() {
    return Optional.ofNullable(Table.ROWS.get(this)).map(Row::standing);
  }

  /** Returns the code and its name: {@code 0xC004FD02 SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED}. */
  @Override
  public String toString() {
    return name().map(name -> hex() + " " + name).orElse(hex());
  }

  private record Row(Optional<String> name, String meaning, Standing standing) {}

  private static final class Table {
    static final ImmutableMap<Hresult, Row> ROWS = load();

    private static ImmutableMap<Hresult, Row> load() {
      DataTable table =
          DataTable.resource(
              Hresult.class, "hresults.table", "code", "name", "standing", "source", "meaning");
      ImmutableMap.Builder<Hresult, Row> rows = ImmutableMap.builder();
      for (DataTable.Row row : table.rows()) {
        rows.put(
            new Hresult((int) row.number("code")),
            new Row(
                row.optional("name"),
                row.text("meaning"),
                row.constant("standing", Standing.class)));
      }
      return rows.buildOrThrow();
    }
  }
}
