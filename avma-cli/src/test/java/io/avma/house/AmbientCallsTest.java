package io.avma.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Core and simulator are pure: time, randomness, files, network and threads come in as arguments or
 * not at all. So neither needs a network, and a simulation gives the same on every machine. Each
 * prohibition is tried on {@link Offender}, so that none passes because it looks for nothing.
 */
class AmbientCallsTest {
  /** Addresses are values; what looks a name up is forbidden below. */
  private static final String[] ADDRESSES = {
    "java.net.InetAddress", "java.net.Inet4Address", "java.net.Inet6Address"
  };

  /** The simulator asks in which thread it is, to refuse any but its own; no more than that. */
  private static final ImmutableSet<String> THREAD_IDENTITY =
      ImmutableSet.of("currentThread", "getName", "equals", "hashCode");

  /** Types that no class of the core or the simulator may mention. */
  private static final DescribedPredicate<JavaClass> OUTSIDE =
      JavaClass.Predicates.resideInAnyPackage(
              "java.nio.file..",
              "java.nio.channels..",
              "java.net..",
              "javax.net..",
              "java.sql..",
              "java.util.logging..",
              "java.util.concurrent..",
              "java.util.random..",
              "java.security..",
              "java.lang.reflect..")
          .or(
              named(
                  "java.io.File",
                  "java.io.FileInputStream",
                  "java.io.FileOutputStream",
                  "java.io.FileReader",
                  "java.io.FileWriter",
                  "java.io.FileDescriptor",
                  "java.io.RandomAccessFile",
                  "java.io.Console",
                  "java.io.PrintStream",
                  "java.lang.ThreadLocal",
                  "java.lang.ThreadGroup",
                  "java.lang.Process",
                  "java.lang.ProcessBuilder",
                  "java.lang.Runtime",
                  "java.time.Clock",
                  "java.time.InstantSource",
                  "java.util.Random",
                  "java.util.SplittableRandom",
                  "java.util.Scanner",
                  "java.util.Timer",
                  "java.util.TimeZone"))
          .and(DescribedPredicate.not(named(ADDRESSES)))
          .as("give time, randomness, files, network or threads");

  private static final ArchRule MENTIONS_NOTHING_OUTSIDE =
      noClasses().should().dependOnClassesThat(OUTSIDE);

  private static final ArchRule KNOWS_NO_THREAD =
      noClasses().should().dependOnClassesThat(named("java.lang.Thread"));

  /** What an address tells without asking anybody. */
  private static final ImmutableSet<String> ADDRESS_VALUES =
      ImmutableSet.of(
          "getAddress", "getHostAddress", "getByAddress", "equals", "hashCode", "toString");

  /** Members that answer differently at another time, on another machine or by chance. */
  private static final DescribedPredicate<JavaAccess<?>> AMBIENT =
      DescribedPredicate.describe("ask for what is ambient", access -> isAmbient(access));

  private static final ArchRule CALLS_NOTHING_AMBIENT =
      noClasses().should().accessTargetWhere(AMBIENT);

  private static boolean isAmbient(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    String owner = target.getOwner().getName();
    String name = target.getName();
    return switch (owner) {
      case "java.lang.System" -> !name.equals("arraycopy");
      case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
      case "java.util.UUID" -> name.equals("randomUUID");
      case "java.util.Locale", "java.nio.charset.Charset" ->
          name.equals("getDefault") || name.equals("defaultCharset");
      case "java.time.ZoneId" -> name.equals("systemDefault");
      case "java.net.InetAddress", "java.net.Inet4Address", "java.net.Inet6Address" ->
          !ADDRESS_VALUES.contains(name);
      case "java.lang.Thread" -> !THREAD_IDENTITY.contains(name);
      case "java.util.Collections" -> name.equals("shuffle");
      case "com.google.common.hash.Hashing" -> name.equals("goodFastHash");
      default ->
          (owner.startsWith("java.time.") && name.equals("now"))
              || name.equals("parallelStream")
              || (owner.startsWith("java.util.stream.") && name.equals("parallel"));
    };
  }

