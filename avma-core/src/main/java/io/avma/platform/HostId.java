package io.avma.platform;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/**
 * The name by which a virtualization host is known: its computer name or fully qualified name.
 *
 * <p>Windows compares computer names ignoring case, so the value is kept in lower case. A short and
 * a fully qualified name of one host are two identifiers; whoever knows better joins them.
 *
 * @param value the name, lower case, 1 to 255 characters
 */
@CheckReturnValue
public record HostId(String value) implements Comparable<HostId> {
  /** Keeps {@code value} in lower case and without surrounding blanks. */
  public HostId {
    value = value.strip().toLowerCase(Locale.ROOT);
    checkArgument(
        !value.isEmpty() && value.length() <= 255,
        "host name has %s characters (expected: 1 to 255)",
        value.length());
  }

  /** Returns the part before the first dot, as Windows shows a computer name. */
  public String shortName() {
    int dot = value.indexOf('.');
    return dot < 0 ? value : value.substring(0, dot);
  }

  @Override
  public int compareTo(HostId other) {
    return value.compareTo(other.value);
  }

  /** Returns the name, escaped for a terminal or log. */
  @Override
  public String toString() {
    return ForeignText.escape(value);
  }
}
