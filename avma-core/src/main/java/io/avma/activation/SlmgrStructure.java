package io.avma.activation;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a license in any language, by the order of its lines and the form of its values alone.
 *
 * <p>The order is that of {@code slmgr.vbs}: name, description, identifiers, partial key, status,
 * and right below the status the remaining time or the reason of a notification. In the end a blank
 * line, two headings and three indented lines: host, time, PID.
 */
@CheckReturnValue
final class SlmgrStructure {
  private static final UUID WINDOWS_APPLICATION =
      UUID.fromString("55c92734-d682-4d71-983e-d6ec3f16059f");

  private SlmgrStructure() {}

  static SlmgrLicense read(ImmutableList<String> block) {
    SlmgrLicense.Builder license = new SlmgrLicense.Builder(SlmgrLicense.Reading.STRUCTURE);
    LicenseChannel channel =
        block.size() < 2 ? LicenseChannel.UNKNOWN : SlmgrValues.channelInDescription(block.get(1));
    if (channel == LicenseChannel.UNKNOWN) {
      return license.build(); // without its description no line has a known place
    }
    license.channel(channel);
    license.activationId(activationId(block));
    readBelowKey(license, block);
    if (channel == LicenseChannel.AVMA) {
      readHost(license, block);
    }
    return license.build();
  }

  /** Takes the first GUID; the one of Windows itself comes second. */
  private static Optional<UUID> activationId(ImmutableList<String> block) {
    for (String line : block) {
      Optional<UUID> guid = SlmgrValues.behindColon(line).flatMap(SlmgrValues::guid);
      if (guid.isPresent()) {
        return guid.filter(id -> !id.equals(WINDOWS_APPLICATION));
      }
    }
    return Optional.empty();
  }

  private static void readBelowKey(SlmgrLicense.Builder license, ImmutableList<String> block) {
    List<Integer> places = new ArrayList<>();
    for (int i = 2; i < block.size(); i++) {
      if (lastFive(block.get(i)).isPresent()) {
        places.add(i);
      }
    }
    if (places.size() != 1) {
      return; // no key, or two lines that could be it
    }
    int place = places.get(0);
    license.lastFive(lastFive(block.get(place)));
    if (place + 2 < block.size()) {
      String belowStatus = block.get(place + 2);
      Optional<Hresult> reason = SlmgrValues.code(belowStatus);
      license.notificationReason(reason);
      license.status(reason.map(unused -> LicenseStatus.NOTIFICATION));
      license.minutesLeft(SlmgrValues.minutes(belowStatus));
    }
  }

  private static Optional<String> lastFive(String line) {
    return SlmgrValues.behindColon(line).flatMap(SlmgrValues::lastFive);
  }

  private static void readHost(SlmgrLicense.Builder license, ImmutableList<String> block) {
    List<String> indented = new ArrayList<>();
    for (String line : block) {
      if (line.startsWith("    ")) {
        indented.add(SlmgrValues.behindColon(line).orElse(""));
      }
    }
    if (indented.size() != 3) {
      return;
    }
    // The words for "not available" cannot be known. They hold no digit, as time and PID do, and
    // where time and PID are those of an activation, the name is taken for the host's (assumed).
    boolean time = hasDigit(indented.get(1));
    boolean pid = hasDigit(indented.get(2));
    if (time) {
      license.activationTime(Optional.of(indented.get(1)));
    }
    if (pid) {
      license.hostDigitalPid2(Optional.of(indented.get(2)));
    }
    if (time && pid) {
      license.host(SlmgrValues.host(indented.get(0)));
    }
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(c -> c >= '0' && c <= '9');
  }
}
