package io.avma.cli;

import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.ForeignText;
import io.avma.sim.scenario.Scenario;
import io.avma.sim.scenario.ScenarioFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A scenario as JSON on a disk. */
final class ScenarioFile {
  private static final int LARGEST = 16 << 20;

  private ScenarioFile() {}

  /**
   * Reads a scenario.
   *
   * @throws InputException if there is none, with line and column
   */
  static Scenario read(Path path) throws InputException {
    String text = text(path);
    try {
      return Scenario.fromJson(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (ScenarioFormatException e) {
      throw new InputException(
          new Complaint(
              shown(path),
              e.line(),
              e.column(),
              e.what() + ".",
              "docs/simulator.md shows the form; --preset NAME --write-scenario FILE writes one to"
                  + " start from."));
    }
  }

  private static String text(Path path) throws InputException {
    if (Files.isDirectory(path)) {
      throw complaint(path, "is a directory.", "Name a file.");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw complaint(path, "has more than 16 MiB.", "Check that this is the file you meant.");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw complaint(path, "is not UTF-8.", "Save it as UTF-8.");
    } catch (IOException e) {
      throw complaint(path, "cannot be read" + FileTrouble.because(e), "Check the path.");
    }
  }

  /** Refuses to write where something is, before it is known what. */
  static void requireFree(Path path) throws InputException {
    if (Files.exists(path)) {
      throw complaint(path, "is there already.", "Name another file, or remove it first.");
    }
  }

  /** Writes a scenario where nothing is. */
  static void write(Path path, Scenario scenario) throws InputException {
    requireFree(path);
    try {
      WholeFile.write(path, scenario.toJson().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw complaint(
          path,
          "cannot be written" + FileTrouble.because(e),
          "Check the path and its permissions.");
    }
  }

  private static InputException complaint(Path path, String what, String remedy) {
    return new InputException(Complaint.about(shown(path), what, remedy));
  }

  private static String shown(Path path) {
    return ForeignText.escape(path.toString(), 200);
  }
}
