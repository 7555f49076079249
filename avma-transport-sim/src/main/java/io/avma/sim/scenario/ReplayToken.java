package io.avma.sim.scenario;

import io.avma.platform.ForeignText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A scenario in one line: version, then its JSON, packed. */
final class ReplayToken {
  /** Changes whenever the same scenario would do something else, or read otherwise. */
  static final String VERSION = "avma-sim/1";

  private static final String PREFIX = VERSION + ":";
  private static final int LONGEST = 4_096;
  private static final int LARGEST = 1 << 20;

  private ReplayToken() {}

  /** Returns the line; empty if it would be too long, or not be read again. */
  static Optional<String> write(Scenario scenario) {
    String json = scenario.toJson();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
      return Optional.empty(); // half of a surrogate pair would come back as a question mark
    }
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LARGEST) {
      return Optional.empty();
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    } finally {
      deflater.end();
    }
    String token =
        PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
    return token.length() <= LONGEST ? Optional.of(token) : Optional.empty();
  }

  static Scenario read(String token) throws ScenarioFormatException {
    String text = token.strip();
    if (!text.startsWith(PREFIX)) {
      throw new ScenarioFormatException(
          "not a line that this version replays: '"
              + ForeignText.escape(text, 40)
              + "' (expected: "
              + PREFIX
              + "...)");
    }
    byte[] json;
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(
                Base64.getUrlDecoder().decode(text.substring(PREFIX.length()))))) {
      json = in.readNBytes(LARGEST + 1);
    } catch (IOException | IllegalArgumentException e) {
      throw new ScenarioFormatException("the line to replay is damaged or cut", e);
    }
    if (json.length > LARGEST) {
      throw new ScenarioFormatException("the line to replay unpacks to more than 1 MiB");
    }
    return Scenario.fromJson(new String(json, StandardCharsets.UTF_8));
  }
}
