package io.avma.transport.wsman;

import static io.avma.transport.wsman.ScriptedHyperv.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpProblem;
import io.avma.kvp.KvpSource;
import io.avma.platform.Edition;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WsManHostTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final ScriptedHyperv hyperv = new ScriptedHyperv();
  private ScriptedPeer peer;
  private WsManHost host;

  @BeforeEach
  void begin() throws Exception {
    peer = ScriptedPeer.start(hyperv);
    host = open(WsManOptions.STANDARD);
  }

  private WsManHost open(WsManOptions options) throws TransportException {
    return WsManHost.of(
        new HostId("hv1"),
        WsManClient.open(peer.endpoint(), WsManLogin.none(), options),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void end() throws IOException {
    host.close();
    peer.close();
  }

  private static VmId vm(int number) {
    return new VmId(new UUID(1, number));
  }

  private static String item(String key, String value) {
    return KvpDataItemCodec.encode(KvpDataItem.written(new KvpItem(key, value)));
  }

  private void vm(int number, int state, int exchange, List<String> intrinsic) {
    VmId vm = vm(number);
    hyperv.add(
        instance(
            Hyperv.SYSTEM,
            "ElementName",
            "vm " + number,
            "EnabledState",
            state,
            "Name",
            vm.toString(),
            "ReplicationMode",
            0));
    settings(vm, Hyperv.REALIZED);
    hyperv.add(
        instance(
            Hyperv.EXCHANGE,
            "EnabledState",
            exchange,
            "GuestExchangeItems",
            List.of(item("g", "guest")),
            "GuestIntrinsicExchangeItems",
            intrinsic,
            "SystemName",
            vm.toString()));
    hyperv.add(
        instance(
            Hyperv.EXCHANGE_SETTINGS,
            "HostExchangeItems",
            List.of(item("h", "host")),
            "HostOnlyItems",
            List.of(item("o", "only")),
            "InstanceID",
            Hyperv.exchangeSettingsId(vm)));
  }

  private void settings(VmId vm, String type) {
    hyperv.add(
        instance(
            Hyperv.SETTINGS, "VirtualSystemIdentifier", vm.toString(), "VirtualSystemType", type));
  }

  private static VmReading.Read read(VmReading reading) {
    return assertInstanceOf(VmReading.Read.class, reading, reading.toString());
  }

  @Test
  void joinsWhatTheClassesSayOfEachVm() throws Exception {
    hyperv.add(instance(Hyperv.SYSTEM, "ElementName", "HV1", "EnabledState", 2, "Name", "HV1"));
    settings(vm(9), "Microsoft:Hyper-V:Snapshot:Realized");
    hyperv.add(
        instance(
            Hyperv.SYSTEM, "ElementName", "planned", "EnabledState", 3, "Name", vm(8).toString()));
    settings(vm(8), "Microsoft:Hyper-V:System:Planned");
    for (int i = 5; i > 0; i--) {
      vm(i, 2, 2, List.of(item("OSName", "n" + i)));
    }
    ImmutableList<VmReading> readings = host.sweep(SweepScope.everything());
    assertEquals(
        List.of(vm(1), vm(2), vm(3), vm(4), vm(5)), readings.stream().map(VmReading::vm).toList());
    VmReading.Read third = read(readings.get(2));
    assertEquals("vm 3", third.facts().name());
    assertEquals(VmState.RUNNING, third.facts().state());
    assertEquals(Ternary.YES, third.facts().dataExchange());
    assertEquals(Ternary.NO, third.facts().replica());
    assertEquals(NOW, third.readAt());
    assertEquals(List.of(new KvpItem("OSName", "n3")), third.snapshot().items(KvpSource.INTRINSIC));
    assertEquals(
        List.of(new KvpItem("g", "guest")), third.snapshot().items(KvpSource.GUEST_WRITTEN));
    assertEquals(List.of(new KvpItem("h", "host")), third.snapshot().items(KvpSource.HOST_WRITTEN));
    assertEquals(List.of(new KvpItem("o", "only")), third.snapshot().items(KvpSource.HOST_ONLY));
    assertEquals(4, hyperv.asked.size(), "round trips: " + hyperv.asked);
  }

  /** A test replica (3) is one as well: it is started for a try, beside the machine itself. */
  @ParameterizedTest
  @CsvSource({"0, NO", "1, NO", "2, YES", "3, YES", "4, YES", ", UNKNOWN"})
  void tellsReplicasOfEveryKind(Integer mode, Ternary replica) throws Exception {
    vm(1, 32769, 2, List.of());
    CimInstance plain = hyperv.classes.get(Hyperv.SYSTEM).get(0);
    hyperv
        .classes
        .get(Hyperv.SYSTEM)
        .set(
            0,
            instance(
                Hyperv.SYSTEM,
                "EnabledState",
                32769,
                "Name",
                plain.value("Name").text(),
                "ReplicationMode",
                mode == null ? CimValue.Nil.NIL : mode));
    VmReading.Read read = read(host.sweep(SweepScope.everything()).get(0));
    assertEquals(replica, read.facts().replica());
    assertEquals(VmState.SAVED, read.facts().state());
  }

  @Test
  void believesNothingOfAGuestThatIsOffOrCannotSpeak() throws Exception {
    vm(1, 3, 2, List.of(item("OSName", "stale")));
    vm(2, 2, 3, List.of(item("OSName", "stale")));
    ImmutableList<VmReading> readings = host.sweep(SweepScope.everything());
    assertEquals(VmState.OFF, read(readings.get(0)).facts().state());
    assertEquals(Ternary.NO, read(readings.get(1)).facts().dataExchange());
    for (VmReading reading : readings) {
      assertEquals(List.of(), read(reading).snapshot().items(KvpSource.INTRINSIC));
      assertEquals(List.of(), read(reading).snapshot().items(KvpSource.GUEST_WRITTEN));
      assertEquals(1, read(reading).snapshot().items(KvpSource.HOST_WRITTEN).size());
    }
  }

  @Test
  void readsTheVmsThatWereAskedFor() throws Exception {
    for (int i = 1; i < 8; i++) {
      vm(i, 2, 2, List.of());
    }
    ImmutableList<VmReading> readings =
        host.sweep(SweepScope.of(vm(3), vm(99)).only(KvpSource.HOST_WRITTEN));
    assertEquals(2, readings.size());
    assertEquals(List.of(), read(readings.get(0)).snapshot().items(KvpSource.HOST_ONLY));
    assertEquals(
        Reason.NOT_FOUND, assertInstanceOf(VmReading.Unreadable.class, readings.get(1)).reason());
  }

  @Test
  void letsOneBloatedVmHideNobody() throws Exception {
    hyperv.envelope = 60_000;
    for (int i = 1; i < 12; i++) {
      List<String> items = new ArrayList<>();
      for (int j = 0; j < (i == 4 ? 300 : 10); j++) {
        items.add(item("k" + j, "v"));
      }
      vm(i, 2, 2, items);
    }
    ImmutableList<VmReading> readings = host.sweep(SweepScope.everything());
    assertEquals(11, readings.size());
    for (VmReading reading : readings) {
      if (reading.vm().equals(vm(4))) {
        VmReading.Unreadable bloated = assertInstanceOf(VmReading.Unreadable.class, reading);
        assertEquals(Reason.TOO_LARGE, bloated.reason());
        assertEquals("vm 4", bloated.facts().orElseThrow().name());
        assertTrue(bloated.message().contains(vm(4).toString()), bloated.message());
      } else {
        assertEquals(10, read(reading).snapshot().items(KvpSource.INTRINSIC).size());
      }
    }
  }

  @Test
  void readsAVmListByListWhereItsListsFitAlone() throws Exception {
    hyperv.envelope = 60_000;
    for (int i = 1; i < 6; i++) {
      vm(i, 2, 2, List.of());
    }
    List<String> many = new ArrayList<>();
    for (int j = 0; j < 60; j++) {
      many.add(item("k" + j, "v"));
    }
    CimInstance bloated =
        instance(
            Hyperv.EXCHANGE,
            "EnabledState",
            2,
            "GuestExchangeItems",
            many,
            "GuestIntrinsicExchangeItems",
            many,
            "SystemName",
            vm(2).toString());
    hyperv.classes.get(Hyperv.EXCHANGE).set(1, bloated);
    ImmutableList<VmReading> readings = host.sweep(SweepScope.everything());
    assertEquals(60, read(readings.get(1)).snapshot().items(KvpSource.INTRINSIC).size());
    assertEquals(60, read(readings.get(1)).snapshot().items(KvpSource.GUEST_WRITTEN).size());
    assertEquals(5, readings.stream().filter(VmReading.Read.class::isInstance).count());
  }

  @Test
  void letsOneVmWithBrokenTextHideNobody() throws Exception {
    hyperv.wire = text -> text.replace("BROKEN", "\u0001");
    for (int i = 1; i < 7; i++) {
      vm(i, 2, 2, List.of(item("k", i == 3 ? "BROKEN" : "sound")));
    }
    ImmutableList<VmReading> readings = host.sweep(SweepScope.everything());
    assertEquals(5, readings.stream().filter(VmReading.Read.class::isInstance).count());
    assertEquals(
        Reason.DAMAGED, assertInstanceOf(VmReading.Unreadable.class, readings.get(2)).reason());
  }

  @Test
  void letsOneVmOverWhichTheHostIsSilentHideNobody() throws Exception {
    for (int i = 1; i < 7; i++) {
      vm(i, 2, 2, List.of(item("k", "v")));
    }
    WsManBody timedOut = ScriptedHyperv.fault(FaultSubcode.wsman("TimedOut"));
    hyperv.faults.put(Hyperv.EXCHANGE, timedOut);
    hyperv.getFaults.put(vm(2).toString(), timedOut);
    ImmutableList<VmReading> readings = host.sweep(SweepScope.everything());
    assertEquals(5, readings.stream().filter(VmReading.Read.class::isInstance).count());
    assertEquals(
        Reason.TIMED_OUT, assertInstanceOf(VmReading.Unreadable.class, readings.get(1)).reason());
    for (int i = 1; i < 7; i++) {
      hyperv.getFaults.put(vm(i).toString(), timedOut);
    }
    hyperv.asked.clear();
    assertEquals(
        Reason.TIMED_OUT,
        assertThrows(TransportException.class, () -> host.sweep(SweepScope.everything())).reason());
    assertTrue(hyperv.asked.size() < 9, "asked on and on: " + hyperv.asked);
  }

  @Test
  void letsOneVmWhoseListsTakeTooLongHideNobody() throws Exception {
    for (int i = 1; i < 7; i++) {
      vm(i, 2, 2, List.of(item("k", "v")));
    }
    hyperv.faults.put(Hyperv.EXCHANGE, ScriptedHyperv.fault(FaultSubcode.wsman("TimedOut")));
    hyperv.getFaults.put(
        vm(2).toString(), ScriptedHyperv.fault(FaultSubcode.wsman("EncodingLimit")));
    ImmutableList<VmReading> readings = host.sweep(SweepScope.everything());
    assertEquals(5, readings.stream().filter(VmReading.Read.class::isInstance).count());
    assertEquals(
        Reason.TIMED_OUT, assertInstanceOf(VmReading.Unreadable.class, readings.get(1)).reason());
  }

  @Test
  void tellsItemsThatCannotBeRead() throws Exception {
    vm(1, 2, 2, List.of("<INSTANCE", item("OSName", "n"), "<INSTANCE CLASSNAME=\"Other\"/>"));
    VmReading.Read read = read(host.sweep(SweepScope.everything()).get(0));
    assertEquals(List.of(new KvpItem("OSName", "n")), read.snapshot().items(KvpSource.INTRINSIC));
    assertEquals(
        List.of(KvpProblem.Reason.UNREADABLE_ITEM, KvpProblem.Reason.UNREADABLE_ITEM),
        read.snapshot().problems().stream().map(KvpProblem::reason).toList());
  }

  @Test
  void tellsWhichClusterTheHostIsANodeOf() throws Exception {
    assertEquals(new ClusterMembership.StandsAlone(), host.cluster(), "no cluster was made");
    hyperv.add(instance("MSCluster_Cluster", "Name", " NORTH "));
    assertEquals(new ClusterMembership.Node("NORTH"), host.cluster());
    hyperv.classes.clear();
    hyperv.add(instance("MSCluster_Cluster", "Name", ""));
    ClusterMembership nameless = host.cluster();
    assertEquals(
        Reason.DAMAGED, assertInstanceOf(ClusterMembership.NotTold.class, nameless).reason());
  }

  @ParameterizedTest
  @CsvSource({
    "0x8004100E, DestinationUnreachable,", // the name space is not there
    "0x80338000, DestinationUnreachable,",
    "5, AccessDenied, REFUSED",
    "0x80041003, AccessDenied, REFUSED",
    "0x80041001, InternalError, FAILED", // the cluster service does not run
    "0x80338029, TimedOut, TIMED_OUT",
  })
  void aHostThatDoesNotTellItsClusterSaysWhy(String code, String subcode, Reason reason)
      throws Exception {
    WsManBody.Fault plain = ScriptedHyperv.fault(FaultSubcode.wsman(subcode));
    hyperv.faults.put(
        "MSCluster_Cluster",
        new WsManBody.Fault(
            true,
            plain.subcode(),
            plain.reason(),
            Optional.empty(),
            OptionalLong.of(Long.decode(code)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    ClusterMembership told = host.cluster();
    if (reason == null) {
      assertEquals(new ClusterMembership.StandsAlone(), told);
    } else {
      ClusterMembership.NotTold not = assertInstanceOf(ClusterMembership.NotTold.class, told);
      assertEquals(reason, not.reason());
      assertTrue(not.message().contains(peer.endpoint().toString()), not.message());
    }
  }

  @Test
  void aHostThatIsGoneIsNoHostWithoutACluster() throws Exception {
    peer.close();
    assertEquals(
        Reason.UNREACHABLE, assertThrows(TransportException.class, () -> host.cluster()).reason());
  }

  @Test
  void asksTheHostWhatItIs() throws Exception {
    hyperv.add(
        instance(
            "Win32_OperatingSystem",
            "BuildNumber",
            "20348",
            "OperatingSystemSKU",
            8,
            "ProductType",
            3));
    hyperv.add(instance("Win32_Processor", "DeviceID", "CPU0", "NumberOfCores", 12));
    hyperv.add(instance("Win32_Processor", "DeviceID", "CPU1", "NumberOfCores", 12));
    hyperv.add(
        instance(
            "SoftwareLicensingProduct",
            "ApplicationID",
            "55c92734-d682-4d71-983e-d6ec3f16059f",
            "LicenseStatus",
            1,
            "ProductKeyChannel",
            "Volume:MAK"));
    hyperv.add(instance(Hyperv.SERVICE, "Name", "vmms"));
    HostProfile profile = host.profile();
    assertEquals(Optional.of(WindowsRelease.WS_2022), profile.release());
    assertEquals(Optional.of(Edition.DATACENTER), profile.edition());
    assertEquals(Ternary.YES, profile.activated());
    assertEquals(Ternary.NO, profile.evaluation());
    assertEquals(Ternary.YES, profile.hyperVRole());
    assertEquals(LicenseChannel.MAK, profile.channel());
    assertEquals(2, profile.processors().getAsInt());
    assertEquals(24, profile.physicalCores().getAsInt());
    assertTrue(
        hyperv.asked.stream()
            .anyMatch(
                query ->
                    query.contains("ApplicationID=") && query.contains("PartialProductKey IS NOT")),
        "asked every product: " + hyperv.asked);
  }

  @Test
  void leavesUnknownWhatTheHostDoesNotTell() throws Exception {
    WsManBody refused = ScriptedHyperv.fault(FaultSubcode.wsman("AccessDenied"));
    hyperv.faults.put("SoftwareLicensingProduct", refused);
    hyperv.faults.put("Win32_Processor", refused);
    hyperv.faults.put(
        Hyperv.SERVICE, ScriptedHyperv.fault(FaultSubcode.wsman("ActionNotSupported")));
    assertEquals(Ternary.UNKNOWN, host.profile().activated());
    assertEquals(Ternary.NO, host.profile().hyperVRole());
    assertTrue(host.profile().processors().isEmpty());
  }

  private void answers(long returned, List<CimInstance> jobs) {
    hyperv.methods =
        (call, header) -> {
          CimReference job =
              CimReference.wmi(
                  Hyperv.NAMESPACE, "Msvm_ConcreteJob", ImmutableMap.of("InstanceID", "j"));
          hyperv.classes.put(
              "Msvm_ConcreteJob", new ArrayList<>(jobs.subList(0, jobs.isEmpty() ? 0 : 1)));
          return instance(
              call.method() + "_OUTPUT",
              "Job",
              new CimValue.Reference(job),
              "ReturnValue",
              returned);
        };
  }

  private static CimInstance job(int state, int code) {
    return instance("Msvm_ConcreteJob", "ErrorCode", code, "InstanceID", "j", "JobState", state);
  }

  @Test
  void writesItemsAndFollowsTheJob() throws Exception {
    vm(1, 2, 2, List.of());
    answers(4096, List.of(job(7, 0)));
    List<WsManBody.Invoke> calls = new ArrayList<>();
    var methods = hyperv.methods;
    hyperv.methods =
        (call, header) -> {
          calls.add(call);
          return methods.apply(call, header);
        };
    host.add(vm(1), List.of(new KvpItem("k", "<v> & \"w\"]]>"), new KvpItem("l", "")));
    host.modify(vm(1), List.of(new KvpItem("k", "x")));
    host.remove(vm(1), List.of("k"));
    assertEquals(
        List.of("AddKvpItems", "ModifyKvpItems", "RemoveKvpItems"),
        calls.stream().map(WsManBody.Invoke::method).toList());
    CimValue.Array items = (CimValue.Array) calls.get(0).parameters().get(1).value();
    assertEquals(
        new KvpItem("k", "<v> & \"w\"]]>"),
        KvpDataItemCodec.decode(items.values().get(0).text()).item().orElseThrow());
    assertInstanceOf(CimValue.Reference.class, calls.get(0).parameters().get(0).value());
  }

  @ParameterizedTest
  @CsvSource({
    "32768, FAILED", "32769, REFUSED", "32770, NOT_SUPPORTED", "32771, FAILED", "32772, TIMED_OUT",
    "32773, INVALID", "32774, BUSY", "32775, WRONG_STATE", "32776, INVALID", "32777, WRONG_STATE",
    "32778, BUSY", "32779, NOT_FOUND", "12345, FAILED"
  })
  void takesEveryCodeByItsMeaning(int code, Reason reason) throws Exception {
    vm(1, 2, 2, List.of());
    for (boolean atOnce : new boolean[] {true, false}) {
      answers(atOnce ? code : 4096, atOnce ? List.of() : List.of(job(10, code)));
      TransportException failure =
          assertThrows(
              TransportException.class, () -> host.add(vm(1), List.of(new KvpItem("k", "s3cret"))));
      assertEquals(reason, failure.reason());
      assertEquals(code, failure.code().orElseThrow());
      assertTrue(failure.getMessage().contains(peer.endpoint().toString()));
      assertTrue(!failure.getMessage().contains("s3cret"), failure.getMessage());
    }
  }

  @Test
  void tellsAVmThatIsNotThereFromAnItemThatIsWrong() throws Exception {
    answers(32773, List.of());
    assertEquals(
        Reason.NOT_FOUND,
        assertThrows(
                TransportException.class, () -> host.add(vm(1), List.of(new KvpItem("k", "v"))))
            .reason());
  }

  @Test
  void saysThatAJobIsForgotten() throws Exception {
    vm(1, 2, 2, List.of());
    answers(4096, List.of());
    TransportException failure =
        assertThrows(
            TransportException.class, () -> host.add(vm(1), List.of(new KvpItem("k", "v"))));
    assertEquals(Reason.TIMED_OUT, failure.reason());
  }

  @Test
  void sendsNothingThatIsRefusedAnyway() {
    for (KvpItem item :
        List.of(
            new KvpItem("", "v"),
            new KvpItem("k".repeat(600), "v"),
            new KvpItem("k", "v".repeat(3000)),
            new KvpItem("k", "\u0001"),
            new KvpItem("k\0", "v"))) {
      assertThrows(TransportException.class, () -> host.add(vm(1), List.of(item)));
    }
    assertThrows(
        TransportException.class,
        () -> host.add(vm(1), List.of(new KvpItem("k", "v"), new KvpItem("k", "w"))));
    assertEquals(List.of(), hyperv.asked);
  }

  private void log(int number, Instant time) {
    log(number, 12310, time);
  }

  private void log(int number, int code, Instant time) {
    // Newest first, as WMI gives them.
    hyperv
        .classes
        .computeIfAbsent("Win32_NTLogEvent", name -> new ArrayList<>())
        .add(
            0,
            instance(
                "Win32_NTLogEvent",
                "ComputerName",
                "HV1",
                "EventCode",
                code,
                "EventIdentifier",
                0x40003016L,
                "EventType",
                3,
                "InsertionStrings",
                List.of("a", "b"),
                "Logfile",
                "Application",
                "RecordNumber",
                number,
                "SourceName",
                "Microsoft-Windows-Security-SPP",
                "TimeGenerated",
                new CimValue.Time(CimDateTime.of(time))));
  }

  @Test
  void readsTheLogSinceABookmarkOldestFirst() throws Exception {
    for (int i = 1; i <= 10; i++) {
      log(i, NOW.plusSeconds(i));
    }
    try (EventSource events = host.events()) {
      EventBatch batch = events.read(EventBookmark.start(), EventFilter.all(), 4);
      assertEquals(List.of(1L, 2L, 3L, 4L), numbers(batch));
      assertTrue(!batch.atEnd());
      WindowsEvent first = batch.events().get(0);
      assertEquals(12310, first.eventId());
      assertEquals(16384, first.qualifiers().getAsInt());
      assertEquals("b", first.text(1).orElseThrow());
      EventBookmark next = EventBookmark.parse(batch.next().toText()).orElseThrow();
      batch = events.read(next, EventFilter.all(), 100);
      assertEquals(List.of(5L, 6L, 7L, 8L, 9L, 10L), numbers(batch));
      assertTrue(batch.atEnd());
      assertEquals(List.of(), batch.gaps());
      assertTrue(hyperv.asked.stream().anyMatch(query -> query.contains("RecordNumber>=4")));
      assertEquals(List.of(), numbers(events.read(batch.next(), EventFilter.all(), 100)));
    }
  }

  /** A long log comes about as often as it is long, and not once more for each read. */
  @Test
  void readsALongLogOnceHoweverOftenItIsAsked() throws Exception {
    int records = 2_000;
    for (int i = 1; i <= records; i++) {
      log(10_000 + i, NOW.plusSeconds(i));
    }
    int seen = 0;
    try (EventSource events = host.events()) {
      EventBookmark bookmark = EventBookmark.start();
      EventBatch batch;
      do {
        batch = events.read(bookmark, EventFilter.all(), 100);
        seen += batch.events().size();
        assertEquals(List.of(), batch.gaps());
        bookmark = batch.next();
      } while (!batch.atEnd());
    }
    assertEquals(records, seen);
    assertTrue(hyperv.handed < 4 * records, hyperv.handed + " items were given");
  }

  /** Of a long log the host gives what was asked for, and no more records than were wanted. */
  @Test
  void letsTheHostChooseRecordsByTheirEventNumber() throws Exception {
    for (int i = 1; i <= 3_000; i++) {
      log(i, i % 500 == 0 ? 12310 : 1000, NOW.plusSeconds(i));
    }
    try (EventSource events = host.events()) {
      EventBatch batch =
          events.read(EventBookmark.start(), EventFilter.activationsAndNeighbours(), 4);
      assertEquals(List.of(500L, 1000L, 1500L, 2000L), numbers(batch));
      assertEquals(List.of(), batch.gaps());
      assertTrue(!batch.atEnd());
      assertTrue(hyperv.handed <= 6 + 4, hyperv.handed + " items were given");
      hyperv.handed = 0;
      hyperv.asked.clear();
      batch = events.read(batch.next(), EventFilter.activationsAndNeighbours(), 4);
      assertEquals(List.of(2500L, 3000L), numbers(batch));
      assertEquals(List.of(), batch.gaps());
      assertTrue(batch.atEnd());
      assertTrue(hyperv.handed <= 1 + 2 + 2, hyperv.handed + " items were given");
      for (String query : hyperv.asked) {
        assertTrue(query.contains("Logfile='Application'"), query);
        assertTrue(
            query.contains("RecordNumber=2000")
                || query.contains("RecordNumber>=2001")
                || query.contains("RecordNumber>=2500"),
            query);
        assertTrue(query.contains("RecordNumber=") || query.contains("EventCode="), query);
      }
      hyperv.handed = 0;
      EventBatch none = events.read(batch.next(), EventFilter.activations(), 4);
      assertEquals(List.of(), none.events());
      assertTrue(none.atEnd());
      assertEquals(batch.next(), none.next());
      assertEquals(1, hyperv.handed, "the bookmark's own record");
    }
  }

  @Test
  void noticesWhatALogHasLostAlsoWhereTheHostChooses() throws Exception {
    EventFilter filter = EventFilter.activations();
    log(1, NOW);
    log(2, NOW.plusSeconds(1));
    try (EventSource events = host.events()) {
      EventBookmark before = events.read(EventBookmark.start(), filter, 9).next();
      hyperv.classes.get("Win32_NTLogEvent").clear();
      log(1, 7, NOW.plusSeconds(60));
      log(2, NOW.plusSeconds(61));
      EventBatch batch = events.read(before, filter, 9);
      assertEquals(List.of(2L), numbers(batch));
      assertEquals(
          List.of(EventGap.Kind.RESTARTED), batch.gaps().stream().map(EventGap::kind).toList());
      assertEquals(List.of(), events.read(batch.next(), filter, 9).gaps(), "told once");
      hyperv.classes.get("Win32_NTLogEvent").clear();
      log(7, 7, NOW.plusSeconds(90));
      log(8, 7, NOW.plusSeconds(91));
      log(9, NOW.plusSeconds(92));
      batch = events.read(before, filter, 9);
      assertEquals(List.of(9L), numbers(batch));
      assertEquals(
          List.of(4L), batch.gaps().stream().map(gap -> gap.missing().getAsLong()).toList());
      hyperv.classes.get("Win32_NTLogEvent").clear();
      log(20, 7, NOW.plusSeconds(100));
      EventBatch lost = events.read(batch.next(), filter, 9);
      assertEquals(List.of(), lost.events());
      assertEquals(10, lost.gaps().get(0).missing().getAsLong(), "also where nothing matches");
      assertEquals(List.of(), events.read(lost.next(), filter, 9).gaps());
    }
  }

  @Test
  void noticesALogThatBeganAnewOrHasLostRecords() throws Exception {
    log(1, NOW);
    log(2, NOW.plusSeconds(1));
    try (EventSource events = host.events()) {
      EventBookmark before = events.read(EventBookmark.start(), EventFilter.all(), 9).next();
      hyperv.classes.get("Win32_NTLogEvent").clear();
      log(1, NOW.plusSeconds(60));
      EventBatch batch = events.read(before, EventFilter.all(), 9);
      assertEquals(List.of(1L), numbers(batch));
      assertEquals(EventGap.Kind.RESTARTED, batch.gaps().get(0).kind());
      hyperv.classes.get("Win32_NTLogEvent").clear();
      log(7, NOW.plusSeconds(90));
      batch = events.read(before, EventFilter.all(), 9);
      assertEquals(4, batch.gaps().get(0).missing().getAsLong());
    }
  }

  @Test
  void readsOtherLogsByASubscription() throws Exception {
    String channel = "Microsoft-Windows-Hyper-V-Worker-Admin";
    List<WsManBody> asked = new ArrayList<>();
    int[] lostPulls = {2}; // of these the answer never comes, and the connection ends
    ScriptedPeer.Script script =
        (request, out) -> {
          WsManBody body = WsManCodec.decode(request.body(), WsManLimits.STANDARD).body();
          asked.add(body);
          if (body instanceof WsManBody.Subscribe subscribe) {
            long after = subscribe.bookmarks().getOrDefault(channel, 0L);
            return ScriptedPeer.soap(
                out,
                request,
                new WsManBody.SubscribeResponse(
                    "id", Optional.empty(), Optional.of(Long.toString(after))));
          }
          if (body instanceof WsManBody.Release) {
            return ScriptedPeer.soap(out, request, new WsManBody.ReleaseResponse());
          }
          WsManBody.Pull pull = (WsManBody.Pull) body;
          if (--lostPulls[0] == 0) {
            return false;
          }
          ImmutableList.Builder<WsManItem> events = ImmutableList.builder();
          long number = Long.parseLong(pull.context());
          for (long left = Math.min(2, pull.maxElements().getAsLong());
              left > 0 && number < 5;
              left--) {
            number++;
            events.add(
                new WsManItem.Event(
                    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
                        + "<Provider Name='Microsoft-Windows-Hyper-V-Worker'/><EventID>18500</EventID>"
                        + "<TimeCreated SystemTime='2026-01-01T00:00:0"
                        + number
                        + "Z'/><EventRecordID>"
                        + number
                        + "</EventRecordID><Channel>"
                        + channel
                        + "</Channel><Computer>HV1</Computer></System></Event>"));
          }
          return ScriptedPeer.soap(
              out,
              request,
              new WsManBody.PullResponse(
                  Optional.of(Long.toString(number)), events.build(), false));
        };
    try (ScriptedPeer logs = ScriptedPeer.start(script);
        WsManHost other =
            WsManHost.open(logs.endpoint(), WsManLogin.none(), WsManOptions.STANDARD);
        EventSource events = other.events(List.of(channel), Duration.ofSeconds(2))) {
      EventBatch batch = events.read(EventBookmark.start(), EventFilter.all(), 3);
      assertEquals(List.of(1L, 2L), numbers(batch), "what came before the connection broke");
      assertTrue(!batch.atEnd());
      batch = events.read(batch.next(), EventFilter.all(), 1);
      assertEquals(List.of(3L), numbers(batch));
      assertTrue(!batch.atEnd());
      batch = events.read(batch.next(), EventFilter.all().withEventIds(18500), 10);
      assertEquals(List.of(4L, 5L), numbers(batch));
      assertTrue(batch.atEnd());
      WsManBody.Subscribe last =
          (WsManBody.Subscribe)
              asked.stream()
                  .filter(WsManBody.Subscribe.class::isInstance)
                  .reduce((a, b) -> b)
                  .orElseThrow();
      assertEquals(ImmutableMap.of(channel, 3L), last.bookmarks());
      assertEquals("*[System[(EventID=18500)]]", last.queries().get(channel));
      assertEquals(3, asked.stream().filter(WsManBody.Release.class::isInstance).count());
      lostPulls[0] = 1;
      EventBookmark before = batch.next();
      assertEquals(
          Reason.UNREACHABLE,
          assertThrows(TransportException.class, () -> events.read(before, EventFilter.all(), 10))
              .reason(),
          "nothing came");
    }
  }

  private static List<Long> numbers(EventBatch batch) {
    return batch.events().stream().map(event -> event.recordId().getAsLong()).toList();
  }

  @Test
  void refusesCallsWhenClosed() throws Exception {
    EventSource events = host.events();
    host.close();
    IllegalStateException closed =
        assertThrows(IllegalStateException.class, () -> host.sweep(SweepScope.everything()));
    assertTrue(closed.getMessage().contains("hv1"));
    assertThrows(
        IllegalStateException.class,
        () -> events.read(EventBookmark.start(), EventFilter.all(), 1));
  }

  /** What would never end is interrupted when the time for all of it is over. */
  @Test
  void cutsOffAHostWhenTheTimeForAllIsOver() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    List<WsManHosts.Question<Integer>> questions =
        List.of(
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return 1;
            });
    List<Integer> told = new ArrayList<>();
    ImmutableList<WsManHosts.Outcome<Integer>> outcomes =
        WsManHosts.ask(questions, 3, Duration.ofMillis(50), outcome -> told.add(outcome.index()));
    assertEquals(Reason.TIMED_OUT, outcomes.get(0).failure().orElseThrow().reason());
    assertEquals(List.of(0), told);
    interrupted.await();
  }

  /** A mistake in what is done with one host costs the others nothing. */
  @Test
  void whatThrowsForOneHostIsItsOutcome() throws Exception {
    List<WsManHosts.Question<Integer>> questions =
        List.of(
            () -> 1,
            () -> {
              throw new IllegalStateException("a mistake");
            },
            () -> 3);
    ImmutableList<WsManHosts.Outcome<Integer>> outcomes =
        WsManHosts.ask(questions, 2, Duration.ofMinutes(1), outcome -> {});
    assertEquals(3, outcomes.get(2).answer().orElseThrow());
    TransportException failure = outcomes.get(1).failure().orElseThrow();
    assertEquals(Reason.FAILED, failure.reason());
    assertTrue(failure.getMessage().contains("a mistake"), failure.getMessage());
  }

  @Test
  void asksManyHostsAndTellsWhyOneSaysNothing() throws Exception {
    vm(1, 2, 2, List.of());
    CountDownLatch over = new CountDownLatch(1);
    ScriptedPeer dead = ScriptedPeer.start((request, out) -> false);
    dead.close();
    try (ScriptedPeer slow =
        ScriptedPeer.start(
            (request, out) -> {
              over.await();
              return false;
            })) {
      List<WsManHosts.Question<Integer>> questions = new ArrayList<>();
      for (ScriptedPeer each : List.of(peer, dead, slow, peer)) {
        questions.add(
            WsManHosts.question(
                () ->
                    WsManHost.open(
                        each.endpoint(),
                        WsManLogin.none(),
                        each == slow
                            ? WsManOptions.STANDARD.withTimeouts(
                                Duration.ofSeconds(10), Duration.ofMillis(50), LONG)
                            : WsManOptions.STANDARD),
                opened -> opened.sweep(SweepScope.everything()).size()));
      }
      List<Integer> told = new ArrayList<>();
      ImmutableList<WsManHosts.Outcome<Integer>> outcomes =
          WsManHosts.ask(questions, 3, LONG, outcome -> told.add(outcome.index()));
      over.countDown();
      assertEquals(1, outcomes.get(0).answer().orElseThrow());
      assertEquals(Reason.UNREACHABLE, outcomes.get(1).failure().orElseThrow().reason());
      assertEquals(Reason.TIMED_OUT, outcomes.get(2).failure().orElseThrow().reason());
      assertEquals(1, outcomes.get(3).answer().orElseThrow());
      assertEquals(List.of(0, 1, 2, 3), told.stream().sorted().toList());
    }
  }
}
