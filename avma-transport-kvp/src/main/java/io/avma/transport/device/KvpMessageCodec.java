package io.avma.transport.device;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Turns requests and answers into the 7,432 bytes of a message and back; one codec for the kernel's
 * side and the daemon's.
 *
 * <p>Decoding what was encoded gives the same value. Any 7,432 bytes decode to a value, or to a
 * {@link TransportException} for {@code DAMAGED} that holds the offset: a size that leaves its
 * field ({@code size-over-field}). Bytes that no size covers are neither kept nor judged, because
 * real messages carry stale memory there. For any thread.
 */
@CheckReturnValue
public final class KvpMessageCodec {
  /** How many bytes a message has, exactly. */
  public static final int LENGTH = KvpMessageLayout.LENGTH;

  private static final int BODY_BYTES = LENGTH - KvpMessageLayout.BODY;

  private KvpMessageCodec() {}

  /** Returns the message of {@code request}; what the operation does not use is 0. */
  public static byte[] encode(KvpRequest request) {
    byte[] message = new byte[LENGTH];
    message[KvpMessageLayout.OPERATION] = (byte) request.operationNumber();
    message[KvpMessageLayout.POOL] = (byte) request.poolNumber();
    ByteBuffer numbers = numbers(message);
    if (request instanceof KvpRequest.Get get) {
      numbers.putInt(KvpMessageLayout.Item.VALUE_TYPE, get.valueType());
      numbers.putInt(KvpMessageLayout.Item.KEY_SIZE, get.key().size());
      numbers.putInt(KvpMessageLayout.Item.VALUE_SIZE, get.valueSize());
      get.key().writeTo(message, KvpMessageLayout.Item.KEY, KvpMessageLayout.KEY_BYTES);
    } else if (request instanceof KvpRequest.Set set) {
      numbers.putInt(KvpMessageLayout.Item.VALUE_TYPE, set.valueType());
      numbers.putInt(KvpMessageLayout.Item.KEY_SIZE, set.key().size());
      numbers.putInt(KvpMessageLayout.Item.VALUE_SIZE, set.value().size());
      set.key().writeTo(message, KvpMessageLayout.Item.KEY, KvpMessageLayout.KEY_BYTES);
      set.value().writeTo(message, KvpMessageLayout.Item.VALUE, KvpMessageLayout.VALUE_BYTES);
    } else if (request instanceof KvpRequest.Delete delete) {
      numbers.putInt(KvpMessageLayout.Deletion.KEY_SIZE, delete.key().size());
      delete.key().writeTo(message, KvpMessageLayout.Deletion.KEY, KvpMessageLayout.KEY_BYTES);
    } else if (request instanceof KvpRequest.Enumerate enumerate) {
      numbers.putInt(KvpMessageLayout.Enumeration.INDEX, enumerate.index());
    } else if (request instanceof KvpRequest.GetIpInfo get) {
      write(message, get.settings());
    } else if (request instanceof KvpRequest.SetIpInfo set) {
      write(message, set.settings());
    } else if (request instanceof KvpRequest.Register register) {
      register
          .version()
          .writeTo(message, KvpMessageLayout.Registration.VERSION, KvpMessageLayout.VERSION_BYTES);
    } else if (request instanceof KvpRequest.Unknown unknown) {
      unknown.body().writeTo(message, KvpMessageLayout.BODY, BODY_BYTES);
    }
    return message;
  }

