package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A query of WMI, built from values that cannot become part of its language. Immutable.
 *
 * <pre>{@code
 * Wql.select("*").from("Win32_NTLogEvent").where("Logfile", "=", "Application")
 *     .where("RecordNumber", ">", 17)
 * }</pre>
 */
@CheckReturnValue
public final class Wql {
  private static final List<String> OPERATORS = List.of("=", "<>", "<", ">", "<=", ">=", "LIKE");

  private final String text;

  private Wql(String text) {
    this.text = text;
  }

  /**
   * Names the properties to give.
   *
   * @param properties their names, or {@code *} alone
   */
  public static Selection select(String... properties) {
    checkArgument(properties.length > 0, "no properties (expected: names, or *)");
    for (String property : properties) {
      if (properties.length > 1 || !property.equals("*")) {
        checkName(property);
      }
    }
    return new Selection("SELECT " + String.join(",", properties));
  }

  /** Returns this query with a condition more; a text is quoted, its quotes and backslashes too. */
  public Wql where(String property, String operator, String value) {
    String escaped = value.replace("\\", "\\\\").replace("'", "\\'");
    return and(property, operator, "'" + escaped + "'");
  }

  /** Returns this query with a condition more. */
  public Wql where(String property, String operator, long value) {
    return and(property, operator, Long.toString(value));
  }

  /** Returns this query with the condition that a property is one of {@code values}. */
  public Wql whereAny(String property, Collection<Integer> values) {
    checkName(property);
    checkArgument(!values.isEmpty(), "no values of %s (expected: one or more)", property);
    return new Wql(
        text
            + conjunction()
            + values.stream()
                .map(value -> property + "=" + value)
                .collect(Collectors.joining(" OR ", "(", ")")));
  }

  /** Returns this query with the condition that a property has a value. */
  public Wql whereNotNull(String property) {
    checkName(property);
    return new Wql(text + conjunction() + property + " IS NOT NULL");
  }

  private Wql and(String property, String operator, String literal) {
    checkName(property);
    checkArgument(OPERATORS.contains(operator), "%s (expected: one of %s)", operator, OPERATORS);
    String spaced = operator.equals("LIKE") ? " LIKE " : operator;
    return new Wql(text + conjunction() + property + spaced + literal);
  }

  private String conjunction() {
    return text.contains(" WHERE ") ? " AND " : " WHERE ";
  }

  private static void checkName(String name) {
    boolean word = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      word &= letter || (i > 0 && c >= '0' && c <= '9');
    }
    checkArgument(word, "a name of WQL that is none (expected: letters, digits and _)");
  }

  /** Returns the query's text. */
  @Override
  public String toString() {
    return text;
  }

  /** The beginning of a query. */
  public static final class Selection {
    private final String text;

    private Selection(String text) {
      this.text = text;
    }

    /** Returns the query for all instances of a class. */
    public Wql from(String className) {
      checkName(className);
      return new Wql(text + " FROM " + className);
    }
  }
}
