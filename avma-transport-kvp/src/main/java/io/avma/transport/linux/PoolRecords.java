package io.avma.transport.linux;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The whole records in some bytes, field by field, without decoding what nobody asks for. */
final class PoolRecords {
  private final byte[] bytes;
  private final int start;
  private final int count;

  private PoolRecords(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.start = start;
    this.count = length / PoolLayout.RECORD_BYTES;
  }

  static PoolRecords of(PoolBytes pool) {
    return new PoolRecords(pool.bytes(), 0, pool.length());
  }

  /** Returns the records in all of {@code buffer}, which an array must back. */
  static PoolRecords of(ByteBuffer buffer) {
    return new PoolRecords(buffer.array(), buffer.arrayOffset(), buffer.limit());
  }

  int count() {
    return count;
  }

  Stream<KvpItem> items() {
    return IntStream.range(0, count).mapToObj(this::item);
  }

  KvpItem item(int record) {
    return new KvpItem(text(record, KvpPart.KEY), text(record, KvpPart.VALUE));
  }

  String text(int record, KvpPart part) {
    int from = from(record, part);
    return new String(bytes, from, length(record, part), StandardCharsets.UTF_8);
  }

  /** Returns how many bytes the field has before its first NUL. */
  int length(int record, KvpPart part) {
    int from = from(record, part);
    return NulSearch.indexOf(bytes, from, from + PoolLayout.bytes(part)) - from;
  }

  /** Returns the field's bytes before its first NUL; not a copy. */
  ByteBuffer field(int record, KvpPart part) {
    return ByteBuffer.wrap(bytes, from(record, part), length(record, part)).slice();
  }

  private int from(int record, KvpPart part) {
    return start + record * PoolLayout.RECORD_BYTES + PoolLayout.offset(part);
  }
}
