package io.avma.eventlog;

import io.avma.platform.VmId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GUIDs in free text of bounded length. */
final class Guids {
  static final int LOOKED_AT = 4096;

  private static final Pattern GUID =
      Pattern.compile(
          "(?<![0-9A-Fa-f-])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f-])");

  private Guids() {}

  static Optional<VmReference> first(String text) {
    Matcher matcher = GUID.matcher(bounded(text));
    while (matcher.find()) {
      Optional<VmId> id =
          VmId.parse(matcher.group())
              .filter(found -> !found.value().equals(SoftwareProtection.WINDOWS_APPLICATION));
      if (id.isPresent()) {
        return Optional.of(new VmReference(id, Optional.empty()));
      }
    }
    return Optional.empty();
  }

  static String bounded(String text) {
    return text.length() <= LOOKED_AT ? text : text.substring(0, LOOKED_AT);
  }

  /** Java 17 cannot ask a pattern for its group names, so a missing one is an exception. */
  static Optional<String> group(Matcher matcher, String name) {
    try {
      return Optional.ofNullable(matcher.group(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
