package io.avma.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, and the laws that hold across them. */
class ArchitectureTest {
  static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.avma");
  static final String[] CORE = {
    "io.avma.internal..",
    "io.avma.platform..",
    "io.avma.catalog..",
    "io.avma.compatibility..",
    "io.avma.install..",
    "io.avma.kvp..",
    "io.avma.activation..",
    "io.avma.eventlog..",
    "io.avma.transport",
    "io.avma.tracking.."
  };

  /** The simulator proper; its server may speak wire formats and have threads. */
  static final String[] SIMULATOR = {
    "io.avma.sim", "io.avma.sim.scenario..", "io.avma.sim.fault.."
  };

  private static final String[] REAL_TRANSPORTS = {
    "io.avma.transport.linux..",
    "io.avma.transport.device..",
    "io.avma.transport.cim..",
    "io.avma.transport.wsman..",
    "io.avma.transport.eventlog.."
  };

  @Test
  void theWholeHouseWasLookedAt() {
    for (String name : new String[] {"io.avma.catalog.KeyCatalog", "io.avma.cli.package-info"}) {
      assertTrue(HOUSE.contain(name), name);
    }
  }

  @Test
  void theCoreKnowsNobodyAboveIt() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.avma.sim..", "io.avma.testkit..", "io.avma.cli..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(REAL_TRANSPORTS)
        .check(HOUSE);
  }

  @Test
  void theRealTransportsKnowNoSimulatorTestkitOrCommand() {
    noClasses()
        .that()
        .resideInAnyPackage(REAL_TRANSPORTS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.avma.sim..", "io.avma.testkit..", "io.avma.cli..")
        .check(HOUSE);
  }

  @Test
  void theSimulatorProperSpeaksNoWireFormat() {
    noClasses()
        .that()
        .resideInAnyPackage(SIMULATOR)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(REAL_TRANSPORTS)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("io.avma.testkit..", "io.avma.cli..")
        .check(HOUSE);
  }

  @Test
  void onlyItsServerLetsTheSimulatorOut() {
    noClasses()
        .that()
        .resideInAPackage("io.avma.sim..")
        .and()
        .resideOutsideOfPackage("io.avma.sim.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.avma.sim.server..",
            "io.avma.transport.cim..",
            "io.avma.transport.wsman..",
            "org.eclipse.jetty..",
            "org.slf4j..",
            "java.util.concurrent..",
            "java.net..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.InstantSource")
        .check(HOUSE);
  }

  @Test
  void onlyTheCommandPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.avma.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(HOUSE);
  }
}
