package io.avma.transport.eventlog;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Strictness;
import java.util.List;

/** The fuzzer's way into the reader of {@code .evtx} files. */
public final class EvtxFuzz {
  private EvtxFuzz() {}

  /** Returns small logs: of one plain event, of some with every kind of value, and one in use. */
  public static List<byte[]> seeds() {
    List<WindowsEvent> plain = EvtxFiles.numbered(1);
    List<WindowsEvent> rich =
        EvtxFiles.numbered(3).stream()
            .map(
                event ->
                    event.toBuilder()
                        .data(List.of(EventDatum.of("Key", "Value"), EventDatum.of("Other", "")))
                        .payloadXml("<UserData><a:B xmlns:a='urn:a'><c>1</c></a:B></UserData>")
                        .binaryHex("00FF00FF")
                        .userSid("S-1-5-18")
                        .build())
            .toList();
    return List.of(
        EvtxFiles.bytes(plain),
        EvtxFiles.bytes(rich),
        EvtxFiles.bytes(rich, EvtxWriterOptions.builder().leftDirty(true).build()));
  }

  /** Throws if the bytes are read otherwise than any bytes should be. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    for (Strictness strictness : Strictness.values()) {
      EvtxChecks.check(bytes, EventLogOptions.builder().strictness(strictness).build());
    }
  }
}
