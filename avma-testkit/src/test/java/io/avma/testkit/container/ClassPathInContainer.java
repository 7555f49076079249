package io.avma.testkit.container;

import com.google.common.base.Splitter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.testcontainers.utility.MountableFile;

/** Puts what a program of these tests needs into a container. */
final class ClassPathInContainer {
  private static final Pattern NEEDED =
      Pattern.compile(
          ".*(avma-core|avma-transport-kvp|avma-testkit/target/test-classes|/guava/|/failureaccess/"
              + "|/slf4j-api/|/slf4j-simple/).*");

  private ClassPathInContainer() {}

  /** Returns the class path there. */
  static String copyInto(KvpGuestContainer guest) {
    List<String> there = new ArrayList<>();
    for (String entry : Splitter.on(':').split(System.getProperty("java.class.path"))) {
      Path path = Path.of(entry);
      if (NEEDED.matcher(entry).matches() && Files.exists(path)) {
        String target = "/avma/lib/" + there.size() + (Files.isDirectory(path) ? "/" : ".jar");
        guest.copyFileToContainer(MountableFile.forHostPath(path), target);
        there.add(target);
      }
    }
    return String.join(":", there);
  }
}
