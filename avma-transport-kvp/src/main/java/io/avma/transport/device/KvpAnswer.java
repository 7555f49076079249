package io.avma.transport.device;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;

/** A message of the daemon to the kernel: what became of a request. */
@CheckReturnValue
public sealed interface KvpAnswer {
  /** Returns the result. */
  Hresult result();

  /** Returns whether this is the end of an enumeration, or a key that is not there. */
  default boolean isEnd() {
    return result().equals(KvpResult.CONTINUE.code());
  }

  /**
   * It was not done. The body means nothing.
   *
   * @param result why, never 0
   */
  record Refused(Hresult result) implements KvpAnswer {
    /** Checks that it is not success. */
    public Refused {
      checkArgument(result.value() != 0, "result is 0 (expected: any other)");
    }
  }

  /** It was done, and there is nothing more to say. */
  record Done() implements KvpAnswer {
    @Override
    public Hresult result() {
      return Hresult.OK;
    }
  }

  /**
   * The value of a key.
   *
   * @param valueType the type of the value
   * @param value the bytes that were asked for
   */
  record Value(int valueType, FieldBytes value) implements KvpAnswer {
    @Override
    public Hresult result() {
      return Hresult.OK;
    }
  }

  /**
   * The item at an index. The daemon fills both fields whole, so what follows the first NUL is
   * stale memory; {@link KernelText#toHost(KvpAnswer.Item)} reads it as the kernel does.
   *
   * @param valueType the type of the value
   * @param key the field of the key, up to its last byte that is not 0
   * @param value the field of the value, likewise
   */
  record Item(int valueType, FieldBytes key, FieldBytes value) implements KvpAnswer {
    /** Drops the zeros at the end of the fields. */
    public Item {
      key = key.withoutTrailingZeros();
      value = value.withoutTrailingZeros();
    }

    @Override
    public Hresult result() {
      return Hresult.OK;
    }
  }

  /**
   * The addresses of an adapter.
   *
   * @param settings the addresses
   */
  record Addresses(IpSettings settings) implements KvpAnswer {
    @Override
    public Hresult result() {
      return Hresult.OK;
    }
  }
}
