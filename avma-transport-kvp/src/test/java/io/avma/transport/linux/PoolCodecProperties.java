package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PoolCodecProperties {
  /** Files of hostile hands: noise, text, NULs at every place, any length. */
  @Provide
  Arbitrary<byte[]> files() {
    Arbitrary<Byte> oftenText =
        Arbitraries.oneOf(
            Arbitraries.bytes(),
            Arbitraries.bytes().between((byte) 'a', (byte) 'c'),
            Arbitraries.just((byte) 0));
    Arbitrary<byte[]> field = oftenText.array(byte[].class).ofMaxSize(12);
    return Combinators.combine(
            Arbitraries.integers().between(0, 6 * 2560),
            Arbitraries.bytes(),
            Arbitraries.integers().between(0, 6 * 2560).list().ofMaxSize(12),
            field)
        .as(
            (length, fill, places, text) -> {
              byte[] file = new byte[length];
              Arrays.fill(file, fill);
              for (int place : places) {
                int end = Math.min(length, place + text.length);
                for (int i = place; i < end; i++) {
                  file[i] = text[i - place];
                }
              }
              return file;
            });
  }

  @Property(tries = 500)
  void everyFileGivesEveryWholeRecordOrOurError(@ForAll("files") byte[] file) {
    PoolContent lenient = lenient(file);
    assertEquals(file.length / 2560, lenient.entries().size());
    boolean sound = lenient.flaws().stream().noneMatch(Flaw::stopsStrictReaders);
    try {
      PoolContent strict = PoolCodec.decode(KvpPool.GUEST, file, Strictness.STRICT);
      assertTrue(sound);
      assertEquals(lenient, strict);
    } catch (TransportException e) {
      assertFalse(sound);
      assertEquals(TransportException.Reason.DAMAGED, e.reason());
    }
  }

  /** A second reader, as plain as can be. */
  @Property(tries = 500)
  void fieldsAreWhatAPlainReaderMakesOfThem(@ForAll("files") byte[] file) {
    ImmutableList.Builder<KvpItem> plain = ImmutableList.builder();
    for (int at = 0; at + 2560 <= file.length; at += 2560) {
      plain.add(new KvpItem(plainText(file, at, 512), plainText(file, at + 512, 2048)));
    }
    assertEquals(plain.build(), lenient(file).items());
  }

  private static String plainText(byte[] file, int from, int length) {
    int end = from;
    while (end < from + length && file[end] != 0) {
      end++;
    }
    return new String(file, from, end - from, StandardCharsets.UTF_8);
  }

  private static PoolContent lenient(byte[] file) {
    try {
      return PoolCodec.decode(KvpPool.GUEST, file, Strictness.LENIENT);
    } catch (TransportException e) {
      throw new AssertionError("a lenient reader stops at nothing", e);
    }
  }

  @Provide
  Arbitrary<KvpItem> items() {
    return PoolItems.withinFile();
  }

  @Property(tries = 500)
  void decodingAnEncodedItemGivesTheSameItem(@ForAll("items") KvpItem item) {
    PoolContent content = lenient(PoolCodec.encode(item));
    assertEquals(ImmutableList.of(item), content.items());
    assertTrue(content.flaws().stream().noneMatch(Flaw::stopsStrictReaders));
  }
}
