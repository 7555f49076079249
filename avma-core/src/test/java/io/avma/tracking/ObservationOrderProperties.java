package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ObservationOrderProperties {
  @Provide
  Arbitrary<Observation> observation() {
    return AnyObservation.any();
  }

  /** A component that the order forgot would make a ledger keep whichever came first. */
  @Property(tries = 3_000, maxDiscardRatio = 50)
  void everyComponentTakesPartInTheOrder(
      @ForAll("observation") Observation one, @ForAll("observation") Observation other)
      throws ReflectiveOperationException {
    Assume.that(one.getClass() == other.getClass());
    RecordComponent[] components = one.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Observation mixed = withComponentOf(one, other, components, i);
      assertEquals(mixed.equals(one), mixed.compareTo(one) == 0, components[i].getName());
      assertEquals(mixed.equals(one), one.compareTo(mixed) == 0, components[i].getName());
    }
  }

  private static Observation withComponentOf(
      Observation one, Observation other, RecordComponent[] components, int changed)
      throws ReflectiveOperationException {
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = components[i].getAccessor().invoke(i == changed ? other : one);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return (Observation) one.getClass().getDeclaredConstructor(types).newInstance(values);
  }
}
