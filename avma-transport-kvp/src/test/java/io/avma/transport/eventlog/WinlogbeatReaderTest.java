package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WinlogbeatReaderTest {
  private static final String EVENT =
      """
      {"@timestamp":"2026-03-01T00:15:30.123Z","@metadata":{"beat":"winlogbeat"},
      "message":"Returned hr=0xC004FD02\\r\\nxyz","log":{"level":"information"},
      "host":{"name":"other"},"event":{"code":"12310","kind":"event"},
      "winlog":{"provider_name":"Microsoft-Windows-Security-SPP","event_id":"12310",
      "provider_guid":"{e23b33b0-c8c9-472c-a5f9-f2bdfea0f156}","channel":"Application",
      "computer_name":"hv01.example.test","record_id":4711,"task":"None","opcode":"Info",
      "keywords":["Classic"],"process":{"pid":4,"thread":{"id":5}},"version":2,"api":"wineventlog",
      "activity_id":null,"user":{"identifier":"S-1-5-18","name":"SYSTEM"},
      "event_data":{"Name":"n","param1":"0xC004FD02","param10":"j","param2":"\\u00e4\\"\\\\"}}}
      """;

  private record Reading(List<WindowsEvent> events, List<String> codes) {}

  private static Reading read(String json) {
    try (WinlogbeatReader reader =
        new WinlogbeatReader(
            new BytesInput("test.evtx", json.getBytes(StandardCharsets.UTF_8)),
            EventLogOptions.standard())) {
      return new Reading(reader.rest(), reader.flaws().stream().map(Flaw::code).toList());
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theFieldsBelowWinlogAreTheEvent() {
    Reading reading = read(EVENT);
    assertEquals(List.of(), reading.codes());
    WindowsEvent event = reading.events().get(0);
    assertEquals("Microsoft-Windows-Security-SPP", event.providerName());
    assertEquals(12310, event.eventId());
    assertEquals(
        Optional.of("e23b33b0-c8c9-472c-a5f9-f2bdfea0f156"),
        event.providerGuid().map(Object::toString));
    assertEquals(OptionalInt.empty(), event.qualifiers());
    assertEquals(OptionalInt.of(2), event.version());
    assertEquals(OptionalInt.of(4), event.level());
    assertEquals(OptionalLong.of(4711), event.recordId());
    assertEquals(OptionalLong.of(4), event.processId());
    assertEquals(OptionalLong.of(5), event.threadId());
    assertEquals(Optional.of("Application"), event.channel());
    assertEquals(Optional.of("hv01.example.test"), event.computer());
    assertEquals(Optional.of("S-1-5-18"), event.userSid());
    assertEquals(Optional.of(Instant.parse("2026-03-01T00:15:30.123Z")), event.timeCreated());
    assertEquals(Optional.of("Returned hr=0xC004FD02\r\nxyz"), event.renderedMessage());
    assertEquals(
        List.of("0xC004FD02", "\u00e4\"\\", "j", "n"),
        event.data().stream().map(datum -> datum.text()).toList());
    assertEquals(Optional.of("Name"), event.data().get(3).name());
    assertEquals(Optional.empty(), event.data().get(2).name());
  }

  @Test
  void fieldsThatCannotBeReadAreTold() {
    for (String bad :
        List.of(
            "\"event_id\":\"70000\"",
            "\"event_id\":{}",
            "\"record_id\":\"abc\"",
            "\"record_id\":[1]",
            "\"provider_guid\":\"no\"",
            "\"version\":-1",
            "\"process\":{\"pid\":4294967296}",
            "\"time_created\":\"nonsense\"",
            "\"event_data\":{\"a\":[\"1\",{\"b\":\"2\"}]}")) {
      String id = bad.startsWith("\"event_id") ? "" : "\"event_id\":1,";
      Reading reading = read("{\"winlog\":{" + id + bad + "}}");
      assertEquals(List.of("event-field"), reading.codes(), bad);
      assertEquals(1, reading.events().size(), bad);
    }
    assertEquals(List.of("event-field"), read("{\"winlog\":{}}").codes(), "no number");
    assertEquals(
        "[\"1\",{\"b\":\"2\"}]",
        read("{\"winlog\":{\"event_data\":{\"a\":[\"1\",{\"b\":\"2\"}]}}}")
            .events()
            .get(0)
            .text(0)
            .orElseThrow());
  }

  @Test
  void theFieldsOfUserDataAreNamedStrings() {
    Reading reading =
        read(
            "{\"winlog\":{\"event_id\":18500,\"user_data\":{\"VmName\":\"web-1\",\"xml_name\":"
                + "\"VmlEventLog\"}}}");
    assertEquals(List.of(), reading.codes());
    assertEquals(List.of(EventDatum.of("VmName", "web-1")), reading.events().get(0).data());
  }

  @Test
  void linesArraysAndHitsAreRead() {
    String line = EVENT.replace("\n", "");
    assertEquals(3, read(line + "\n" + line + "\r\n" + line).events().size());
    assertEquals(2, read("[\n" + EVENT + ",\n" + EVENT + "]").events().size());
    assertEquals(1, read("{\"_index\":\"i\",\"_source\":" + line + "}").events().size());
  }

  @Test
  void oneBadLineNeverHidesTheRest() {
    String line = EVENT.replace("\n", "") + "\n";
    for (String bad :
        List.of(
            "{\"winlog\":{\"a\":}}",
            "{\"winlog\" {}}",
            "{\"a\":\"\u0001\"}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12g4\"}",
            "{\"a\":nul}",
            "no object at all",
            "[".repeat(10) + "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}")) {
      Reading reading = read(line + bad + "\n" + line);
      assertEquals(2, reading.events().size(), bad);
      assertEquals(List.of("event-content"), reading.codes(), bad);
    }
  }

  @Test
  void aTornTailAndOtherObjectsAreReported() {
    String line = EVENT.replace("\n", "") + "\n";
    assertEquals(List.of("torn-tail"), read(line + "{\"winlog\":{\"event_id\":1").codes());
    Reading mixed = read("{\"metricset\":{}}\n" + line);
    assertEquals(1, mixed.events().size());
    assertEquals(List.of("other-object"), mixed.codes());
  }
}
