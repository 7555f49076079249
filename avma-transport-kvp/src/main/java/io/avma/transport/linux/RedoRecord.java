package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteArrayDataOutput;
import com.google.common.io.ByteStreams;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.transport.TransportException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What lies beside a pool while it is written: enough for the next opener to finish the write.
 *
 * <pre>
 *   "AVMAREDO"  version u32  before u32  after u32  offset u32  outside CRC-32C u32
 *   old bytes   new bytes    (each u32 length, then the bytes)
 *   rules       long values (u32 length, name), four limits u32
 *   edit        puts, removals (each u32 count; each text u32 length, then UTF-8)
 *   CRC-32C u32 of everything before
 * </pre>
 *
 * Big-endian. A record whose checksum is wrong was cut off itself; then the pool is untouched.
 *
 * @param patch the difference in bytes
 * @param edit the same change as a function, for when somebody else has written since
 * @param rules the rules that the edit was made with
 */
record RedoRecord(PoolPatch patch, PoolEdit edit, WriteRules rules) {
  private static final long MAGIC = 0x41564D41_5245444FL; // AVMAREDO
  private static final int VERSION = 1;

  /** What finishing an interrupted write gives, and how. */
  record Completion(PoolBytes after, boolean merged) {}

  /** Returns the finished state of a pool that is {@code current} now. Always succeeds. */
  Completion complete(PoolBytes current) {
    Optional<PoolBytes> exact = patch.complete(current);
    return exact.isPresent()
        ? new Completion(exact.get(), false)
        : new Completion(edit.apply(current, rules).after(), true);
  }

  byte[] encode() {
    ByteArrayDataOutput out = ByteStreams.newDataOutput(256 + patch.newBytes().length * 2);
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.writeInt(patch.beforeLength());
    out.writeInt(patch.afterLength());
    out.writeInt(patch.offset());
    out.writeInt(patch.outsideChecksum());
    write(out, patch.oldBytes());
    write(out, patch.newBytes());
    write(out, rules.longValues().name().getBytes(StandardCharsets.UTF_8));
    for (KvpPart part : KvpPart.values()) {
      out.writeInt(rules.limits().units(part));
      out.writeInt(rules.limits().bytes(part));
    }
    out.writeInt(edit.puts().size());
    for (KvpItem item : edit.puts()) {
      write(out, item.key().getBytes(StandardCharsets.UTF_8));
      write(out, item.value().getBytes(StandardCharsets.UTF_8));
    }
    out.writeInt(edit.removals().size());
    for (String key : edit.removals()) {
      write(out, key.getBytes(StandardCharsets.UTF_8));
    }
    byte[] body = out.toByteArray();
    return ByteBuffer.allocate(body.length + Integer.BYTES)
        .put(body)
        .putInt(checksum(body, body.length))
        .array();
  }

  /** Returns the record in {@code bytes}; empty if it is cut off or none of ours. */
  static Optional<RedoRecord> decode(byte[] bytes) {
    int bodyLength = bytes.length - Integer.BYTES;
    if (bodyLength < Long.BYTES
        || ByteBuffer.wrap(bytes).getInt(bodyLength) != checksum(bytes, bodyLength)) {
      return Optional.empty();
    }
    try {
      return decodeBody(ByteBuffer.wrap(bytes, 0, bodyLength));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty(); // the checksum is right, so somebody made this up
    }
  }

  private static Optional<RedoRecord> decodeBody(ByteBuffer in) {
    if (in.getLong() != MAGIC || in.getInt() != VERSION) {
      return Optional.empty();
    }
    int beforeLength = in.getInt();
    int afterLength = in.getInt();
    int offset = in.getInt();
    int outsideChecksum = in.getInt();
    byte[] oldBytes = readBytes(in);
    byte[] newBytes = readBytes(in);
    long behind = (long) beforeLength - offset - oldBytes.length;
    if (offset < 0 || behind < 0 || (long) afterLength - offset - newBytes.length != behind) {
      return Optional.empty();
    }
    PoolPatch patch =
        new PoolPatch(beforeLength, afterLength, offset, oldBytes, newBytes, outsideChecksum);
    LongValues longValues = LongValues.valueOf(readText(in));
    KvpLimits limits = readLimits(in);
    ImmutableList.Builder<KvpItem> puts = ImmutableList.builder();
    for (int left = in.getInt(); left > 0; left--) {
      puts.add(new KvpItem(readText(in), readText(in)));
    }
    ImmutableList.Builder<String> removals = ImmutableList.builder();
    for (int left = in.getInt(); left > 0; left--) {
      removals.add(readText(in));
    }
    PoolEdit edit = new PoolEdit(puts.build(), removals.build());
    WriteRules rules = new WriteRules(limits, longValues);
    return keeps(rules, edit) ? Optional.of(new RedoRecord(patch, edit, rules)) : Optional.empty();
  }

  private static boolean keeps(WriteRules rules, PoolEdit edit) {
    try {
      for (KvpItem item : edit.puts()) {
        rules.check(item);
      }
      return true;
    } catch (TransportException e) {
      return false;
    }
  }

  private static KvpLimits readLimits(ByteBuffer in) {
    int keyUnits = in.getInt();
    int keyBytes = in.getInt();
    int valueUnits = in.getInt();
    int valueBytes = in.getInt();
    for (KvpLimits preset : List.of(KvpLimits.SAFE, KvpLimits.FILE)) {
      KvpLimits same = preset.withUnits(keyUnits, valueUnits).withBytes(keyBytes, valueBytes);
      if (same.equals(preset)) {
        return preset;
      }
    }
    if (keyBytes >= PoolLayout.KEY_BYTES || valueBytes >= PoolLayout.VALUE_BYTES) {
      throw new IllegalArgumentException("limits that a record cannot hold");
    }
    return KvpLimits.FILE.withUnits(keyUnits, valueUnits).withBytes(keyBytes, valueBytes);
  }

  private static void write(ByteArrayDataOutput out, byte[] bytes) {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static String readText(ByteBuffer in) {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
