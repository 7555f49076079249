package io.avma.activation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.catalog.AvmaKey;
import io.avma.platform.ForeignText;
import io.avma.platform.LicenseChannel;

/**
 * The key that is installed in a guest, as far as it may be told: never more than its last five
 * characters. Immutable; a data centre shares one value per key.
 */
@CheckReturnValue
public sealed interface GuestKey {
  /** No key is installed. */
  record None() implements GuestKey {
    /** The only value that is needed. */
    public static final None INSTANCE = new None();
  }

  /**
   * An AVMA key.
   *
   * @param avmaId what the guest asks its host to activate
   * @param lastFive the last five characters, as {@code PartialProductKey} shows them
   */
  record Avma(AvmaId avmaId, String lastFive) implements GuestKey {
    /** Refuses more than the last five characters. */
    public Avma {
      checkLastFive(lastFive);
    }

    /** Returns what may be told of {@code key}. */
    public static Avma of(AvmaKey key) {
      return new Avma(AvmaId.of(key), key.key().lastFive());
    }
  }

  /**
   * A key of another channel: retail, OEM, MAK, KMS. AVMA is over for the guest.
   *
   * @param channel the channel, not {@link LicenseChannel#AVMA}
   * @param lastFive the last five characters
   */
  record Other(LicenseChannel channel, String lastFive) implements GuestKey {
    /** Refuses the channel AVMA, and more than the last five characters. */
    public Other {
      checkArgument(channel != LicenseChannel.AVMA, "channel is AVMA (expected: another one)");
      checkLastFive(lastFive);
    }
  }

  private static void checkLastFive(String text) {
    checkArgument(
        text.length() == 5 && ForeignText.isHarmless(text),
        "partial key has %s characters (expected: the last 5 of a key)",
        text.length());
  }
}