  /**
   * Returns the request in {@code message}.
   *
   * @throws TransportException {@code DAMAGED} if it has another length or a size leaves its field
   */
  public static KvpRequest decodeRequest(byte[] message) throws TransportException {
    checkLength(message);
    int number = Byte.toUnsignedInt(message[KvpMessageLayout.OPERATION]);
    int pool = Byte.toUnsignedInt(message[KvpMessageLayout.POOL]);
    Optional<KvpOperation> operation = KvpOperation.ofNumber(number);
    if (operation.isEmpty()) {
      return new KvpRequest.Unknown(
          number, pool, FieldBytes.copyOf(message, KvpMessageLayout.BODY, BODY_BYTES));
    }
    ByteBuffer numbers = numbers(message);
    return switch (operation.get()) {
      case GET ->
          new KvpRequest.Get(
              pool,
              numbers.getInt(KvpMessageLayout.Item.VALUE_TYPE),
              itemKey(message),
              numbers.getInt(KvpMessageLayout.Item.VALUE_SIZE));
      case SET ->
          new KvpRequest.Set(
              pool,
              numbers.getInt(KvpMessageLayout.Item.VALUE_TYPE),
              itemKey(message),
              itemValue(message));
      case DELETE ->
          new KvpRequest.Delete(
              pool,
              sized(
                  message,
                  KvpMessageLayout.Deletion.KEY_SIZE,
                  KvpMessageLayout.Deletion.KEY,
                  KvpMessageLayout.KEY_BYTES));
      case ENUMERATE ->
          new KvpRequest.Enumerate(pool, numbers.getInt(KvpMessageLayout.Enumeration.INDEX));
      case GET_IP_INFO -> new KvpRequest.GetIpInfo(readSettings(message));
      case SET_IP_INFO -> new KvpRequest.SetIpInfo(readSettings(message));
      case REGISTER1 ->
          new KvpRequest.Register(
              FieldBytes.copyOf(
                  message, KvpMessageLayout.Registration.VERSION, KvpMessageLayout.VERSION_BYTES));
    };
  }

  /**
   * Returns the message in which the daemon answers {@code request}: the request's own, changed in
   * place.
   *
   * @throws IllegalArgumentException if such a request has no such answer
   */
  public static byte[] encode(KvpRequest request, KvpAnswer answer) {
    byte[] message = encode(request);
    ByteBuffer numbers = numbers(message);
    numbers.putInt(KvpMessageLayout.ERROR, answer.result().value());
    if (answer instanceof KvpAnswer.Value value) {
      checkAnswers(request instanceof KvpRequest.Get, request, answer);
      numbers.putInt(KvpMessageLayout.Item.VALUE_TYPE, value.valueType());
      numbers.putInt(KvpMessageLayout.Item.VALUE_SIZE, value.value().size());
      value.value().writeTo(message, KvpMessageLayout.Item.VALUE, KvpMessageLayout.VALUE_BYTES);
    } else if (answer instanceof KvpAnswer.Item item) {
      checkAnswers(request instanceof KvpRequest.Enumerate, request, answer);
      numbers.putInt(KvpMessageLayout.Enumeration.VALUE_TYPE, item.valueType());
      item.key().writeTo(message, KvpMessageLayout.Enumeration.KEY, KvpMessageLayout.KEY_BYTES);
      item.value()
          .writeTo(message, KvpMessageLayout.Enumeration.VALUE, KvpMessageLayout.VALUE_BYTES);
    } else if (answer instanceof KvpAnswer.Addresses addresses) {
      checkAnswers(request instanceof KvpRequest.GetIpInfo, request, answer);
      write(message, addresses.settings());
    } else if (answer instanceof KvpAnswer.Done) {
      checkAnswers(hasPlainAnswer(request), request, answer);
    }
    return message;
  }

  /**
   * Returns the answer to {@code request} in {@code message}.
   *
   * @throws TransportException {@code DAMAGED} if it has another length or a size leaves its field
   */
  public static KvpAnswer decodeAnswer(KvpRequest request, byte[] message)
      throws TransportException {
    checkLength(message);
    ByteBuffer numbers = numbers(message);
    Hresult result = new Hresult(numbers.getInt(KvpMessageLayout.ERROR));
    if (!result.equals(Hresult.OK)) {
      return new KvpAnswer.Refused(result);
    }
    if (request instanceof KvpRequest.Get) {
      return new KvpAnswer.Value(
          numbers.getInt(KvpMessageLayout.Item.VALUE_TYPE), itemValue(message));
    }
    if (request instanceof KvpRequest.Enumerate) {
      return new KvpAnswer.Item(
          numbers.getInt(KvpMessageLayout.Enumeration.VALUE_TYPE),
          FieldBytes.copyOf(message, KvpMessageLayout.Enumeration.KEY, KvpMessageLayout.KEY_BYTES),
          FieldBytes.copyOf(
              message, KvpMessageLayout.Enumeration.VALUE, KvpMessageLayout.VALUE_BYTES));
    }
    return request instanceof KvpRequest.GetIpInfo
        ? new KvpAnswer.Addresses(readSettings(message))
        : new KvpAnswer.Done();
  }

