package io.avma.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import org.junit.jupiter.api.Test;

class KeyCatalogTest {
  @Test
  void aGuestOf2022DatacenterHasItsOwnKey() {
    AvmaKey key =
        KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.DATACENTER).orElseThrow();
    assertEquals("W3GNR-8DDXR-2TFRP-H8P33-DV9BG", key.key().reveal());
    assertEquals(4548, key.key().group());
    assertEquals(15, KeyCatalog.standard().avmaKeys().size());
    assertEquals(24, KeyCatalog.standard().kmsClientKeys().size());
    assertEquals(
        true,
        CompatibilityMatrix.standard()
            .verdict(
                HostProfile.datacenter(WindowsRelease.WS_2022),
                GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD))
            .isSupported());
  }
}
