package io.avma.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Resolves the real module graph, which the class path of the tests would never notice. */
class ModuleLineTest {
  private static final List<String> MODULES =
      List.of("io.avma.core", "io.avma.transport.kvp", "io.avma.sim");

  @Test
  void theModulesResolveTogether() {
    Configuration resolved =
        ModuleLayer.boot().configuration().resolve(finder(), ModuleFinder.of(), MODULES);
    for (String module : MODULES) {
      assertTrue(resolved.findModule(module).isPresent(), module);
    }
  }

  @Test
  void theCoreNeedsGuavaAndTheJdkAlone() {
    Set<String> required = required("io.avma.core");
    required.removeIf(name -> name.startsWith("java."));
    assertEquals(Set.of("com.google.common"), required);
  }

  @Test
  void dependenciesRunDownOnly() {
    assertEquals(Set.of("io.avma.core"), ours("io.avma.transport.kvp"));
    Set<String> simulator = ours("io.avma.sim");
    simulator.remove("io.avma.transport.kvp"); // its server and log packages may speak wire formats
    assertEquals(Set.of("io.avma.core"), simulator);
  }

  private static Set<String> ours(String module) {
    return required(module).stream()
        .filter(name -> name.startsWith("io.avma"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> required(String module) {
    ModuleReference reference = finder().find(module).orElseThrow();
    return reference.descriptor().requires().stream()
        .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
        .map(Requires::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ModuleFinder finder() {
    Path[] paths =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .filter(
                path ->
                    path.toString()
                        .matches(
                            ".*(avma-(core|transport)|/guava|/failureaccess|slf4j-api|jackson-core).*"))
            .toArray(Path[]::new);
    return ModuleFinder.of(paths);
  }
}
