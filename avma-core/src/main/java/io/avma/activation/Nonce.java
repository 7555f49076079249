package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/**
 * The number that ties an answer to its request.
 *
 * <p>The caller draws a fresh one for every input that may send a request, from a source that is no
 * part of the virtual machine: otherwise a revert would draw the same one again, and an old answer
 * would fit a new request. How Windows ties the two together is not documented (assumed).
 *
 * @param value the number, any 64 bits
 */
@CheckReturnValue
public record Nonce(long value) {
  /** Returns the last four hexadecimal digits, as a trace shows them: {@code …a41c}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "…%04x", value & 0xFFFF);
  }
}
