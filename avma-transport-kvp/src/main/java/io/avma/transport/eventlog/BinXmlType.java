package io.avma.transport.eventlog;

/**
 * The value types of binary XML. Bit {@link #ARRAY} on a type makes it an array.
 *
 * <p>Source: MS-EVEN6 section 2.2.12 and the libevtx format description (documented).
 */
final class BinXmlType {
  private BinXmlType() {}

  static final int ARRAY = 0x80;

  static final int NULL = 0x00;
  static final int STRING = 0x01;
  static final int ANSI_STRING = 0x02;
  static final int INT8 = 0x03;
  static final int UINT8 = 0x04;
  static final int INT16 = 0x05;
  static final int UINT16 = 0x06;
  static final int INT32 = 0x07;
  static final int UINT32 = 0x08;
  static final int INT64 = 0x09;
  static final int UINT64 = 0x0A;
  static final int FLOAT = 0x0B;
  static final int DOUBLE = 0x0C;
  static final int BOOL = 0x0D;
  static final int BINARY = 0x0E;
  static final int GUID = 0x0F;
  static final int SIZE_T = 0x10;
  static final int FILETIME = 0x11;
  static final int SYSTEMTIME = 0x12;
  static final int SID = 0x13;
  static final int HEX32 = 0x14;
  static final int HEX64 = 0x15;
  static final int HANDLE = 0x20;
  static final int BINXML = 0x21;
  static final int XML = 0x23;

  /**
   * Returns the bytes of one item of an array of {@code type} that takes {@code arrayBytes} in all,
   * or 0 if items of this type have no fixed width.
   */
  static int itemBytes(int type) {
    return switch (type) {
      case INT8, UINT8 -> 1;
      case INT16, UINT16 -> 2;
      case INT32, UINT32, FLOAT, BOOL, HEX32 -> 4;
      case INT64, UINT64, DOUBLE, FILETIME, HEX64 -> 8;
      case GUID, SYSTEMTIME -> 16;
      default -> 0; // strings end with a NUL, a SID tells its own length, SIZE_T is either
    };
  }
}
