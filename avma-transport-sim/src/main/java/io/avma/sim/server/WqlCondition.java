package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimValue;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Which instances a query wants. */
sealed interface WqlCondition {
  /** Returns the condition that all instances meet. */
  static WqlCondition all() {
    return new Every(ImmutableList.of());
  }

  boolean matches(CimInstance instance);

  /** Returns the properties that are asked about. */
  ImmutableSet<String> properties();

  /** Returns the value that {@code property} has in every instance that matches, if it is told. */
  default Optional<String> required(String property) {
    return Optional.empty();
  }

  /** Returns a number below which {@code property} is in no instance that matches. */
  default OptionalLong least(String property) {
    return OptionalLong.empty();
  }

  /** Conditions joined by AND. */
  record Every(ImmutableList<WqlCondition> parts) implements WqlCondition {
    @Override
    public boolean matches(CimInstance instance) {
      return parts.stream().allMatch(part -> part.matches(instance));
    }

    @Override
    public ImmutableSet<String> properties() {
      return allProperties(parts);
    }

    @Override
    public Optional<String> required(String property) {
      return parts.stream().flatMap(part -> part.required(property).stream()).findFirst();
    }

    @Override
    public OptionalLong least(String property) {
      return parts.stream()
          .map(part -> part.least(property))
          .filter(OptionalLong::isPresent)
          .mapToLong(OptionalLong::getAsLong)
          .max();
    }
  }

  /** Conditions joined by OR. */
  record Any(ImmutableList<WqlCondition> parts) implements WqlCondition {
    @Override
    public boolean matches(CimInstance instance) {
      return parts.stream().anyMatch(part -> part.matches(instance));
    }

    @Override
    public ImmutableSet<String> properties() {
      return allProperties(parts);
    }
  }

  /** The opposite. */
  record Not(WqlCondition part) implements WqlCondition {
    @Override
    public boolean matches(CimInstance instance) {
      return !part.matches(instance);
    }

    @Override
    public ImmutableSet<String> properties() {
      return part.properties();
    }
  }

  /** Whether a property has no value. */
  record Absent(String property) implements WqlCondition {
    @Override
    public boolean matches(CimInstance instance) {
      return instance.value(property).isNil();
    }

    @Override
    public ImmutableSet<String> properties() {
      return ImmutableSet.of(property);
    }
  }

  /** Whether a property is like a pattern. */
  record Like(String property, LikePattern pattern) implements WqlCondition {
    @Override
    public boolean matches(CimInstance instance) {
      CimValue value = instance.value(property);
      return !value.isNil() && pattern.matches(value.text());
    }

    @Override
    public ImmutableSet<String> properties() {
      return ImmutableSet.of(property);
    }
  }

  /** Whether a property compares so to a constant. What has no value compares to nothing. */
  record Comparison(String property, String operator, String constant) implements WqlCondition {
    @Override
    public boolean matches(CimInstance instance) {
      OptionalInt compared = compared(instance.value(property), constant);
      if (compared.isEmpty()) {
        return false;
      }
      int order = compared.getAsInt();
      return switch (operator) {
        case "=" -> order == 0;
        case "<>", "!=" -> order != 0;
        case "<" -> order < 0;
        case ">" -> order > 0;
        case "<=" -> order <= 0;
        default -> order >= 0;
      };
    }

    @Override
    public ImmutableSet<String> properties() {
      return ImmutableSet.of(property);
    }

    @Override
    public Optional<String> required(String name) {
      return operator.equals("=") && property.equalsIgnoreCase(name)
          ? Optional.of(constant)
          : Optional.empty();
    }

    @Override
    public OptionalLong least(String name) {
      boolean bounds =
          property.equalsIgnoreCase(name)
              && (operator.equals("=") || operator.equals(">") || operator.equals(">="));
      Optional<Long> number = bounds ? whole(constant) : Optional.empty();
      if (number.isEmpty() || (operator.equals(">") && number.get() == Long.MAX_VALUE)) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(number.get() + (operator.equals(">") ? 1 : 0));
    }

    private static OptionalInt compared(CimValue value, String constant) {
      if (value instanceof CimValue.Whole whole) {
        Optional<Long> number = whole(constant);
        return number.isPresent()
            ? OptionalInt.of(Long.compare(whole.bits(), number.get()))
            : OptionalInt.empty();
      }
      if (value instanceof CimValue.Time time && time.time() instanceof CimDateTime.Moment moment) {
        return CimDateTime.parse(constant).orElse(null) instanceof CimDateTime.Moment other
            ? OptionalInt.of(moment.instant().compareTo(other.instant()))
            : OptionalInt.empty();
      }
      if (value instanceof CimValue.Bool bool) {
        boolean truth = constant.equalsIgnoreCase("TRUE") || constant.equals("1");
        return OptionalInt.of(Boolean.compare(bool == CimValue.Bool.TRUE, truth));
      }
      return value instanceof CimValue.Text text
          ? OptionalInt.of(text.text().compareToIgnoreCase(constant))
          : OptionalInt.empty();
    }

    private static Optional<Long> whole(String text) {
      try {
        return Optional.of(Long.parseLong(text));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }

  private static ImmutableSet<String> allProperties(ImmutableList<WqlCondition> parts) {
    return parts.stream()
        .flatMap(part -> part.properties().stream())
        .collect(ImmutableSet.toImmutableSet());
  }
}
