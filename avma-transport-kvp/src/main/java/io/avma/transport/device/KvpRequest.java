package io.avma.transport.device;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;

/**
 * A message of the kernel to the daemon, and the daemon's own registration.
 *
 * <p>Pools are kept as numbers, 0 to 255, because the daemon does not check them either.
 */
@CheckReturnValue
public sealed interface KvpRequest {
  /** {@code REG_SZ}: the value is text. The daemon ignores the type. */
  int TEXT = 1;

  /** {@code REG_U32}: the value is a 32-bit number. */
  int U32 = 4;

  /** {@code REG_U64}: the value is a 64-bit number. */
  int U64 = 8;

  /** Returns the operation's number on the wire, 0 to 255. */
  int operationNumber();

  /** Returns the pool's number on the wire, 0 to 255; 0 where the operation has none. */
  int poolNumber();

  /** Returns the request that makes the first item with {@code key} have {@code value}. */
  static KvpRequest set(KvpPool pool, String key, String value) {
    return new Set(pool.number(), TEXT, FieldBytes.ofText(key), FieldBytes.ofText(value));
  }

  /** Returns the request that makes the first item with the key of {@code item} be it. */
  static KvpRequest set(KvpPool pool, KvpItem item) {
    return set(pool, item.key(), item.value());
  }

  /** Returns the request that removes the first item with {@code key}. */
  static KvpRequest delete(KvpPool pool, String key) {
    return new Delete(pool.number(), FieldBytes.ofText(key));
  }

  /** Returns the request for the item at {@code index}, counted from 0. */
  static KvpRequest enumerate(KvpPool pool, int index) {
    return new Enumerate(pool.number(), index);
  }

  /** Returns the request for the value of {@code key} that gets a value out of the daemon. */
  static KvpRequest get(KvpPool pool, String key) {
    return new Get(pool.number(), TEXT, FieldBytes.ofText(key), KvpMessageLayout.VALUE_BYTES);
  }

  /** Returns the registration of the version {@code version}. */
  static KvpRequest register(String version) {
    return new Register(FieldBytes.ofText(version).beforeNul());
  }

  /**
   * Asks for the value of a key.
   *
   * @param poolNumber the pool
   * @param valueType the type of the value
   * @param key the key, its NUL included
   * @param valueSize how many bytes the daemon shall copy: the kernel sends 0, so that a host gets
   *     an empty value and enumerates instead; observed
   */
  record Get(int poolNumber, int valueType, FieldBytes key, int valueSize) implements KvpRequest {
    /** Checks the pool. */
    public Get {
      checkPool(poolNumber);
    }

    @Override
    public int operationNumber() {
      return KvpOperation.GET.number();
    }
  }

  /**
   * Makes a key have a value.
   *
   * @param poolNumber the pool
   * @param valueType the type of the value
   * @param key the key, its NUL included
   * @param value the value, its NUL included
   */
  record Set(int poolNumber, int valueType, FieldBytes key, FieldBytes value)
      implements KvpRequest {
    /** Checks the pool. */
    public Set {
      checkPool(poolNumber);
    }

    @Override
    public int operationNumber() {
      return KvpOperation.SET.number();
    }
  }

  /**
   * Removes the first item with a key.
   *
   * @param poolNumber the pool
   * @param key the key, its NUL included
   */
  record Delete(int poolNumber, FieldBytes key) implements KvpRequest {
    /** Checks the pool. */
    public Delete {
      checkPool(poolNumber);
    }

    @Override
    public int operationNumber() {
      return KvpOperation.DELETE.number();
    }
  }

  /**
   * Asks for the item at an index.
   *
   * @param poolNumber the pool
   * @param index the index, from 0; unsigned
   */
  record Enumerate(int poolNumber, int index) implements KvpRequest {
    /** Checks the pool. */
    public Enumerate {
      checkPool(poolNumber);
    }

    @Override
    public int operationNumber() {
      return KvpOperation.ENUMERATE.number();
    }
  }

  /**
   * Asks for the addresses of an adapter.
   *
   * @param settings names the adapter
   */
  record GetIpInfo(IpSettings settings) implements KvpRequest {
    @Override
    public int operationNumber() {
      return KvpOperation.GET_IP_INFO.number();
    }

    @Override
    public int poolNumber() {
      return 0;
    }
  }

  /**
   * Gives an adapter addresses.
   *
   * @param settings the adapter and its addresses
   */
  record SetIpInfo(IpSettings settings) implements KvpRequest {
    @Override
    public int operationNumber() {
      return KvpOperation.SET_IP_INFO.number();
    }

    @Override
    public int poolNumber() {
      return 0;
    }
  }

  /**
   * The daemon's first message, and the kernel's reply to it, which is not answered.
   *
   * @param version the version of the integration services, without NUL
   */
  record Register(FieldBytes version) implements KvpRequest {
    /** Cuts the version at its first NUL. */
    public Register {
      version = version.beforeNul();
    }

    @Override
    public int operationNumber() {
      return KvpOperation.REGISTER1.number();
    }

    @Override
    public int poolNumber() {
      return 0;
    }
  }

  /**
   * An operation that is not known here. The daemon answers such with success.
   *
   * @param operationNumber the operation
   * @param poolNumber the pool
   * @param body everything behind the header, up to the last byte that is not 0
   */
  record Unknown(int operationNumber, int poolNumber, FieldBytes body) implements KvpRequest {
    /** Checks the numbers and drops the zeros at the end of the body. */
    public Unknown {
      checkArgument(
          operationNumber >= 0
              && operationNumber <= 255
              && KvpOperation.ofNumber(operationNumber).isEmpty(),
          "operation is %s (expected: 0 to 255 and unknown)",
          operationNumber);
      checkPool(poolNumber);
      body = body.withoutTrailingZeros();
    }
  }

  private static void checkPool(int number) {
    checkArgument(number >= 0 && number <= 255, "pool is %s (expected: 0 to 255)", number);
  }
}
