package io.avma.benchmarks;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventFilter;
import io.avma.transport.TransportException;
import io.avma.transport.eventlog.EventLogOptions;
import io.avma.transport.eventlog.EventXmlWriter;
import io.avma.transport.eventlog.EvtxReader;
import io.avma.transport.eventlog.EvtxWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Log files of a given size, made once and kept in the folder for temporary files: licensing
 * records among those of other providers, as in an Application and Security log put together.
 */
final class GeneratedLog {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private GeneratedLog() {}

  /** Returns an {@code .evtx} file of {@code megabytes} MiB. */
  static Path evtx(int megabytes) {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "avma-bench-" + megabytes + ".evtx");
    if (Files.exists(file)) {
      return file;
    }
    Path part = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      try (EvtxWriter writer = EvtxWriter.create(part)) {
        long number = 0;
        while (Files.size(part) < ((long) megabytes << 20)) {
          number++;
          writer.write(event(number));
        }
      }
      Files.move(part, file);
      return file;
    } catch (IOException | TransportException e) {
      throw new IllegalStateException("cannot make " + file, e);
    }
  }

  /** Returns the events of {@link #evtx} as event XML. */
  static Path xml(int megabytes) {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "avma-bench-" + megabytes + ".xml");
    if (Files.exists(file)) {
      return file;
    }
    try (EvtxReader reader = EvtxReader.open(evtx(megabytes));
        BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("<Events>\n");
      Optional<WindowsEvent> event = reader.next();
      while (event.isPresent()) {
        out.write(EventXmlWriter.toXml(event.get()) + "\n");
        event = reader.next();
      }
      out.write("</Events>\n");
      return file;
    } catch (IOException | TransportException e) {
      throw new IllegalStateException("cannot make " + file, e);
    }
  }

  static EventLogOptions activations() {
    return EventLogOptions.of(EventFilter.activations());
  }

  private static WindowsEvent event(long number) {
    return switch ((int) (number % 10)) {
      case 0 -> licensing(number, 12310, "0x00000000", "request " + number);
      case 1, 2 ->
          licensing(
              number,
              8198,
              "hr=0x80072EE7",
              "RuleId=31e71c49-8da7-4a2f-ad92-45d98a1c79ba;Action=AutoActivate;"
                  + "AppId=55c92734-d682-4d71-983e-d6ec3f16059f;"
                  + "SkuId=3f4c0546-36c6-46a8-a37f-be13cdd0cf25;NotificationInterval=1440;"
                  + "Trigger=TimerEvent");
      case 3 ->
          licensing(
              number,
              1003,
              "55c92734-d682-4d71-983e-d6ec3f16059f",
              "\n1: 3f4c0546-36c6-46a8-a37f-be13cdd0cf25, 1, 1 [(0 [0x00000000, 1, 0], "
                  + "[(?)(?)( 1 0x00000000)(?)(?)(?)( 10 0x00000000 msft:rm/algorithm/flags/1.0)"
                  + "( 11 0x00000000)])(1 )(2 )(3 )]\n\n");
      case 4, 5, 6 -> logon(number);
      default ->
          WindowsEvent.builder("Service Control Manager", 7036)
              .qualifiers(16384)
              .version(0)
              .level(4)
              .task(0)
              .opcode(0)
              .keywords(0x80_0000_0000_0000L)
              .timeCreated(START.plusMillis(number * 37))
              .processId(632)
              .threadId(5120)
              .channel("System")
              .computer("hv-1.example.invalid")
              .data(
                  List.of(
                      EventDatum.of("param1", "Windows Update"),
                      EventDatum.of("param2", "stopped")))
              .binaryHex("770075006100750073006500720076002F0034000000")
              .build();
    };
  }

  private static WindowsEvent licensing(long number, int id, String first, String second) {
    return WindowsEvent.builder("Microsoft-Windows-Security-SPP", id)
        .providerGuid(java.util.UUID.fromString("e23b33b0-c8c9-472c-a5f9-f2bdfea0f156"))
        .eventSourceName("Software Protection Platform Service")
        .qualifiers(16384)
        .version(0)
        .level(4)
        .task(0)
        .opcode(0)
        .keywords(0x80_0000_0000_0000L)
        .timeCreated(START.plusMillis(number * 37))
        .processId(0)
        .threadId(0)
        .channel("Application")
        .computer("hv-1.example.invalid")
        .texts(first, second)
        .build();
  }

  private static WindowsEvent logon(long number) {
    List<EventDatum> data = new ArrayList<>();
    String[] names = {
      "SubjectUserSid",
      "SubjectUserName",
      "SubjectDomainName",
      "SubjectLogonId",
      "TargetUserSid",
      "TargetUserName",
      "TargetDomainName",
      "TargetLogonId",
      "LogonType",
      "LogonProcessName",
      "AuthenticationPackageName",
      "WorkstationName",
      "LogonGuid",
      "TransmittedServices",
      "LmPackageName",
      "KeyLength",
      "ProcessId",
      "ProcessName",
      "IpAddress",
      "IpPort"
    };
    for (int i = 0; i < names.length; i++) {
      data.add(EventDatum.of(names[i], i % 3 == 0 ? "-" : names[i] + "-" + (number % 1000)));
    }
    return WindowsEvent.builder("Microsoft-Windows-Security-Auditing", 4624)
        .providerGuid(java.util.UUID.fromString("54849625-5478-4994-a5ba-3e3b0328c30d"))
        .version(2)
        .level(0)
        .task(12544)
        .opcode(0)
        .keywords(0x8020_0000_0000_0000L)
        .timeCreated(START.plusMillis(number * 37))
        .processId(624)
        .threadId(668)
        .channel("Security")
        .computer("hv-1.example.invalid")
        .data(data)
        .build();
  }
}
