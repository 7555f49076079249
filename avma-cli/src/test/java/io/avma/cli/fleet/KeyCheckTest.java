package io.avma.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.PublishedKey;
import io.avma.cli.fleet.KeyCheck.Kind;
import io.avma.platform.Edition;
import io.avma.platform.GuestSystem;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyCheckTest {
  private static final KeyCatalog CATALOG = KeyCatalog.standard();

  private static List<PublishedKey> published() {
    return Stream.<PublishedKey>concat(
            CATALOG.avmaKeys().stream(), CATALOG.kmsClientKeys().stream())
        .toList();
  }

  /** Every guest times every published key, whole and by its ending. */
  @Test
  void everyPublishedKeyInEveryGuestIsToldAsWhatItIsThere() {
    for (WindowsRelease release : WindowsRelease.values()) {
      for (Edition edition : Edition.values()) {
        GuestSystem guest = new GuestSystem.WindowsServer(release, edition, Ternary.NO);
        for (PublishedKey key : published()) {
          Kind expected = expected(release, edition, key);
          String at = key.product() + " in " + guest.displayName();
          assertEquals(expected, check(guest, key.key().reveal()).kind(), at);
          assertEquals(expected, check(guest, key.key().lastFive()).kind(), at);
          assertEquals(expected, check(guest, key.key().toString()).kind(), at);
        }
      }
    }
  }

  /** The rule in other words: by the rows of the catalogue alone. */
  private static Kind expected(WindowsRelease release, Edition edition, PublishedKey key) {
    boolean hasKey = CATALOG.find(release, edition).isPresent();
    boolean same = key.releases().contains(release) && key.edition() == edition;
    if (key instanceof AvmaKey) {
      if (!hasKey) {
        return Kind.MISPLACED;
      }
      if (same) {
        return Kind.RIGHT;
      }
      return key.releases().contains(release) ? Kind.OTHER_EDITION : Kind.OTHER_RELEASE;
    }
    if (hasKey) {
      return Kind.KMS_CLIENT;
    }
    return same ? Kind.KMS_INSTEAD : Kind.NOT_NEEDED;
  }

  @Test
  void endingsOfPublishedKeysAreDistinct() {
    assertEquals(
        published().size(),
        published().stream().map(key -> key.key().lastFive()).distinct().count());
  }

  @Test
  void whatIsNoPublishedKeyIsToldApart() {
    GuestSystem guest =
        new GuestSystem.WindowsServer(WindowsRelease.WS_2016, Edition.STANDARD, Ternary.NO);
    assertEquals(Kind.CHECKSUM_WRONG, check(guest, "B69WH-PRNHK-BXVK3-P9XF7-XD84C").kind());
    assertEquals(Kind.OLDER_FORMAT, check(guest, "BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B").kind());
    assertEquals(Kind.NOT_A_KEY, check(guest, "the one on the sticker").kind());
    assertEquals(Kind.UNKNOWN_ENDING, check(guest, "XD84C").kind());
    assertEquals(Kind.UNKNOWN_ENDING, check(guest, "*****-*****-*****-*****-XD84C").kind());
    assertEquals(Kind.NONE, check(guest, "none").kind());
    assertEquals(Kind.NONE, check(guest, "-").kind());
    assertEquals(Kind.NOT_KNOWN, check(guest, "").kind());
    assertEquals(Kind.NOT_KNOWN, check(guest, "unknown").kind());
  }

  @Test
  void noSentenceAndNoToStringHoldsAKeyThatIsNotPublished() {
    GuestSystem guest =
        new GuestSystem.WindowsServer(WindowsRelease.WS_2016, Edition.STANDARD, Ternary.NO);
    for (String key : List.of("B69WH-PRNHK-BXVK3-P9XF7-XD84C", "BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B")) {
      InstalledKey installed = InstalledKey.read(CATALOG, key);
      String all = installed + " " + KeyCheck.of(guest, installed, CATALOG);
      assertFalse(all.contains(key.substring(0, 11)), all);
    }
  }

  @Test
  void aGuestThatAvmaIsNotForNeedsNoKey() {
    GuestSystem linux = new GuestSystem.NotWindows("Debian 12");
    assertTrue(check(linux, "").isRight());
    assertEquals(Kind.MISPLACED, check(linux, "DV9BG").kind());
    GuestSystem older = new GuestSystem.EarlierWindowsServer("Windows Server 2012");
    assertEquals(Kind.KMS_INSTEAD, check(older, "92BT4").kind());
    assertEquals(Kind.NOT_NEEDED, check(older, "J464C").kind());
    assertEquals(Optional.empty(), check(older, "J464C").needed());
  }

  @Test
  void inAGuestOfWhichNothingIsKnownTheKeyIsStillNamed() {
    KeyCheck check = check(new GuestSystem.Unknown(), "DV9BG");
    assertEquals(Kind.NOT_KNOWN, check.kind());
    assertTrue(check.sentence().contains("Windows Server 2022 Datacenter"), check.sentence());
  }

  private static KeyCheck check(GuestSystem guest, String cell) {
    return KeyCheck.of(guest, InstalledKey.read(CATALOG, cell), CATALOG);
  }
}
