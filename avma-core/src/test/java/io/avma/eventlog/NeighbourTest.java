package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.avma.platform.Standing;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NeighbourTest {
  @ParameterizedTest
  @CsvSource({
    "900, SERVICE_STARTING",
    "902, SERVICE_STARTED",
    "903, SERVICE_STOPPED",
    "1003, LICENSE_STATUS",
    "1014, LICENSE_ACQUISITION_FAILED",
    "1016, KEY_INSTALLED",
    "1018, KEY_REMOVED",
    "8233, VOLUME_ACTIVATION_FAILED",
    "12288, KMS_REQUEST",
    "12289, KMS_RESPONSE",
    "12290, KMS_SERVED",
    "12304, GENUINE_TICKET",
    "12305, GENUINE_STATE",
    "12308, ACTIVE_DIRECTORY_ACTIVATION",
    "12311, ACCOUNT_CLIENT_TRIGGERED"
  })
  void aNumberSaysWhatTheRecordIsAbout(int eventId, Neighbour.Kind kind) {
    WindowsEvent event = WindowsEvent.builder(SoftwareProtection.PROVIDER, eventId).build();
    assertEquals(Optional.of(new Neighbour(event, kind)), LogEntry.of(event));
    assertEquals(eventId, kind.eventId());
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsDocumentedAndExplained(Neighbour.Kind kind) {
    assertEquals(Standing.DOCUMENTED, kind.standing());
    assertFalse(kind.meaning().isEmpty());
  }

  @Test
  void theSameNumberOfAnotherProviderSaysNothing() {
    assertEquals(Optional.empty(), LogEntry.of(WindowsEvent.builder("MsiInstaller", 1003).build()));
    assertEquals(
        Optional.empty(),
        LogEntry.of(WindowsEvent.builder(SoftwareProtection.PROVIDER, 16384).build()));
  }
}
