package io.avma.transport.device;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import java.util.Optional;

/**
 * The results that an answer's first four bytes can hold. Source: Linux {@code
 * include/uapi/linux/hyperv.h}; documented.
 */
@CheckReturnValue
public enum KvpResult {
  /** Done. */
  OK(0),
  /** It failed. */
  FAIL(0x80004005),
  /** The end of an enumeration, a key that is not there, or an item that is too large. */
  CONTINUE(0x80070103),
  /** The operation is not supported. */
  NOT_SUPPORTED(0x80070032),
  /** The machine is locked. */
  MACHINE_LOCKED(0x800704F7),
  /** The device is not connected. */
  DEVICE_NOT_CONNECTED(0x8007048F),
  /** An argument is invalid. */
  INVALID_ARGUMENT(0x80070057),
  /** There is no adapter with this identifier. */
  GUID_NOT_FOUND(0x80041002),
  /** It exists already. */
  ALREADY_EXISTS(0x80070050),
  /** The disk is full. */
  DISK_FULL(0x80070070);

  @SuppressWarnings(
      "ImmutableEnumChecker") // a record of one number; only its annotation is missing
  private final Hresult code;

  KvpResult(int code) {
    this.code = new Hresult(code);
  }

  /** Returns the number on the wire. */
  public Hresult code() {
    return code;
  }

  /** Returns the result with {@code code}, if it is known. */
  public static Optional<KvpResult> ofCode(Hresult code) {
    for (KvpResult result : values()) {
      if (result.code.equals(code)) {
        return Optional.of(result);
      }
    }
    return Optional.empty();
  }
}
