package io.avma.transport.device;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the Linux kernel makes of text on its way between the host, which speaks UTF-16, and the
 * guest, which speaks UTF-8. It cuts what is too long and says nothing.
 *
 * <p>Source: {@code drivers/hv/hv_kvp.c} and {@code fs/nls/nls_base.c} of Linux 6.1; documented,
 * and observed with the vectors of the tests. Kernels since 2025 stop at the first character that
 * no longer fits where older ones, and this class, pass over it and go on.
 */
@CheckReturnValue
public final class KernelText {
  /** A field's last byte is kept for the NUL. */
  private static final int KEY_BYTES = KvpMessageLayout.KEY_BYTES - 1;

  private static final int VALUE_BYTES = KvpMessageLayout.VALUE_BYTES - 1;

  /** Half the field's bytes, less two units. */
  private static final int KEY_UNITS = KvpMessageLayout.KEY_BYTES / 2 - 2;

  private static final int VALUE_UNITS = KvpMessageLayout.VALUE_BYTES / 2 - 2;

  private KernelText() {}

  /**
   * Returns what a guest gets of a host's text: UTF-8 of at most 511 or 2,047 bytes and a NUL. A
   * NUL ends the text, half a surrogate pair is left out, and so is a character that does not fit.
   */
  public static FieldBytes toGuest(KvpPart part, String text) {
    int limit = part == KvpPart.KEY ? KEY_BYTES : VALUE_BYTES;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(limit + 1);
    for (int i = 0; i < text.length() && bytes.size() < limit; ) {
      int codePoint = text.codePointAt(i);
      if (codePoint == 0) {
        break;
      }
      i += Character.charCount(codePoint);
      if (!isSurrogate(codePoint)) {
        byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        if (encoded.length <= limit - bytes.size()) {
          bytes.writeBytes(encoded);
        }
      }
    }
    bytes.write(0);
    return FieldBytes.of(bytes.toByteArray());
  }

  /** Returns what a guest gets of a host's 32-bit number: its decimal digits, unsigned. */
  public static FieldBytes u32ToGuest(int number) {
    return FieldBytes.ofText(Integer.toUnsignedString(number));
  }

  /** Returns what a guest gets of a host's 64-bit number: its decimal digits, unsigned. */
  public static FieldBytes u64ToGuest(long number) {
    return FieldBytes.ofText(Long.toUnsignedString(number));
  }

  /** Returns the request that reaches the daemon when a host sets {@code item}. */
  public static KvpRequest setByHost(int poolNumber, KvpItem item) {
    return new KvpRequest.Set(
        poolNumber,
        KvpRequest.TEXT,
        toGuest(KvpPart.KEY, item.key()),
        toGuest(KvpPart.VALUE, item.value()));
  }

  /** Returns the request that reaches the daemon when a host deletes {@code key}. */
  public static KvpRequest deleteByHost(int poolNumber, String key) {
    return new KvpRequest.Delete(poolNumber, toGuest(KvpPart.KEY, key));
  }

  /**
   * Returns what a host gets of a guest's bytes: the text before the first NUL, at most 254 or
   * 1,022 UTF-16 units. A surrogate pair that does not fit is dropped whole. Empty if the bytes
   * that were looked at are not UTF-8: then the host gets an error instead of the item, and ends
   * its enumeration.
   */
  public static Optional<String> toHost(KvpPart part, FieldBytes field) {
    return decode(field.toByteArray(), part == KvpPart.KEY ? KEY_UNITS : VALUE_UNITS);
  }

  /**
   * Returns the item that a host gets of an answer to its enumeration; empty as in {@link
   * #toHost(KvpPart, FieldBytes)}. A key that fills its field without a NUL goes on into the value.
   */
  public static Optional<KvpItem> toHost(KvpAnswer.Item item) {
    FieldBytes key = item.key();
    if (key.size() == KvpMessageLayout.KEY_BYTES && !key.isTerminated()) {
      ByteArrayOutputStream run = new ByteArrayOutputStream();
      run.writeBytes(key.toByteArray());
      run.writeBytes(item.value().toByteArray());
      key = FieldBytes.of(run.toByteArray());
    }
    Optional<String> value = toHost(KvpPart.VALUE, item.value());
    return toHost(KvpPart.KEY, key)
        .flatMap(keyText -> value.map(valueText -> new KvpItem(keyText, valueText)));
  }

  private static Optional<String> decode(byte[] bytes, int maxUnits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length && text.length() < maxUnits && bytes[i] != 0; ) {
      int length = sequenceLength(bytes[i]);
      int codePoint = length == 0 ? -1 : codePoint(bytes, i, length);
      if (codePoint < 0) {
        return Optional.empty();
      }
      if (text.length() + Character.charCount(codePoint) > maxUnits) {
        break;
      }
      text.appendCodePoint(codePoint);
      i += length;
    }
    return Optional.of(text.toString());
  }

  /** Returns how many bytes a character has that begins with {@code first}; 0 if none does. */
  private static int sequenceLength(byte first) {
    if (first >= 0) {
      return 1;
    }
    if ((first & 0xE0) == 0xC0) {
      return 2;
    }
    if ((first & 0xF0) == 0xE0) {
      return 3;
    }
    return (first & 0xF8) == 0xF0 ? 4 : 0;
  }

  /** Returns the character at {@code start}; -1 if it is cut, overlong or no character. */
  private static int codePoint(byte[] bytes, int start, int length) {
    checkArgument(length >= 1 && length <= 4, "length is %s (expected: 1 to 4)", length);
    if (length == 1) {
      return bytes[start];
    }
    if (length > bytes.length - start) {
      return -1;
    }
    int codePoint = bytes[start] & (0x7F >> length);
    for (int i = start + 1; i < start + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return -1;
      }
      codePoint = codePoint << 6 | (bytes[i] & 0x3F);
    }
    boolean overlong = codePoint < (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000);
    return overlong || codePoint > Character.MAX_CODE_POINT || isSurrogate(codePoint)
        ? -1
        : codePoint;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
