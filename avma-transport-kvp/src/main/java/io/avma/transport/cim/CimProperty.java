package io.avma.transport.cim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.util.Optional;

/**
 * A property of an instance.
 *
 * @param name its name, not empty; names compare without regard to case
 * @param type its type, of an array that of the elements; nothing where the wire does not tell
 * @param value its value
 * @param propagated whether CIM-XML says that it is inherited
 */
@CheckReturnValue
public record CimProperty(String name, Optional<CimType> type, CimValue value, boolean propagated) {
  /** Checks that there is a name. */
  public CimProperty {
    checkArgument(!name.isEmpty(), "a property without a name");
  }

  /** Returns a property of the class itself, without a type. */
  public static CimProperty of(String name, CimValue value) {
    return new CimProperty(name, Optional.empty(), value, false);
  }

  /** Returns a property of the class itself. */
  public static CimProperty of(String name, CimType type, CimValue value) {
    return new CimProperty(name, Optional.of(type), value, false);
  }

  /** Returns name and value, escaped and cut. */
  @Override
  public String toString() {
    return ForeignText.escape(name, 80) + "=" + value;
  }
}
