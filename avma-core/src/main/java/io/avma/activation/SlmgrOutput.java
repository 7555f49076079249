package io.avma.activation;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code slmgr /dlv}, {@code /dli} or {@code /xpr} printed, read back.
 *
 * <p>English output is read in full. {@code slmgr} prints in the language of Windows; of other
 * languages only what its form gives away is read: the channel in the description, the partial key,
 * GUIDs, minutes with their days, the result code below the status, the names below the AVMA
 * heading. The form does not tell <em>licensed</em> from <em>grace period</em>, so then the status
 * stays empty. Source: {@code slmgr.vbs} of Windows Server 2012 R2 and later (documented).
 *
 * <p>The text is taken for hostile: no more than {@value #MOST_CHARACTERS} characters are looked
 * at, in lines of at most {@value #LONGEST_LINE}.
 *
 * @param licenses the licenses in the order of the output; {@code /dlv all} prints many
 * @param error the result code of a command that failed; empty if a license was read
 * @param flaws what was left out and why, in one sentence each
 */
@CheckReturnValue
public record SlmgrOutput(
    ImmutableList<SlmgrLicense> licenses, Optional<Hresult> error, ImmutableList<String> flaws) {
  /** The length of text that is looked at. */
  public static final int MOST_CHARACTERS = 262_144;

  /** The length of a line that is looked at. */
  public static final int LONGEST_LINE = 1_024;

  /** The number of licenses that are kept. */
  public static final int MOST_LICENSES = 256;

  private static final Pattern CODE =
      Pattern.compile("\\b0x([0-9A-F]{8})\\b", Pattern.CASE_INSENSITIVE);

  /** Parses {@code text}. Never throws; what cannot be read is missing and listed as a flaw. */
  public static SlmgrOutput parse(CharSequence text) {
    ImmutableList.Builder<String> flaws = ImmutableList.builder();
    ImmutableList<String> lines = SlmgrLines.of(text, flaws);
    ImmutableList.Builder<SlmgrLicense> licenses = ImmutableList.builder();
    int kept = 0;
    for (ImmutableList<String> block : SlmgrLines.blocks(lines)) {
      SlmgrLicense license = read(block, flaws);
      if (license.isBlank()) {
        continue;
      }
      if (kept == MOST_LICENSES) {
        flaws.add("more than " + MOST_LICENSES + " licenses; the rest is left out");
        break;
      }
      licenses.add(license);
      kept++;
    }
    return new SlmgrOutput(
        licenses.build(), kept == 0 ? codeIn(lines) : Optional.empty(), flaws.build());
  }

  /**
   * Returns the license of the AVMA key: the first with channel {@link
   * io.avma.platform.LicenseChannel#AVMA} that has a key, else the first of that channel.
   */
  public Optional<SlmgrLicense> avma() {
    Optional<SlmgrLicense> installed =
        licenses.stream()
            .filter(SlmgrLicense::isAvma)
            .filter(l -> l.lastFive().isPresent())
            .findFirst();
    return installed.or(() -> licenses.stream().filter(SlmgrLicense::isAvma).findFirst());
  }

  private static SlmgrLicense read(
      ImmutableList<String> block, ImmutableList.Builder<String> flaws) {
    return SlmgrEnglish.recognizes(block)
        ? SlmgrEnglish.read(block, flaws)
        : SlmgrStructure.read(block);
  }

  private static Optional<Hresult> codeIn(ImmutableList<String> lines) {
    for (String line : lines) {
      Matcher matcher = CODE.matcher(line);
      if (matcher.find()) {
        return Optional.of(new Hresult(Integer.parseUnsignedInt(matcher.group(1), 16)));
      }
    }
    return Optional.empty();
  }
}
