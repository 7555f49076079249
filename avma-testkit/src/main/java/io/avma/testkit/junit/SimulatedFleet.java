package io.avma.testkit.junit;

import io.avma.platform.WindowsRelease;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Hands the tests of a class, or one test, a simulated data centre of their own.
 *
 * <pre>{@code
 * @SimulatedFleet(hosts = 2, guestsPerHost = 5)
 * class MyToolTest {
 *   @Test
 *   void findsEveryGuest(SimulatedDatacenter datacenter) {
 *     datacenter.startAll(Duration.ofMinutes(10));
 *     datacenter.advance(Duration.ofDays(1));
 *     assertEquals(10, new MyTool(datacenter.hosts()).guests().size());
 *   }
 * }
 * }</pre>
 *
 * <p>A parameter of type {@link io.avma.sim.SimulatedDatacenter} is the fleet described here: every
 * guest has its key and is off. A parameter of type {@link io.avma.sim.DatacenterBuilder} is an
 * empty one for the test to fill, with the same seed. Methods before and after a test share its
 * data centre. The seed follows from the test's identifier, so each test has its own and always the
 * same; the configuration parameter or system property {@value #SEED} sets it for all. When a test
 * fails, the last lines of the trace and the line that repeats the run are added to the failure, as
 * a suppressed exception. Safe for tests that run in parallel: nothing is shared.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(SimulatedFleetExtension.class)
public @interface SimulatedFleet {
  /** The name of the setting that replaces the seed of every test. */
  String SEED = "avma.seed";

  /** The clusters, 1 or more. */
  int clusters() default 1;

  /** The hosts of each cluster, 1 or more: activated, Datacenter. */
  int hosts() default 2;

  /** The guests of each host, 0 or more: of releases and editions that the host activates. */
  int guestsPerHost() default 5;

  /** The release of every host. */
  WindowsRelease release() default WindowsRelease.WS_2025;
}
