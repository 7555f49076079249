package io.avma.transport.cim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a CIM class: its name and its properties in the order of the wire.
 *
 * <p>A property that is absent and one without a value are the same to whoever asks for it: WMI
 * leaves out arrays without a value and writes scalars without one. Names compare without regard to
 * case. Each question for a type throws {@link TransportException} for {@code DAMAGED}, naming
 * class and property, if the value is none of that type ({@code wrong-type}).
 *
 * @param className the class, not empty
 * @param properties the properties; no name twice
 */
@CheckReturnValue
public record CimInstance(String className, ImmutableList<CimProperty> properties) {
  /** Checks names. */
  public CimInstance {
    checkArgument(!className.isEmpty(), "an instance without a class");
    Set<String> names = new HashSet<>();
    for (CimProperty property : properties) {
      checkArgument(
          names.add(property.name().toLowerCase(Locale.ROOT)), "%s twice", property.name());
    }
  }

  /** Returns an instance with these properties. */
  public static CimInstance of(String className, CimProperty... properties) {
    return new CimInstance(className, ImmutableList.copyOf(properties));
  }

  /** Returns the property, if it is there. */
  public Optional<CimProperty> property(String name) {
    return properties.stream()
        .filter(property -> property.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** Returns the value as it came; {@link CimValue.Nil} for an absent property. */
  public CimValue value(String name) {
    return property(name).map(CimProperty::value).orElse(CimValue.Nil.NIL);
  }

  /** Returns the text of a scalar; nothing if it has no value. */
  public Optional<String> text(String name) throws TransportException {
    return scalar(name, CimType.STRING).map(CimValue::text);
  }

  /** Returns the texts of an array, or of a scalar as the only one; empty if there is no value. */
  public ImmutableList<String> texts(String name) throws TransportException {
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    for (CimValue value : values(name)) {
      texts.add(typed(name, CimType.STRING, value).text());
    }
    return texts.build();
  }

  /**
   * Returns a whole number; of {@code uint64} its bits.
   *
   * @param type the type whose range counts
   */
  public OptionalLong number(String name, CimType type) throws TransportException {
    checkArgument(type.isInteger(), "type is %s (expected: a type of whole numbers)", type);
    Optional<CimValue> value = scalar(name, type);
    return value.isPresent()
        ? OptionalLong.of(((CimValue.Whole) value.get()).bits())
        : OptionalLong.empty();
  }

  /** Returns the whole numbers of an array, or of a scalar as the only one. */
  public ImmutableList<Long> numbers(String name, CimType type) throws TransportException {
    checkArgument(type.isInteger(), "type is %s (expected: a type of whole numbers)", type);
    ImmutableList.Builder<Long> numbers = ImmutableList.builder();
    for (CimValue value : values(name)) {
      numbers.add(((CimValue.Whole) typed(name, type, value)).bits());
    }
    return numbers.build();
  }

  /** Returns a boolean; nothing if it has no value. */
  public Optional<Boolean> bool(String name) throws TransportException {
    return scalar(name, CimType.BOOLEAN).map(CimValue.Bool.TRUE::equals);
  }

  /** Returns a time or interval; nothing if it has no value. */
  public Optional<CimDateTime> time(String name) throws TransportException {
    return scalar(name, CimType.DATETIME).map(value -> ((CimValue.Time) value).time());
  }

  /** Returns a reference; nothing if it has no value. */
  public Optional<CimReference> reference(String name) throws TransportException {
    CimValue value = value(name);
    if (value.isNil()) {
      return Optional.empty();
    }
    if (value instanceof CimValue.Reference reference) {
      return Optional.of(reference.reference());
    }
    throw wrongType(name, "a reference", null);
  }

  private List<CimValue> values(String name) {
    CimValue value = value(name);
    if (value instanceof CimValue.Array array) {
      return array.values();
    }
    return value.isNil() ? ImmutableList.of() : ImmutableList.of(value);
  }

  private Optional<CimValue> scalar(String name, CimType type) throws TransportException {
    List<CimValue> values = values(name);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1) {
      throw wrongType(name, "one value", values.size() + " values");
    }
    return Optional.of(typed(name, type, values.get(0)));
  }

  private CimValue typed(String name, CimType type, CimValue value) throws TransportException {
    boolean hasText =
        !(value instanceof CimValue.Reference
            || value instanceof CimValue.Embedded
            || value.isNil());
    // Also what came with a type: uint8 is asked for as uint32 by whoever reads several releases.
    CimValue read = hasText ? type.parsed(value.text()) : null;
    if (read == null) {
      throw wrongType(name, type.expected(), value.text());
    }
    return read;
  }

  private TransportException wrongType(String name, String expected, @Nullable String found) {
    return TransportException.damaged(
        new Flaw(
            "wrong-type",
            Flaw.Effect.LOST,
            Position.in(className),
            ForeignText.escape(name, 80)
                + " is "
                + (found == null ? "something else" : "'" + ForeignText.escape(found, 40) + "'")
                + " (expected: "
                + expected
                + ")"));
  }

  /** Returns the class and how many properties it has; values belong to others. */
  @Override
  public String toString() {
    return ForeignText.escape(className, 80) + " (" + properties.size() + " properties)";
  }
}
