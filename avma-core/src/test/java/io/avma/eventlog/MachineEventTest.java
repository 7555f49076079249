package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.avma.platform.Standing;
import io.avma.platform.VmId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineEventTest {
  private static final String ID = "D5C4A602-CC4A-41B7-BFCB-85359B37E457";

  private static WindowsEvent event(String provider, int id, String fields) {
    return WindowsEvent.builder(provider, id)
        .payloadXml(
            "<UserData><VmlEventLog xmlns='http://www.microsoft.com/Windows/Virtualization/Events'>"
                + fields
                + "</VmlEventLog></UserData>")
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "18500, STARTED",
    "18502, TURNED_OFF",
    "18504, SHUT_DOWN",
    "18506, SHUT_DOWN",
    "18508, SHUT_DOWN",
    "18510, SAVED",
    "18512, RESET",
    "18514, RESET",
    "18516, PAUSED",
    "18518, RESUMED",
    "18592, RESTORED",
    "18594, SAVED",
    "18596, RESTORED",
    "18608, HIBERNATED"
  })
  void theWorkerSaysWhatBecameOfAMachine(int id, MachineEvent.Kind kind) {
    WindowsEvent event =
        event(
            MachineEvent.WORKER,
            id,
            "<VmName>SQL &lt;02&gt; &amp;#65; &#x42;</VmName><VmId>" + ID + "</VmId>");
    MachineEvent read = (MachineEvent) LogEntry.of(event).orElseThrow();
    assertEquals(kind, read.kind());
    assertEquals(
        Optional.of(new VmReference(VmId.parse(ID), Optional.of("SQL <02> &#65; B"))),
        read.machine());
    assertEquals(Standing.SECONDARY, read.standing());
    assertFalse(read.meaning().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "13002, CREATED",
    "13003, DELETED",
    "18302, IMPORTED",
    "20415, MIGRATED",
    "20417, MIGRATED",
    "21024, MIGRATION_FAILED"
  })
  void theManagementServiceSaysWhereAMachineWent(int id, MachineEvent.Kind kind) {
    assertEquals(
        Optional.of(kind),
        MachineEvent.of(event(MachineEvent.MANAGEMENT, id, "")).map(MachineEvent::kind));
    assertEquals(Optional.empty(), MachineEvent.of(event(MachineEvent.WORKER, id, "")));
  }

  @Test
  void aLiveMigrationNamesTheMachineInItsParameters() {
    WindowsEvent event =
        event(
            MachineEvent.MANAGEMENT,
            20415,
            "<Parameter0>vm-1</Parameter0><Parameter1>"
                + ID
                + "</Parameter1><Parameter2>0.4"
                + "</Parameter2>");
    assertEquals(
        Optional.of(new VmReference(VmId.parse(ID), Optional.of("vm-1"))),
        MachineEvent.of(event).orElseThrow().machine());
  }

  @Test
  void namedStringsServeAsWellAndDamageNamesNoMachine() {
    WindowsEvent named =
        WindowsEvent.builder(MachineEvent.WORKER, 18500)
            .data(java.util.List.of(EventDatum.of("VmName", "vm-1"), EventDatum.of("VmId", "?")))
            .build();
    assertEquals(
        Optional.of(new VmReference(Optional.empty(), Optional.of("vm-1"))),
        MachineEvent.of(named).orElseThrow().machine());
    assertEquals(
        Optional.empty(),
        MachineEvent.of(event(MachineEvent.WORKER, 18500, "<VmName/><VmId>no"))
            .orElseThrow()
            .machine());
  }

  @Test
  void otherProvidersAndNumbersSayNothing() {
    assertEquals(Optional.empty(), MachineEvent.of(event("Other", 18500, "")));
    assertEquals(Optional.empty(), MachineEvent.of(event(MachineEvent.WORKER, 12290, "")));
    assertNotEquals(0, MachineEvent.eventIds().size());
  }
}
