package io.avma.transport.linux;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import io.avma.transport.Position;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Wire level: the bytes of a pool file to items and back.
 *
 * <p>A field ends at its first NUL; what follows is stale memory of the writer and never counts.
 * Every whole record is an item, whatever it holds. Codes of flaws: {@code torn-tail} (lost);
 * {@code key-without-nul}, {@code value-without-nul}, {@code key-not-utf8}, {@code value-not-utf8}
 * (doubtful); {@code duplicate-key}, {@code empty-key}, {@code key-cut-for-host}, {@code
 * value-cut-for-host} and, with {@link Strictness#SALVAGE} only, {@code stale-bytes} (noted). Their
 * offsets are those of the field, of {@code -not-utf8} that of the first byte that is not. For any
 * thread.
 */
@CheckReturnValue
public final class PoolCodec {
  private PoolCodec() {}

  /**
   * Returns the items in the first {@code length} bytes of {@code bytes}, and what is wrong.
   *
   * @throws TransportException {@code DAMAGED} at the first flaw that leaves data in doubt, if
   *     {@code strictness} is {@code STRICT}
   */
  public static PoolContent decode(KvpPool pool, byte[] bytes, int length, Strictness strictness)
      throws TransportException {
    checkArgument(
        length >= 0 && length <= bytes.length,
        "length is %s (expected: 0 to %s)",
        length,
        bytes.length);
    return new Decoding(pool, bytes, length, strictness).run();
  }

  /** Returns the items of a whole file, as {@link #decode(KvpPool, byte[], int, Strictness)}. */
  public static PoolContent decode(KvpPool pool, byte[] bytes, Strictness strictness)
      throws TransportException {
    return decode(pool, bytes, bytes.length, strictness);
  }

  /**
   * Returns the record of {@code item}, filled with zeros.
   *
   * @throws IllegalArgumentException if key or value and a NUL do not fit, or hold a NUL or half a
   *     surrogate pair
   */
  public static byte[] encode(KvpItem item) {
    byte[] record = new byte[PoolLayout.RECORD_BYTES];
    for (KvpPart part : KvpPart.values()) {
      byte[] text = utf8(part, part.of(item));
      System.arraycopy(text, 0, record, PoolLayout.offset(part), text.length);
    }
    return record;
  }

  private static byte[] utf8(KvpPart part, String text) {
    ByteBuffer encoded;
    try {
      encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(part.label() + " holds half a surrogate pair", e);
    }
    int most = PoolLayout.bytes(part) - 1;
    checkArgument(
        encoded.remaining() <= most && text.indexOf('\0') < 0,
        "%s has %s bytes of UTF-8 (expected: at most %s, none of them NUL)",
        part.label(),
        encoded.remaining(),
        most);
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  /** One run over one file. */
  private static final class Decoding {
    private final KvpPool pool;
    private final byte[] bytes;
    private final int length;
    private final Strictness strictness;
    private final ImmutableList.Builder<PoolContent.Entry> entries;
    private final ImmutableList.Builder<Flaw> flaws = ImmutableList.builder();
    private final Map<String, Integer> firstRecords; // looked up only, never iterated
    private int record;

    Decoding(KvpPool pool, byte[] bytes, int length, Strictness strictness) {
      this.pool = pool;
      this.bytes = bytes;
      this.length = length;
      this.strictness = strictness;
      int records = length / PoolLayout.RECORD_BYTES;
      entries = ImmutableList.builderWithExpectedSize(records);
      firstRecords = new HashMap<>(records * 2);
    }

    PoolContent run() throws TransportException {
      int records = length / PoolLayout.RECORD_BYTES;
      for (record = 0; record < records; record++) {
        KvpItem item = new KvpItem(field(KvpPart.KEY), field(KvpPart.VALUE));
        entries.add(new PoolContent.Entry(record, item));
        checkKey(item.key());
      }
      int torn = length % PoolLayout.RECORD_BYTES;
      if (torn != 0) {
        report(
            "torn-tail",
            Flaw.Effect.LOST,
            Position.in(PoolLayout.label(pool)).atOffset(length - torn),
            "the file ends "
                + torn
                + " bytes into a record (expected: 2560). They are ignored;"
                + " the next write drops them");
      }
      return new PoolContent(pool, entries.build(), flaws.build());
    }

    private String field(KvpPart part) throws TransportException {
      int start = record * PoolLayout.RECORD_BYTES + PoolLayout.offset(part);
      int end = start + PoolLayout.bytes(part);
      int nul = NulSearch.indexOf(bytes, start, end);
      String text = new String(bytes, start, nul - start, StandardCharsets.UTF_8);
      if (nul == end) {
        reportUnterminated(part);
      }
      // Decoding puts U+FFFD where bytes are not UTF-8, but such a character may also be genuine.
      int malformed = text.indexOf('\uFFFD') < 0 ? nul : firstMalformed(start, nul);
      if (malformed < nul) {
        report(
            part.label() + "-not-utf8",
            Flaw.Effect.DOUBTFUL,
            at(malformed),
            part.label()
                + " is not UTF-8 (expected: UTF-8). A host sees neither this item nor any behind"
                + " it; remove it or write it anew");
      }
      if (text.length() > KvpLimits.SAFE.units(part)) {
        report(
            part.label() + "-cut-for-host",
            Flaw.Effect.NOTED,
            here(part),
            part.label()
                + " has "
                + text.length()
                + " UTF-16 units (expected: at most "
                + KvpLimits.SAFE.units(part)
                + "). A host sees it cut");
      }
      if (strictness == Strictness.SALVAGE && nul < end) {
        reportStaleBytes(part, nul, end);
      }
      return text;
    }

    private void reportUnterminated(KvpPart part) throws TransportException {
      int size = PoolLayout.bytes(part);
      report(
          part.label() + "-without-nul",
          Flaw.Effect.DOUBTFUL,
          here(part),
          part.label()
              + " has no NUL within "
              + size
              + " bytes (expected: at most "
              + (size - 1)
              + " and a NUL). Kept whole; if the host deletes an item before it, the daemon"
              + " crashes");
    }

    private void reportStaleBytes(KvpPart part, int nul, int end) throws TransportException {
      int stale = 0;
      for (int i = nul; i < end; i++) {
        stale += bytes[i] == 0 ? 0 : 1;
      }
      if (stale > 0) {
        report(
            "stale-bytes",
            Flaw.Effect.NOTED,
            here(part),
            stale
                + " bytes behind the NUL of the "
                + part.label()
                + " are not 0 (expected: anything). They are ignored");
      }
    }

    private void checkKey(String key) throws TransportException {
      if (key.isEmpty()) {
        report(
            "empty-key",
            Flaw.Effect.NOTED,
            here(KvpPart.KEY),
            "key is empty (expected: at least 1 character). Some readers refuse the whole pool");
      }
      Integer first = firstRecords.putIfAbsent(key, record);
      if (first != null) {
        report(
            "duplicate-key",
            Flaw.Effect.NOTED,
            here(KvpPart.KEY),
            "key is that of record "
                + first
                + " (expected: one of its own). The daemon uses the"
                + " first, some readers the last");
      }
    }

    /** Returns where the first byte is that is not UTF-8; {@code end} if there is none. */
    private int firstMalformed(int start, int end) {
      ByteBuffer in = ByteBuffer.wrap(bytes, start, end - start);
      CoderResult result =
          StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(end - start), true);
      return result.isError() ? in.position() : end;
    }

    private Position here(KvpPart part) {
      return at(record * PoolLayout.RECORD_BYTES + PoolLayout.offset(part));
    }

    private Position at(int offset) {
      return Position.in(PoolLayout.label(pool)).inRecord(record).atOffset(offset);
    }

    private void report(String code, Flaw.Effect effect, Position position, String message)
        throws TransportException {
      Flaw flaw = new Flaw(code, effect, position, message);
      if (strictness == Strictness.STRICT && flaw.stopsStrictReaders()) {
        throw TransportException.damaged(flaw);
      }
      flaws.add(flaw);
    }
  }
}
