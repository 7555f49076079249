package io.avma.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.VmId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the VM in the free text of an activation event. The text's form is documented nowhere, so
 * the default finds nothing, and whoever has seen real records plugs in what he has seen.
 *
 * <p>Implementations must be safe for any thread and never throw.
 */
@FunctionalInterface
@CheckReturnValue
public interface VmExtractor {
  /** Returns the VM that {@code detail} speaks of. */
  Optional<VmReference> extract(String detail);

  /** Returns the extractor that finds nothing. */
  static VmExtractor none() {
    return detail -> Optional.empty();
  }

  /**
   * Returns the extractor that takes the first GUID for a VM's identifier, the one that stands for
   * Windows itself excepted. That it is the VM's is assumed. Looks at the first 4,096 characters.
   */
  static VmExtractor firstGuid() {
    return Guids::first;
  }

  /**
   * Returns the extractor that searches for {@code pattern} and takes its groups {@code id} (a
   * GUID) and {@code name}, where it has them. Looks at the first 4,096 characters; how long the
   * pattern takes is its author's business.
   */
  static VmExtractor matching(Pattern pattern) {
    return detail -> {
      Matcher matcher = pattern.matcher(Guids.bounded(detail));
      if (!matcher.find()) {
        return Optional.empty();
      }
      Optional<VmId> id = Guids.group(matcher, "id").flatMap(VmId::parse);
      Optional<String> name = Guids.group(matcher, "name");
      return id.isPresent() || name.isPresent()
          ? Optional.of(new VmReference(id, name))
          : Optional.empty();
    };
  }
}
