package io.avma.transport.device;

/**
 * Where everything lies in the message of {@code /dev/vmbus/hv_kvp}, little-endian.
 *
 * <pre>
 *   0         1       2         4
 *   +---------+-------+---------+--------------------------------------------+
 *   | op u8   | pool  | padding | body, its form decided by the operation    |
 *   +---------+-------+---------+--------------------------------------------+
 *   | error u32 (answers)       | the request's body, changed in place       |
 *   +---------------------------+--------------------------------------------+
 * </pre>
 *
 * Source: Linux {@code include/uapi/linux/hyperv.h}; documented.
 */
final class KvpMessageLayout {
  static final int OPERATION = 0; // u8
  static final int POOL = OPERATION + 1; // u8, then two bytes of padding
  static final int ERROR = 0; // u32, in answers, over the header
  static final int BODY = POOL + 3;

  /** The largest body is that of the IP messages; two bytes of padding follow it. */
  static final int LENGTH = 7432;

  static final int KEY_BYTES = 512;
  static final int VALUE_BYTES = 2048;
  static final int VERSION_BYTES = 512;
  static final int ADAPTER_BYTES = 256;
  static final int ADDRESS_BYTES = 2048;
  static final int GATEWAY_BYTES = 1024;

  private KvpMessageLayout() {}

  /** SET and GET. */
  static final class Item {
    static final int VALUE_TYPE = BODY; // u32
    static final int KEY_SIZE = VALUE_TYPE + 4; // u32, bytes, the NUL counted
    static final int VALUE_SIZE = KEY_SIZE + 4; // u32, likewise
    static final int KEY = VALUE_SIZE + 4; // UTF-8
    static final int VALUE = KEY + KEY_BYTES; // UTF-8, or a u32 or u64

    private Item() {}
  }

  /** DELETE. */
  static final class Deletion {
    static final int KEY_SIZE = BODY; // u32, bytes, the NUL counted
    static final int KEY = KEY_SIZE + 4; // UTF-8

    private Deletion() {}
  }

  /** ENUMERATE. */
  static final class Enumeration {
    static final int INDEX = BODY; // u32
    static final int VALUE_TYPE = INDEX + 4; // u32
    static final int KEY_SIZE = VALUE_TYPE + 4; // u32, bytes, the NUL counted
    static final int VALUE_SIZE = KEY_SIZE + 4; // u32, likewise
    static final int KEY = VALUE_SIZE + 4; // UTF-8
    static final int VALUE = KEY + KEY_BYTES; // UTF-8

    private Enumeration() {}
  }

  /** GET_IP_INFO and SET_IP_INFO. */
  static final class Addresses {
    static final int ADAPTER = BODY; // UTF-8
    static final int FAMILY = ADAPTER + ADAPTER_BYTES; // u8
    static final int DHCP = FAMILY + 1; // u8
    static final int ADDRESS = DHCP + 1; // UTF-8, like all below
    static final int SUBNET = ADDRESS + ADDRESS_BYTES;
    static final int GATEWAY = SUBNET + ADDRESS_BYTES;
    static final int DNS = GATEWAY + GATEWAY_BYTES;

    private Addresses() {}
  }

  /** REGISTER1, in both directions. */
  static final class Registration {
    static final int VERSION = BODY; // UTF-8

    private Registration() {}
  }
}
