package io.avma.testkit.junit;

import com.google.common.hash.Hashing;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link SimulatedFleet} does. */
final class SimulatedFleetExtension implements ParameterResolver, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(SimulatedFleetExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return context.getTestMethod().isPresent()
        && (type == SimulatedDatacenter.class || type == DatacenterBuilder.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestRun run = run(context);
    Parameter asked = parameter.getParameter();
    return asked.getType() == DatacenterBuilder.class ? run.builder() : run.fleet(shape(context));
  }

  /** Comes behind all that the test and its own methods do, so it sees every failure. */
  @Override
  public void afterEach(ExtensionContext context) {
    TestRun run = context.getStore(NAMESPACE).get(TestRun.class, TestRun.class);
    if (run != null) {
      context.getExecutionException().ifPresent(run::explain);
      run.close();
    }
  }

  private static TestRun run(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            TestRun.class, unused -> new TestRun(seed(context), test(context)), TestRun.class);
  }

  private static String test(ExtensionContext context) {
    return context.getRequiredTestClass().getName()
        + "#"
        + context.getRequiredTestMethod().getName();
  }

  private static long seed(ExtensionContext context) {
    Optional<String> told = context.getConfigurationParameter(SimulatedFleet.SEED);
    if (told.isEmpty()) {
      return Hashing.farmHashFingerprint64()
          .hashString(context.getUniqueId(), StandardCharsets.UTF_8)
          .asLong();
    }
    try {
      return Long.parseLong(told.get().strip());
    } catch (NumberFormatException e) {
      throw new ExtensionConfigurationException(
          SimulatedFleet.SEED + " is '" + told.get() + "' (expected: a whole number)", e);
    }
  }

  private static FleetShape shape(ExtensionContext context) {
    SimulatedFleet fleet =
        AnnotationSupport.findAnnotation(context.getElement(), SimulatedFleet.class)
            .or(
                () ->
                    AnnotationSupport.findAnnotation(
                        context.getRequiredTestClass(), SimulatedFleet.class))
            .orElseThrow();
    return new FleetShape(fleet.clusters(), fleet.hosts(), fleet.guestsPerHost(), fleet.release());
  }
}