  @Test
  void theCoreReachesNothingOutside() {
    JavaClasses core = classes(ArchitectureTest.CORE);
    MENTIONS_NOTHING_OUTSIDE.check(core);
    KNOWS_NO_THREAD.check(core);
    CALLS_NOTHING_AMBIENT.check(core);
  }

  @Test
  void theSimulatorReachesNothingOutside() {
    JavaClasses simulator = classes(ArchitectureTest.SIMULATOR);
    // The JSON of scenarios follows the components of records, whose order is that of the source.
    MENTIONS_NOTHING_OUTSIDE.check(
        simulator.that(DescribedPredicate.not(JavaClass.Predicates.simpleName("RecordJson"))));
    CALLS_NOTHING_AMBIENT.check(simulator);
  }

  private static JavaClasses classes(String... packages) {
    JavaClasses found =
        ArchitectureTest.HOUSE.that(JavaClass.Predicates.resideInAnyPackage(packages));
    assertTrue(found.size() > 20, () -> "classes: " + found.size());
    return found;
  }

  /**
   * The rule about threads is left out: the simulator does not have it, and is held all the same.
   */
  @Test
  void everyOffenceIsNoticed() {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
    String report =
        MENTIONS_NOTHING_OUTSIDE.evaluate(offender).getFailureReport()
            + "\n"
            + CALLS_NOTHING_AMBIENT.evaluate(offender).getFailureReport();
    assertTrue(
        KNOWS_NO_THREAD
            .evaluate(offender)
            .getFailureReport()
            .toString()
            .contains("Offender.thread("));
    ImmutableSet<String> offences =
        Arrays.stream(Offender.class.getDeclaredMethods())
            .filter(method -> !method.isSynthetic())
            .map(Method::getName)
            .collect(ImmutableSet.toImmutableSet());
    assertEquals(30, offences.size());
    for (String offence : offences) {
      assertTrue(report.contains("Offender." + offence + "("), offence);
    }
  }

  /** Does everything that the core must not; never run. */
  @SuppressWarnings({"unused", "JavaTimeDefaultTimeZone", "DefaultCharset"})
  static final class Offender {
    Object instant() {
      return Instant.now();
    }

    Object date() {
      return LocalDate.now();
    }

    Object localTime() {
      return LocalDateTime.now();
    }

    Object zonedTime() {
      return ZonedDateTime.now();
    }

    Object clock() {
      return Clock.systemUTC();
    }

    long milliseconds() {
      return System.currentTimeMillis();
    }

    long nanoseconds() {
      return System.nanoTime();
    }

    String environment() {
      return System.getenv("PATH");
    }

    String property() {
      return System.getProperty("user.name");
    }

    void output() {
      System.out.println();
    }

    void error() {
      System.err.println();
    }

    Object random() {
      return new Random();
    }

    Object splittableRandom() {
      return new SplittableRandom();
    }

    Object randomGenerator() {
      return RandomGenerator.getDefault();
    }

    int localRandom() {
      return ThreadLocalRandom.current().nextInt();
    }

    Object secureRandom() {
      return new SecureRandom();
    }

    double mathRandom() {
      return Math.random();
    }

    Object identifier() {
      return UUID.randomUUID();
    }

    void shuffled(List<String> list) {
      Collections.shuffle(list);
    }

    Object parallel(List<String> list) {
      return list.parallelStream();
    }

    void thread() {
      new Thread(() -> {}).start();
    }

    void asleep() throws InterruptedException {
      Thread.sleep(1);
    }

    void asleepForAUnit() throws InterruptedException {
      TimeUnit.SECONDS.sleep(1);
    }

    void parked() {
      LockSupport.parkNanos(1);
    }

    CompletableFuture<Integer> future() {
      return CompletableFuture.completedFuture(1);
    }

    Object file() throws IOException {
      return new FileInputStream("x");
    }

    Object path() throws IOException {
      return Files.readString(Path.of("x"));
    }

    Object network() throws IOException {
      return InetAddress.getLocalHost();
    }

    Object locale() {
      return Locale.getDefault();
    }

    Object places() {
      return List.of(ZoneId.systemDefault(), TimeZone.getDefault(), Charset.defaultCharset());
    }
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    ImmutableSet<String> all = ImmutableSet.copyOf(names);
    return DescribedPredicate.describe("named", type -> all.contains(type.getName()));
  }
}
