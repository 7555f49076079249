package io.avma.eventlog;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of the form {@code Key=Value;Key=Value}, as the Software Protection Platform logs it
 * (observed), in its order, duplicates included.
 *
 * <p>A leading name of a registry value, as in {@code Security-SPP-Action-StateData (REG_SZ)
 * =AppId=…}, becomes the {@link #label()}. Pieces without {@code =} are kept as {@link #strays()}.
 * Parsing never throws, and stops at {@link #MAX_ENTRIES} pieces.
 *
 * @param label the name before the first pair, or empty
 * @param entries the pairs, in order
 * @param strays the pieces that are no pair, in order; beyond the bound the rest as one piece
 */
@CheckReturnValue
public record KeyValueBag(
    Optional<String> label, ImmutableList<Entry> entries, ImmutableList<String> strays) {
  /** How many pieces are told apart; real bags have about ten. */
  public static final int MAX_ENTRIES = 256;

  private static final Pattern LABEL = Pattern.compile("([^;=]{1,200}\\(REG_[A-Z_]{1,32}\\)) ?=");

  /**
   * One pair.
   *
   * @param key the text before the first {@code =}, without blanks around it
   * @param value the text behind it, as it was written
   */
  public record Entry(String key, String value) {}

  /** Parses {@code text}. */
  public static KeyValueBag parse(String text) {
    Matcher matcher = LABEL.matcher(text);
    boolean labelled = matcher.lookingAt();
    Optional<String> label = labelled ? Optional.of(matcher.group(1)) : Optional.empty();
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    ImmutableList.Builder<String> strays = ImmutableList.builder();
    int start = labelled ? matcher.end() : 0;
    for (int count = 0; start < text.length(); count++) {
      int end = count < MAX_ENTRIES ? text.indexOf(';', start) : -1;
      String piece = end < 0 ? text.substring(start) : text.substring(start, end);
      int equals = count < MAX_ENTRIES ? piece.indexOf('=') : -1;
      if (equals > 0) {
        entries.add(new Entry(piece.substring(0, equals).strip(), piece.substring(equals + 1)));
      } else if (!piece.isBlank()) {
        strays.add(piece);
      }
      start = end < 0 ? text.length() : end + 1;
    }
    return new KeyValueBag(label, entries.build(), strays.build());
  }

  /**
   * Returns the value of the first pair with {@code key}, compared ignoring case, since Windows
   * writes both {@code RuleId} and {@code ruleId}; empty if there is none.
   */
  public Optional<String> get(String key) {
    for (Entry entry : entries) {
      if (entry.key().equalsIgnoreCase(key)) {
        return Optional.of(entry.value());
      }
    }
    return Optional.empty();
  }

  /** Returns the number of pairs; never a value, because a bag may hold anything. */
  @Override
  public String toString() {
    return "KeyValueBag[" + entries.size() + " pairs, " + strays.size() + " strays]";
  }
}
