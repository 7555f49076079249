package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import io.avma.transport.TransportException;
import io.avma.transport.eventlog.EventXmlWriter;
import io.avma.transport.eventlog.EvtxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsCommandTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private static WindowsEvent answered(long record, int hresult) {
    return ActivationLogEntry.written(
            ActivationLogEntry.Side.HOST,
            "hv-1.example.invalid",
            record,
            NOON.plusSeconds(record),
            new Hresult(hresult),
            "vm\u202E")
        .event();
  }

  private static WindowsEvent other(long record) {
    return WindowsEvent.builder("Service Control Manager", 7036)
        .recordId(record)
        .timeCreated(NOON.plusSeconds(record))
        .channel("Application")
        .computer("hv-1.example.invalid")
        .texts("Spooler", "running")
        .build();
  }

  private static final List<WindowsEvent> EVENTS =
      List.of(answered(1, 0), other(2), answered(3, 0xC004FD02), other(4));

  private Path evtx(String name, List<WindowsEvent> events) throws TransportException {
    Path file = folder.resolve(name);
    try (EvtxWriter writer = EvtxWriter.create(file)) {
      for (WindowsEvent event : events) {
        writer.write(event);
      }
    }
    return file;
  }

  private Path xml(String name, List<WindowsEvent> events) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        events.stream().map(EventXmlWriter::toXml).collect(Collectors.joining("\n")));
  }

  @Test
  void peopleReadWhatTheEventsOfActivationSay() throws Exception {
    Run run = Run.avma("events", evtx("a.evtx", EVENTS).toString()).exits(0);
    assertEquals(2, run.out().lines().count());
    assertTrue(
        run.out()
            .contains(
                "2026-03-01T12:00:03Z  hv-1.example.invalid  12310  the host answered a request for"
                    + " activation: 0xC004FD02 SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED"),
        run.out());
    assertTrue(run.out().contains("vm\\u{202E}"), run.out());
    assertFalse(run.out().contains("\u202E"), "escaped");
    assertEquals("2 events of 1 file\n", run.err());
  }

  @Test
  void eventsAreChosenByProviderNumberTimeAndHost() throws Exception {
    String file = evtx("a.evtx", EVENTS).toString();
    assertEquals(4, lines("--all", file));
    assertEquals(2, lines("--provider", "service control manager", file));
    assertEquals(2, lines("--id", "12310", "--id", "12309", file));
    assertEquals(1, lines("--since", "2026-03-01T12:00:02Z", file));
    assertEquals(2, lines("--since", "2026-03-01", file));
    assertEquals(1, lines("--until", "2026-03-01T12:00:02Z", file));
    assertEquals(2, lines("--host", "HV-1", file));
    assertEquals(2, lines("--host", "hv-1.example.invalid", "--host", "x", file));
    assertEquals(0, lines("--host", "hv", file));
  }

  private static long lines(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "events";
    System.arraycopy(args, 0, all, 1, args.length);
    return Run.avma(all).exits(0).out().lines().count();
  }

  @Test
  void everyFormOfAFileGivesTheSame() throws Exception {
    String fromLog = Run.avma("events", "--all", evtx("a.evtx", EVENTS).toString()).exits(0).out();
    String fromXml = Run.avma("events", "--all", xml("a.xml", EVENTS).toString()).exits(0).out();
    assertEquals(fromLog, fromXml);
    String converted =
        Run.avma("events", "--all", "--xml", folder.resolve("a.evtx").toString()).exits(0).out();
    Path again = Files.writeString(folder.resolve("again.xml"), converted);
    assertEquals(fromLog, Run.avma("events", "--all", again.toString()).exits(0).out());
  }

  @Test
  void machinesReadEverythingInTheEnvelopeAndTheData() throws Exception {
    Run run = Run.avma("events", "--json", evtx("a.evtx", EVENTS).toString()).exits(0);
    Map<String, Object> event = run.objects().get(1);
    assertEquals("event", event.get("type"));
    assertEquals(12310L, ((Number) event.get("id")).longValue());
    assertEquals(3L, ((Number) event.get("record_id")).longValue());
    assertEquals("hv-1.example.invalid", event.get("computer"));
    assertEquals("2026-03-01T12:00:03Z", event.get("time"));
    assertEquals(2, ((List<?>) event.get("data")).size());
  }

  @Test
  void flawsAndGapsAreToldOnStandardErrorAndAsObjects() throws Exception {
    Path file = xml("a.xml", List.of(answered(1, 0), answered(5, 0)));
    Files.writeString(file, Files.readString(file) + "<Event><System>");
    Run text = Run.avma("events", file.toString()).exits(3);
    assertTrue(
        text.err().contains("flaw: a.xml: line 2") && text.err().contains("[torn-tail]"),
        text.err());
    assertTrue(text.err().contains("gap: application of hv-1.example.invalid"), text.err());
    List<Object> types =
        Run.avma("events", "--json", file.toString()).exits(3).objects().stream()
            .map(object -> object.get("type"))
            .toList();
    assertEquals(List.of("event", "event", "flaw", "gap"), types);
  }

  @Test
  void whatHostsSayOfTheirMachinesIsShown() throws Exception {
    WindowsEvent started =
        WindowsEvent.builder("Microsoft-Windows-Hyper-V-Worker", 18500)
            .payloadXml(
                "<UserData><VmlEventLog><VmName>web-1</VmName>"
                    + "<VmId>D5C4A602-CC4A-41B7-BFCB-85359B37E457</VmId></VmlEventLog></UserData>")
            .build();
    WindowsEvent fault = WindowsEvent.builder("Microsoft-Windows-Hyper-V-Worker", 12290).build();
    Path log = evtx("worker.evtx", List.of(started, fault));
    String line = Run.avma("events", log.toString()).exits(0).out();
    assertEquals(1, line.lines().count(), line);
    assertTrue(
        line.contains("the machine has started: D5C4A602-CC4A-41B7-BFCB-85359B37E457 'web-1'"),
        line);
  }

  @Test
  void gapsAreTheSameWhateverTheOrderOfTheFiles() throws Exception {
    Path log = evtx("Application.evtx", List.of(answered(10, 0), answered(11, 0)));
    Path archive = xml("Archive.xml", List.of(answered(1, 0), answered(2, 0), answered(5, 0)));
    for (List<Path> files : List.of(List.of(log, archive), List.of(archive, log))) {
      Run run = Run.avma("events", files.get(0).toString(), files.get(1).toString()).exits(0);
      assertEquals(
          List.of("after 2, next is 5", "after 5, next is 10"),
          run.err()
              .lines()
              .filter(line -> line.startsWith("gap: "))
              .map(line -> line.substring(line.indexOf("after")))
              .toList());
    }
  }

  @Test
  void aDirectoryGivesItsLogsInTheOrderOfTheirNames() throws Exception {
    evtx("2.evtx", EVENTS.subList(2, 4));
    xml("1.xml", EVENTS.subList(0, 2));
    Files.writeString(folder.resolve("notes.txt"), "not a log");
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/3.json"), "{}");
    Run run = Run.avma("events", "--all", folder.toString()).exits(0);
    assertEquals(4, run.out().lines().count());
    assertFalse(run.err().contains("gap"), run.err());
    assertTrue(run.err().endsWith("4 events of 3 files\n"), run.err());
  }

  @Test
  void whatCannotBeReadIsToldAndTheRestIsRead() throws Exception {
    Path sound = evtx("a.evtx", EVENTS);
    Path none = folder.resolve("none.evtx");
    Path text = Files.writeString(folder.resolve("b.evtx"), "no log at all");
    Run run = Run.avma("events", none.toString(), text.toString(), sound.toString()).exits(3);
    assertEquals(2, run.out().lines().count());
    assertTrue(run.err().contains("cannot open none.evtx"), run.err());
    assertTrue(run.err().contains("b.evtx: neither a file header nor a chunk"), run.err());
  }

  @Test
  void aStrictReaderStopsAndASalvagingOneDigs() throws Exception {
    Path file = evtx("a.evtx", EVENTS);
    byte[] bytes = Files.readAllBytes(file);
    bytes[4096 + 124] ^= 1;
    Files.write(file, bytes);
    assertTrue(
        Run.avma("events", "--strict", file.toString()).exits(3).err().contains("chunk-header-crc"),
        "strict");
    assertEquals(
        2, Run.avma("events", "--salvage", file.toString()).exits(0).out().lines().count());
  }

  @Test
  void wrongUsageIsToldWithWhatToDo() throws Exception {
    String file = evtx("a.evtx", EVENTS).toString();
    assertTrue(Run.avma("events").exits(2).err().contains("FILE|DIR"), "no file");
    assertTrue(
        Run.avma("events", "--since", "yesterday", file).exits(2).err().contains("2026-03-01"),
        "time");
    assertTrue(Run.avma("events", "--id", "70000", file).exits(2).err().contains("65535"), "id");
    Run.avma("events", "--json", "--xml", file).exits(2);
    Run.avma("events", "--strict", "--salvage", file).exits(2);
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertTrue(
        Run.avma("events", empty.toString()).exits(2).err().contains("holds no logs"), "empty");
  }
}
