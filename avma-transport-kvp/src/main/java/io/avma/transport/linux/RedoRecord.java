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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What lies beside a pool while it is written: enough for the next opener to finish the write.
 *
 * <pre>
 *   "AVMAREDO"  version u32  before u32  after u32  offset u32
 *   old bytes   new bytes    (each u32 length, then the bytes)
 *   rules       long values (u32 length, name), four limits u32
 *   edit        puts, removals (each u32 count; each text u32 length, then UTF-8)
 *   CRC-32C u32 of everything before
 * </pre>
 *
 * Big-endian. A record whose checksum is wrong was cut off itself; then the pool is untouched.
 * Magic, version and the checksum at the end are there in every version, so that an older library
 * can tell a record that it does not know from one that was cut off.
 *
 * @param patch the difference in bytes
 * @param edit the same change as a function, for when somebody else has written since
 * @param rules the rules that the edit was made with
 */
record RedoRecord(PoolPatch patch, PoolEdit edit, WriteRules rules) {
  private static final long MAGIC = 0x41564D41_5245444FL; // AVMAREDO
  private static final int VERSION = 2;

  /** It said what lies outside of the stretch, in a CRC-32C u32 behind the offset. */
  private static final int CHECKSUM_VERSION = 1;

  /** Returns how the write is finished in a pool that is {@code current} now. */
  Recovery recoveryOf(PoolBytes current) {
    if (patch.covers(current) && isExactIn(current)) {
      return Recovery.COMPLETED;
    }
    return patch.leftTracesIn(current) ? Recovery.MERGED : Recovery.DROPPED;
  }

  /**
   * Returns whether the patch does what the edit would do in a pool in which the write had not
   * begun. So it is no matter whether somebody else has changed other records meanwhile, and the
   * record need not say anything about these.
   */
  private boolean isExactIn(PoolBytes current) {
    return edit.apply(patch.undoneIn(current), rules).isMadeBy(patch);
  }

  /** Returns what {@code current} becomes when the write is finished in that way. */
  PoolBytes finished(Recovery how, PoolBytes current) {
    return switch (how) {
      case COMPLETED -> patch.appliedTo(current);
      case MERGED -> edit.apply(current, rules).after();
      case DROPPED, NOTHING_TO_DO -> current;
    };
  }

  /** Returns the record's bytes in order; the pool's are not copied, because they may be many. */
  ByteBuffer[] encode() {
    ByteArrayDataOutput head = ByteStreams.newDataOutput();
    head.writeLong(MAGIC);
    head.writeInt(VERSION);
    head.writeInt(patch.beforeLength());
    head.writeInt(patch.afterLength());
    head.writeInt(patch.offset());
    head.writeInt(patch.oldBytes().limit());
    ByteArrayDataOutput middle = ByteStreams.newDataOutput();
    middle.writeInt(patch.newBytes().limit());
    ByteBuffer[] parts = {
      ByteBuffer.wrap(head.toByteArray()),
      patch.oldBytes().duplicate().rewind(),
      ByteBuffer.wrap(middle.toByteArray()),
      patch.newBytes().duplicate().rewind(),
      ByteBuffer.wrap(encodeChange()),
      ByteBuffer.allocate(Integer.BYTES)
    };
    CRC32C checksum = new CRC32C();
    for (ByteBuffer part : Arrays.asList(parts).subList(0, parts.length - 1)) {
      checksum.update(part.duplicate());
    }
    parts[parts.length - 1].putInt(0, (int) checksum.getValue());
    return parts;
  }

  private byte[] encodeChange() {
    ByteArrayDataOutput out = ByteStreams.newDataOutput();
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
    return out.toByteArray();
  }

  /**
   * Returns the record in {@code bytes}; empty if it was cut off, which only a wrong checksum
   * shows.
   *
   * @param name what messages call it
   * @throws TransportException {@code NOT_SUPPORTED} or {@code DAMAGED} if it is whole, but not
   *     understood: the pool may be half-written, so it must neither be used nor removed
   */
  static Optional<RedoRecord> decode(byte[] bytes, String name) throws TransportException {
    int bodyLength = bytes.length - Integer.BYTES;
    if (bodyLength < Long.BYTES + Integer.BYTES
        || ByteBuffer.wrap(bytes).getInt(bodyLength) != checksum(bytes, bodyLength)) {
      return Optional.empty();
    }
    ByteBuffer body = ByteBuffer.wrap(bytes, 0, bodyLength);
    try {
      if (body.getLong() != MAGIC) {
        throw new IllegalArgumentException("it does not begin with AVMAREDO");
      }
      int version = body.getInt();
      if (version != VERSION && version != CHECKSUM_VERSION) {
        throw notUnderstood(
            TransportException.Reason.NOT_SUPPORTED,
            name,
            "has version " + version + " (expected: " + VERSION + ")");
      }
      return Optional.of(decodeBody(body, version));
    } catch (BufferUnderflowException e) {
      throw notUnderstood(TransportException.Reason.DAMAGED, name, "ends too early");
    } catch (IllegalArgumentException e) {
      throw notUnderstood(TransportException.Reason.DAMAGED, name, "is damaged: " + e.getMessage());
    }
  }

  private static TransportException notUnderstood(
      TransportException.Reason reason, String name, String what) {
    return new TransportException(
        reason,
        name
            + " "
            + what
            + ". It says how to finish a write that was cut off, so the pool beside it may be"
            + " half-written and was not used. Open the pool with the version of this library"
            + " that wrote it, or remove the file to give that write up");
  }

  private static RedoRecord decodeBody(ByteBuffer in, int version) {
    int beforeLength = in.getInt();
    int afterLength = in.getInt();
    int offset = in.getInt();
    if (version == CHECKSUM_VERSION) {
      int unused = in.getInt();
    }
    ByteBuffer oldBytes = readSlice(in);
    ByteBuffer newBytes = readSlice(in);
    long behind = (long) beforeLength - offset - oldBytes.limit();
    if (offset < 0
        || offset % PoolLayout.RECORD_BYTES != 0
        || behind < 0
        || (long) afterLength - offset - newBytes.limit() != behind) {
      throw new IllegalArgumentException("its lengths do not add up");
    }
    PoolPatch patch = new PoolPatch(beforeLength, afterLength, offset, oldBytes, newBytes);
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
    for (KvpItem item : edit.puts()) {
      try {
        rules.check(item);
      } catch (TransportException e) {
        throw new IllegalArgumentException("it breaks its own rules", e);
      }
    }
    return new RedoRecord(patch, edit, rules);
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

  private static ByteBuffer readSlice(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer slice = in.slice(in.position(), length);
    in.position(in.position() + length);
    return slice;
  }

  private static String readText(ByteBuffer in) {
    return StandardCharsets.UTF_8.decode(readSlice(in)).toString();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