  private static boolean hasPlainAnswer(KvpRequest request) {
    return !(request instanceof KvpRequest.Get
        || request instanceof KvpRequest.Enumerate
        || request instanceof KvpRequest.GetIpInfo);
  }

  private static void checkAnswers(boolean fits, KvpRequest request, KvpAnswer answer) {
    checkArgument(
        fits,
        "%s does not answer %s",
        answer.getClass().getSimpleName(),
        request.getClass().getSimpleName());
  }

  private static FieldBytes itemKey(byte[] message) throws TransportException {
    return sized(
        message,
        KvpMessageLayout.Item.KEY_SIZE,
        KvpMessageLayout.Item.KEY,
        KvpMessageLayout.KEY_BYTES);
  }

  private static FieldBytes itemValue(byte[] message) throws TransportException {
    return sized(
        message,
        KvpMessageLayout.Item.VALUE_SIZE,
        KvpMessageLayout.Item.VALUE,
        KvpMessageLayout.VALUE_BYTES);
  }

  private static FieldBytes sized(byte[] message, int sizeOffset, int offset, int limit)
      throws TransportException {
    long size = Integer.toUnsignedLong(numbers(message).getInt(sizeOffset));
    if (size > limit) {
      throw damaged(
          "size-over-field",
          sizeOffset,
          "size of a field is " + size + " (expected: at most " + limit + ")");
    }
    return FieldBytes.copyOf(message, offset, (int) size);
  }

  private static void write(byte[] message, IpSettings settings) {
    message[KvpMessageLayout.Addresses.FAMILY] = (byte) settings.family();
    message[KvpMessageLayout.Addresses.DHCP] = (byte) settings.dhcp();
    int addressBytes = KvpMessageLayout.ADDRESS_BYTES;
    int gatewayBytes = KvpMessageLayout.GATEWAY_BYTES;
    settings
        .adapter()
        .writeTo(message, KvpMessageLayout.Addresses.ADAPTER, KvpMessageLayout.ADAPTER_BYTES);
    settings.addresses().writeTo(message, KvpMessageLayout.Addresses.ADDRESS, addressBytes);
    settings.subnets().writeTo(message, KvpMessageLayout.Addresses.SUBNET, addressBytes);
    settings.gateways().writeTo(message, KvpMessageLayout.Addresses.GATEWAY, gatewayBytes);
    settings.dnsServers().writeTo(message, KvpMessageLayout.Addresses.DNS, addressBytes);
  }

  private static IpSettings readSettings(byte[] message) {
    int addressBytes = KvpMessageLayout.ADDRESS_BYTES;
    int gatewayBytes = KvpMessageLayout.GATEWAY_BYTES;
    return new IpSettings(
        FieldBytes.copyOf(
            message, KvpMessageLayout.Addresses.ADAPTER, KvpMessageLayout.ADAPTER_BYTES),
        Byte.toUnsignedInt(message[KvpMessageLayout.Addresses.FAMILY]),
        Byte.toUnsignedInt(message[KvpMessageLayout.Addresses.DHCP]),
        FieldBytes.copyOf(message, KvpMessageLayout.Addresses.ADDRESS, addressBytes),
        FieldBytes.copyOf(message, KvpMessageLayout.Addresses.SUBNET, addressBytes),
        FieldBytes.copyOf(message, KvpMessageLayout.Addresses.GATEWAY, gatewayBytes),
        FieldBytes.copyOf(message, KvpMessageLayout.Addresses.DNS, addressBytes));
  }

  private static ByteBuffer numbers(byte[] message) {
    return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void checkLength(byte[] message) throws TransportException {
    if (message.length != LENGTH) {
      throw damaged(
          "wrong-length", 0, "message has " + message.length + " bytes (expected: " + LENGTH + ")");
    }
  }

  private static TransportException damaged(String code, int offset, String message) {
    return TransportException.damaged(
        new Flaw(code, Flaw.Effect.LOST, Position.in("KVP message").atOffset(offset), message));
  }
}
