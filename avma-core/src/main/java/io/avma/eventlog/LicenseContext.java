package io.avma.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Event 8230 or 8198: what the rules engine of Windows knew of its own license when it acted. On a
 * guest it tells the observed expiry of a time-limited license, on a host the host's own license.
 *
 * <p>Every field is read on its own from the {@link #bag()}; what is missing or has another form is
 * empty. Immutable. All of it was observed in real records.
 */
@CheckReturnValue
public final class LicenseContext implements LogEntry {
  /** The rules engine has evaluated the license. */
  public static final int RULES_CONTEXT = 8230;

  /** An activation that the rules engine started has failed. */
  public static final int ACTIVATION_FAILED = 8198;

  private static final Pattern DATE =
      Pattern.compile(
          "([0-9]{4})/([0-9]{1,2})/([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})");

  private final WindowsEvent event;
  private final KeyValueBag bag;

  private LicenseContext(WindowsEvent event, KeyValueBag bag) {
    this.event = event;
    this.bag = bag;
  }

  /**
   * Returns {@code event} as a license context; empty unless it is 8230 or 8198 of the Software
   * Protection Platform. The bag is the first string that holds a pair other than {@code hr=}.
   */
  public static Optional<LicenseContext> of(WindowsEvent event) {
    boolean ours = event.eventId() == RULES_CONTEXT || event.eventId() == ACTIVATION_FAILED;
    if (!ours || !SoftwareProtection.wrote(event)) {
      return Optional.empty();
    }
    for (EventDatum datum : event.data()) {
      KeyValueBag bag = KeyValueBag.parse(datum.text());
      if (bag.entries().stream().anyMatch(entry -> !entry.key().equalsIgnoreCase("hr"))) {
        return Optional.of(new LicenseContext(event, bag));
      }
    }
    return Optional.of(new LicenseContext(event, KeyValueBag.parse("")));
  }

  @Override
  public WindowsEvent event() {
    return event;
  }

  /** Returns everything that the event says, as pairs. */
  public KeyValueBag bag() {
    return bag;
  }

  /** Returns the result code of 8198. */
  public Optional<Hresult> result() {
    return event.text(0).flatMap(Hresult::parse);
  }

  /** Returns the license state. */
  public Optional<LicensingState> state() {
    return bag.get("LicenseState").flatMap(LicensingState::ofWindows);
  }

  /**
   * Returns when a time-limited license or grace period ends, in the local time of the machine that
   * logged it. Nothing in the record says which zone that is.
   */
  public Optional<LocalDateTime> graceEnd() {
    return bag.get("GraceEndDate").flatMap(LicenseContext::date);
  }

  /**
   * Returns the last five characters of the installed key; empty if the record has another form.
   */
  public Optional<String> partialProductKey() {
    return bag.get("PartialProductKey").filter(text -> text.matches("[0-9A-Za-z]{5}"));
  }

  /** Returns the kind of the installed key as Windows calls it, for example {@code Volume:GVLK}. */
  public Optional<String> productKeyType() {
    return bag.get("ProductKeyType").filter(text -> !text.isBlank() && text.length() <= 80);
  }

  /** Returns the channel that {@link #productKeyType()} stands for; unknown if that is empty. */
  public LicenseChannel channel() {
    return LicenseChannel.ofWindows(productKeyType().orElse(""));
  }

  /** Returns the code that the last use of the license gave. */
  public Optional<Hresult> lastConsumptionReason() {
    return bag.get("LastConsumptionReason").flatMap(Hresult::parse);
  }

  /** Returns the license's SKU identifier (activation ID). */
  public Optional<UUID> skuId() {
    return bag.get("SkuId").flatMap(VmId::parse).map(VmId::value);
  }

  /** Returns the application whose license this is. */
  public Optional<UUID> applicationId() {
    return bag.get("AppId").flatMap(VmId::parse).map(VmId::value);
  }

  private static Optional<LocalDateTime> date(String text) {
    Matcher matcher = DATE.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int[] parts = new int[6];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Integer.parseInt(matcher.group(i + 1));
    }
    try {
      return Optional.of(
          LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LicenseContext context && event.equals(context.event);
  }

  @Override
  public int hashCode() {
    return event.hashCode();
  }

  /** Returns the event, the state and the end of grace. */
  @Override
  public String toString() {
    return event
        + " "
        + state().map(LicensingState::name).orElse("state unknown")
        + graceEnd().map(end -> " until " + end + " (local time)").orElse("");
  }
}
