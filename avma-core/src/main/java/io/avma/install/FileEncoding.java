package io.avma.install;

import io.avma.platform.ForeignText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The encoding of a file, as XML finds it out: a byte-order mark, else the declaration, else UTF-8.
 *
 * <p>Supported are UTF-8, UTF-16 with a byte-order mark, and the encodings with one byte a
 * character that agree with ASCII. The others of the East (Shift_JIS, GBK …) are refused: their
 * decoders accept several spellings of one character, so offsets could not be trusted.
 *
 * @param charset how characters are written, without byte-order mark
 * @param markBytes the length of the byte-order mark, 0 if there is none
 * @param disagreement what to tell the user if the declaration names another encoding
 */
record FileEncoding(Charset charset, int markBytes, Optional<String> disagreement) {
  private static final Pattern DECLARATION =
      Pattern.compile(
          "<\\?xml\\s[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"'][^>]*\\?>");

  private static final Pattern ONE_BYTE =
      Pattern.compile("us-ascii|iso-8859-([1-9]|1[0-6])|windows-125[0-8]");

  /** A declaration has to stand within the first bytes of a file. */
  private static final int DECLARATION_BYTES = 400;

  /**
   * The answer of {@link #detect}.
   *
   * @param encoding the encoding; UTF-8 if there is a problem
   * @param problem why the file cannot be edited, if it cannot
   */
  record Detected(FileEncoding encoding, Optional<String> problem) {}

  static Detected detect(byte[] file) {
    if (startsWith(file, 0xFF, 0xFE, 0, 0) || startsWith(file, 0, 0, 0xFE, 0xFF)) {
      return problem("the file is in UTF-32 (expected: UTF-8 or UTF-16); save it as UTF-8");
    }
    if (startsWith(file, 0xEF, 0xBB, 0xBF)) {
      return marked(file, StandardCharsets.UTF_8, 3);
    }
    if (startsWith(file, 0xFF, 0xFE)) {
      return marked(file, StandardCharsets.UTF_16LE, 2);
    }
    if (startsWith(file, 0xFE, 0xFF)) {
      return marked(file, StandardCharsets.UTF_16BE, 2);
    }
    if (startsWith(file, '<', 0) || startsWith(file, 0, '<')) {
      return problem("the file is in UTF-16 without a byte-order mark; save it with one");
    }
    return unmarked(declaredIn(file, StandardCharsets.ISO_8859_1, 0));
  }

  private static Detected marked(byte[] file, Charset charset, int markBytes) {
    String family = charset.equals(StandardCharsets.UTF_8) ? "utf-8" : "utf-16";
    Optional<String> disagreement =
        declaredIn(file, charset, markBytes)
            .filter(declared -> !declared.toLowerCase(Locale.ROOT).startsWith(family))
            .map(
                declared ->
                    "the file declares "
                        + ForeignText.escape(declared)
                        + " but its byte-order mark says "
                        + charset.name()
                        + "; correct the declaration, not every program reads such a file");
    return new Detected(new FileEncoding(charset, markBytes, disagreement), Optional.empty());
  }

  private static Detected unmarked(Optional<String> declaration) {
    String declared = declaration.orElse("utf-8").toLowerCase(Locale.ROOT);
    if (declared.equals("utf-8")) {
      return found(StandardCharsets.UTF_8);
    }
    if (declared.startsWith("utf-16")) {
      return problem(
          "the file declares " + declared + " but has no byte-order mark; save it as it declares");
    }
    if (ONE_BYTE.matcher(declared).matches() && Charset.isSupported(declared)) {
      return found(Charset.forName(declared));
    }
    return problem(
        "the file declares the encoding "
            + ForeignText.escape(declared)
            + " (expected: UTF-8, UTF-16, ISO-8859-1 … 16, Windows-1250 … 1258); save it as UTF-8");
  }

  private static Detected found(Charset charset) {
    return new Detected(new FileEncoding(charset, 0, Optional.empty()), Optional.empty());
  }

  private static Detected problem(String problem) {
    return new Detected(
        new FileEncoding(StandardCharsets.UTF_8, 0, Optional.empty()), Optional.of(problem));
  }

  private static Optional<String> declaredIn(byte[] file, Charset charset, int markBytes) {
    int length = Math.min(file.length - markBytes, DECLARATION_BYTES);
    Matcher matcher = DECLARATION.matcher(new String(file, markBytes, length, charset));
    return matcher.lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static boolean startsWith(byte[] file, int... start) {
    if (file.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((file[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
