package io.avma.transport.device;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/** What a message asks for. Source: Linux {@code include/uapi/linux/hyperv.h}; documented. */
@CheckReturnValue
public enum KvpOperation {
  /** The value of a key. */
  GET(0),
  /** Make a key have a value. */
  SET(1),
  /** Remove the first item with a key. */
  DELETE(2),
  /** The item at an index. */
  ENUMERATE(3),
  /** The addresses of an adapter. */
  GET_IP_INFO(4),
  /** Give an adapter addresses. */
  SET_IP_INFO(5),
  /** The daemon is there; and, from the kernel, which version it speaks. */
  REGISTER1(100);

  private final int number;

  KvpOperation(int number) {
    this.number = number;
  }

  /** Returns the number on the wire. */
  public int number() {
    return number;
  }

  /** Returns the operation with {@code number}, if there is one. */
  public static Optional<KvpOperation> ofNumber(int number) {
    for (KvpOperation operation : values()) {
      if (operation.number == number) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
