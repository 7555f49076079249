package io.avma.eventlog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.platform.VmId;
import java.util.Optional;

/**
 * A VM that a text seems to speak of; a guess, as good as the extractor that made it.
 *
 * @param id its identifier
 * @param name its name, as it was written
 */
@CheckReturnValue
public record VmReference(Optional<VmId> id, Optional<String> name) {
  /** Checks that the reference refers to something. */
  public VmReference {
    checkArgument(id.isPresent() || name.isPresent(), "neither id nor name (expected: one)");
  }

  /** Returns identifier and name, escaped and cut. */
  @Override
  public String toString() {
    return id.map(VmId::toString).orElse("?")
        + name.map(text -> " '" + ForeignText.escape(text, 80) + "'").orElse("");
  }
}
