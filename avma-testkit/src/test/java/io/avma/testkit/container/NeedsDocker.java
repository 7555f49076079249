package io.avma.testkit.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Skips a class where no Docker answers, and says so in one line; with {@code
 * -Davma.docker=required} its tests run anyway and fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.OfJupiter.class)
@AddLifecycleHook(NeedsDocker.OfJqwik.class)
@interface NeedsDocker {
  /** For Jupiter. */
  final class OfJupiter implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Docker.reasonToSkip()
          .map(ConditionEvaluationResult::disabled)
          .orElse(ConditionEvaluationResult.enabled("Docker answers or is required"));
    }
  }

  /** For jqwik. */
  final class OfJqwik implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return Docker.reasonToSkip().map(SkipResult::skip).orElse(SkipResult.doNotSkip());
    }
  }

  /** Asks once. */
  final class Docker {
    private static final Optional<String> REASON = ask();

    private Docker() {}

    static Optional<String> reasonToSkip() {
      return REASON;
    }

    private static Optional<String> ask() {
      if ("required".equals(System.getProperty("avma.docker"))
          || DockerClientFactory.instance().isDockerAvailable()) {
        return Optional.empty();
      }
      String reason =
          "No Docker answers: the tests with the real hv_kvp_daemon are skipped"
              + " (-Davma.docker=required makes them fail instead).";
      System.out.println(reason);
      return Optional.of(reason);
    }
  }
}
