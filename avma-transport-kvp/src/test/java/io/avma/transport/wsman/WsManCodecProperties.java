package io.avma.transport.wsman;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.avma.transport.TransportException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Messages written and read, and read with damage. */
class WsManCodecProperties {
  @Provide
  Arbitrary<WsManMessage> messages() {
    return MessageArbitraries.messages();
  }

  @Property(tries = 2000)
  void anyMessageIsReadBackAsItWasWritten(@ForAll("messages") WsManMessage message)
      throws TransportException {
    byte[] bytes = WsManCodec.encode(message);
    WsManMessage read = WsManCodec.decode(bytes, WsManLimits.STANDARD);
    assertEquals(AsRead.message(message), read);
    assertEquals(read.header(), WsManCodec.decodeHeader(bytes, WsManLimits.STANDARD));
    byte[] wide = ("\uFEFF" + new String(bytes, UTF_8)).getBytes(UTF_16LE);
    assertEquals(read, WsManCodec.decode(wide, WsManLimits.STANDARD));
  }

  @Property(tries = 1000)
  void aMessageCutOffAnywhereGivesOurError(
      @ForAll("messages") WsManMessage message, @ForAll long seed) {
    byte[] bytes = WsManCodec.encode(message);
    byte[] cut = Arrays.copyOf(bytes, new Random(seed).nextInt(bytes.length));
    WsManFuzz.check(cut);
    assertThrows(TransportException.class, () -> WsManCodec.decode(cut, WsManLimits.STANDARD));
  }

  @Property(tries = 2000)
  void oneChangedByteGivesAMessageOrOurError(
      @ForAll("messages") WsManMessage message, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = WsManCodec.encode(message);
    int at = random.nextInt(bytes.length);
    bytes[at] =
        (byte)
            (random.nextBoolean()
                ? "<>&'\"/!?:= ;#x]".charAt(random.nextInt(15))
                : random.nextInt(256));
    WsManFuzz.check(bytes);
  }

  @Property(tries = 2000)
  void anElementTwiceOrMissingGivesAMessageOrOurError(
      @ForAll("messages") WsManMessage message, @ForAll long seed, @ForAll boolean twice) {
    Random random = new Random(seed);
    String text = new String(WsManCodec.encode(message), UTF_8);
    List<Element> elements = elements(text);
    Element one = elements.get(random.nextInt(elements.size()));
    String changed =
        text.substring(0, twice ? one.end() : one.start())
            + text.substring(twice ? one.start() : one.end());
    WsManFuzz.check(changed.getBytes(UTF_8));
  }

  private record Element(int start, int end) {}

  /** The elements of a text of our own, which has neither comments nor a bare '>'. */
  private static List<Element> elements(String text) {
    List<Element> elements = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    for (int at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
      int end = text.indexOf('>', at) + 1;
      if (text.charAt(at + 1) == '/') {
        elements.add(new Element(open.pop(), end));
      } else if (text.charAt(end - 2) == '/') {
        elements.add(new Element(at, end));
      } else {
        open.push(at);
      }
    }
    return elements;
  }
}
