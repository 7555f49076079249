package io.avma.transport.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.avma.kvp.KvpPart;
import io.avma.platform.Hresult;
import io.avma.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KvpMessageProperties {
  @Provide
  Arbitrary<byte[]> messages() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofSize(7432);
    // Noise alone hits an operation in one of 37 messages and a size in range hardly ever.
    Arbitrary<byte[]> shaped =
        Combinators.combine(
                noise,
                Arbitraries.of(0, 1, 2, 3, 4, 5, 100),
                Arbitraries.integers().between(0, 520),
                Arbitraries.integers().between(0, 2060))
            .as(
                (bytes, operation, keySize, valueSize) -> {
                  byte[] message = bytes.clone();
                  message[0] = operation.byteValue();
                  putInt(message, operation == 2 ? 4 : 8, keySize);
                  putInt(message, 12, valueSize);
                  return message;
                });
    return Arbitraries.oneOf(noise, shaped);
  }

  private static void putInt(byte[] message, int offset, int value) {
    for (int i = 0; i < 4; i++) {
      message[offset + i] = (byte) (value >> (8 * i));
    }
  }

  private static Arbitrary<FieldBytes> fields(int limit) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(limit).map(FieldBytes::of);
  }

  private static Arbitrary<Integer> bytes() {
    return Arbitraries.integers().between(0, 255);
  }

  private static Arbitrary<IpSettings> settings() {
    return Combinators.combine(
            fields(256), bytes(), bytes(), fields(2048), fields(2048), fields(1024), fields(2048))
        .as(IpSettings::new);
  }

  @Provide
  Arbitrary<KvpRequest> requests() {
    Arbitrary<Integer> numbers = Arbitraries.integers();
    return Arbitraries.oneOf(
        Combinators.combine(bytes(), numbers, fields(512), numbers).as(KvpRequest.Get::new),
        Combinators.combine(bytes(), numbers, fields(512), fields(2048)).as(KvpRequest.Set::new),
        Combinators.combine(bytes(), fields(512)).as(KvpRequest.Delete::new),
        Combinators.combine(bytes(), numbers).as(KvpRequest.Enumerate::new),
        settings().map(KvpRequest.GetIpInfo::new),
        settings().map(KvpRequest.SetIpInfo::new),
        fields(512).map(KvpRequest.Register::new),
        Combinators.combine(
                bytes().filter(number -> KvpOperation.ofNumber(number).isEmpty()),
                bytes(),
                fields(7428))
            .as(KvpRequest.Unknown::new));
  }

  @Property(tries = 300)
  void anyMessageIsARequestOrOurError(@ForAll("messages") byte[] message) {
    try {
      KvpRequest request = KvpMessageCodec.decodeRequest(message);
      assertEquals(request, KvpMessageCodec.decodeRequest(KvpMessageCodec.encode(request)));
    } catch (TransportException e) {
      assertEquals(TransportException.Reason.DAMAGED, e.reason());
    }
  }

  @Property(tries = 300)
  void anyMessageIsAnAnswerOrOurError(
      @ForAll("requests") KvpRequest request, @ForAll("messages") byte[] message) {
    message[0] = message[1] = message[2] = message[3] = 0;
    try {
      assertNotNull(KvpMessageCodec.decodeAnswer(request, message));
    } catch (TransportException e) {
      assertEquals(TransportException.Reason.DAMAGED, e.reason());
    }
  }

  @Property(tries = 300)
  void decodingAnEncodedRequestGivesTheSameRequest(@ForAll("requests") KvpRequest request)
      throws TransportException {
    byte[] message = KvpMessageCodec.encode(request);
    assertEquals(request, KvpMessageCodec.decodeRequest(message));
    assertArrayEquals(message, KvpMessageCodec.encode(KvpMessageCodec.decodeRequest(message)));
  }

  @Property(tries = 300)
  void decodingAnEncodedAnswerGivesTheSameAnswer(
      @ForAll("requests") KvpRequest request,
      @ForAll int type,
      @ForAll int error,
      @ForAll("values") FieldBytes value,
      @ForAll("keys") FieldBytes key)
      throws TransportException {
    KvpAnswer answer =
        error % 4 == 1
            ? new KvpAnswer.Refused(new Hresult(error))
            : request instanceof KvpRequest.Get
                ? new KvpAnswer.Value(type, value)
                : request instanceof KvpRequest.Enumerate
                    ? new KvpAnswer.Item(type, key, value)
                    : request instanceof KvpRequest.GetIpInfo get
                        ? new KvpAnswer.Addresses(get.settings())
                        : new KvpAnswer.Done();
    byte[] message = KvpMessageCodec.encode(request, answer);
    assertEquals(answer, KvpMessageCodec.decodeAnswer(request, message));
  }

  @Provide
  Arbitrary<FieldBytes> keys() {
    return fields(512);
  }

  @Provide
  Arbitrary<FieldBytes> values() {
    return fields(2048);
  }

  /** The JDK's decoder is the second opinion about what UTF-8 is. */
  @Property(tries = 1000)
  void textWithinTheCapReadsAsTheJdkReadsIt(@ForAll("shortFields") FieldBytes field) {
    assertEquals(field.text(), KernelText.toHost(KvpPart.VALUE, field));
  }

  @Provide
  Arbitrary<FieldBytes> shortFields() {
    Arbitrary<byte[]> text =
        Arbitraries.strings().ofMaxLength(40).map(s -> s.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> broken =
        Combinators.combine(text, Arbitraries.integers().between(0, 200), Arbitraries.bytes())
            .as(
                (bytes, at, with) -> {
                  byte[] changed = bytes.clone();
                  if (at < changed.length) {
                    changed[at] = with;
                  }
                  return changed;
                });
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(6);
    return Arbitraries.oneOf(text, broken, noise).map(FieldBytes::of);
  }

  @Property(tries = 300)
  void whatAHostWroteWithinTheLimitsComesBackFromTheGuest(@ForAll("hostTexts") String text) {
    FieldBytes guest = KernelText.toGuest(KvpPart.VALUE, text);
    assertEquals(Optional.of(text), KernelText.toHost(KvpPart.VALUE, guest));
  }

  @Provide
  Arbitrary<String> hostTexts() {
    return Arbitraries.integers()
        .between(1, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(500)
        .map(
            points -> {
              StringBuilder text = new StringBuilder();
              points.forEach(text::appendCodePoint);
              return text.toString();
            });
  }
}
