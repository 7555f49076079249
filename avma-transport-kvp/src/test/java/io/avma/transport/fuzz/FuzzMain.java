package io.avma.transport.fuzz;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs Jazzer on each {@link FuzzTarget} in turn, in a process with little memory. The corpus that
 * one run has found is where the next begins; an input that breaks a reader is left beside it.
 */
final class FuzzMain {
  private static final String HEAP = "-Xmx512m";
  private static final int SECONDS_PER_INPUT = 20;

  private FuzzMain() {}

  /** Takes the folder to work in and the seconds that each target gets. */
  public static void main(String[] arguments) throws Exception {
    int failed = 0;
    for (FuzzTarget target : FuzzTarget.all()) {
      Path folder = Path.of(arguments[0], target.name());
      Path corpus = Files.createDirectories(folder.resolve("corpus"));
      Path seeds = Files.createDirectories(folder.resolve("seeds"));
      int number = 0;
      for (byte[] seed : target.seeds()) {
        Files.write(seeds.resolve("seed-" + number++), seed);
      }
      System.out.println("== " + target.name() + ", " + number + " seeds, " + arguments[1] + " s");
      int status =
          new ProcessBuilder(command(target, folder, corpus, seeds, arguments[1]))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        System.out.println("== " + target.name() + " FAILED; the input is in " + folder);
        failed++;
      }
    }
    if (failed > 0) {
      System.exit(1);
    }
  }

  private static List<String> command(
      FuzzTarget target, Path folder, Path corpus, Path seeds, String seconds) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        HEAP,
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + target.type().getName(),
        "--instrumentation_includes=io.avma.**",
        "--reproducer_path=" + folder,
        "-artifact_prefix=" + folder + File.separator,
        "-max_total_time=" + seconds,
        "-timeout=" + SECONDS_PER_INPUT,
        "-print_final_stats=1",
        "-close_fd_mask=1",
        corpus.toString(),
        seeds.toString());
  }
}
