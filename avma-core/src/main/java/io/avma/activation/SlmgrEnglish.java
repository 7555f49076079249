package io.avma.activation;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a license by the English labels and sentences of {@code slmgr.vbs}. */
@CheckReturnValue
final class SlmgrEnglish {
  private static final String STATUS = "license status";
  private static final String AVMA_EXPIRY = "automatic vm activation expiration";
  private static final ImmutableList<String> OTHER_EXPIRIES =
      ImmutableList.of("Volume activation will expire ", "Timebased activation will expire ");

  private SlmgrEnglish() {}

  /** Returns whether {@code block} has the English status line or sentence. */
  static boolean recognizes(ImmutableList<String> block) {
    for (String line : block) {
      if (label(line).equals(STATUS) || sentence(line.strip()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  static SlmgrLicense read(ImmutableList<String> block, ImmutableList.Builder<String> flaws) {
    SlmgrLicense.Builder license = new SlmgrLicense.Builder(SlmgrLicense.Reading.ENGLISH);
    for (String line : block) {
      Optional<String> value = SlmgrValues.behindColon(line).filter(v -> !isNotAvailable(v));
      if (value.isPresent()) {
        labelled(license, label(line), value.get(), flaws);
      }
      sentence(line.strip())
          .ifPresent(
              said ->
                  license
                      .status(Optional.of(said.status()))
                      .endDate(said.endDate())
                      .channel(said.channel()));
    }
    return license.build();
  }

  private static void labelled(
      SlmgrLicense.Builder license,
      String label,
      String value,
      ImmutableList.Builder<String> flaws) {
    switch (label) {
      case "description" -> license.channel(SlmgrValues.channelInDescription(value));
      case "activation id" -> license.activationId(SlmgrValues.guid(value));
      case "product key channel" -> license.channel(SlmgrValues.channel(value));
      case "partial product key" -> license.lastFive(SlmgrValues.lastFive(value));
      case STATUS -> license.status(status(value));
      case "notification reason" -> license.notificationReason(reason(value));
      case AVMA_EXPIRY,
          "volume activation expiration",
          "timebased activation expiration",
          "time remaining" -> {
        OptionalLong minutes = SlmgrValues.minutes(value);
        if (minutes.isEmpty()) {
          flaws.add("minutes and days of the remaining time do not agree; it is left out");
        }
        license.minutesLeft(minutes);
        if (label.equals(AVMA_EXPIRY)) {
          license.channel(LicenseChannel.AVMA);
        }
      }
      case "guest iaid" -> license.guestIaid(SlmgrValues.avmaId(value));
      case "host machine name" -> license.host(SlmgrValues.host(value));
      case "activation time" -> license.activationTime(Optional.of(value));
      case "host digital pid2" -> license.hostDigitalPid2(Optional.of(value));
      default -> {} // labels that say nothing about activation
    }
  }

  private static String label(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isNotAvailable(String value) {
    return value.equalsIgnoreCase("Not Available");
  }

  private static Optional<LicenseStatus> status(String value) {
    for (LicenseStatus status : LicenseStatus.values()) {
      if (value.equalsIgnoreCase(status.text())) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** Reads {@code 0xC004F009 (grace time expired).} */
  private static Optional<Hresult> reason(String value) {
    return SlmgrValues.code(value);
  }

  /**
   * What {@code /xpr} says in one sentence.
   *
   * @param status the status
   * @param endDate the end, raw, if there is one
   * @param channel the channel that its words name, or unknown
   */
  private record Sentence(LicenseStatus status, Optional<String> endDate, LicenseChannel channel) {
    Sentence(LicenseStatus status, Optional<String> endDate) {
      this(status, endDate, LicenseChannel.UNKNOWN);
    }
  }

  private static Optional<Sentence> sentence(String line) {
    if (LicenseStatus.saysPermanent(line)) {
      return Optional.of(new Sentence(LicenseStatus.LICENSED, Optional.empty()));
    }
    for (String start : OTHER_EXPIRIES) {
      if (startsWith(line, start)) {
        return Optional.of(new Sentence(LicenseStatus.LICENSED, rest(line, start)));
      }
    }
    for (LicenseStatus status : LicenseStatus.values()) {
      Optional<String> start = status.sentenceBeforeDate();
      if (start.isPresent() && startsWith(line, start.get())) {
        // Of a licensed Windows the status knows one dated sentence, that of AVMA.
        LicenseChannel channel =
            status == LicenseStatus.LICENSED ? LicenseChannel.AVMA : LicenseChannel.UNKNOWN;
        return Optional.of(new Sentence(status, rest(line, start.get()), channel));
      }
      if (start.isEmpty() && line.equalsIgnoreCase(status.expirySentence(Optional.empty()))) {
        return Optional.of(new Sentence(status, Optional.empty()));
      }
    }
    return Optional.empty();
  }

  private static boolean startsWith(String line, String start) {
    return line.regionMatches(true, 0, start, 0, start.length());
  }

  /** Returns what follows {@code start}; never empty, because lines come without blanks behind. */
  private static Optional<String> rest(String line, String start) {
    return Optional.of(line.substring(start.length()).strip());
  }
}
