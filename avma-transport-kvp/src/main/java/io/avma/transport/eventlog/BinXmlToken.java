package io.avma.transport.eventlog;

/**
 * The tokens of binary XML. Bit {@link #MORE} on a token says that more of the same follows, on an
 * element that an attribute list follows.
 *
 * <p>Source: MS-EVEN6 section 2.2.12 and the libevtx format description (documented).
 */
final class BinXmlToken {
  private BinXmlToken() {}

  static final int MORE = 0x40;
  static final int KIND_MASK = 0x3F;

  static final int END_OF_STREAM = 0x00;

  /** u16 dependency, u32 data size, u32 name offset, [name], with {@link #MORE} a u32 list size. */
  static final int OPEN_ELEMENT = 0x01;

  static final int CLOSE_START = 0x02;
  static final int CLOSE_EMPTY = 0x03;
  static final int END_ELEMENT = 0x04;

  /** u8 type 01, u16 characters, UTF-16. */
  static final int VALUE = 0x05;

  /** u32 name offset, [name], then its value. */
  static final int ATTRIBUTE = 0x06;

  /** u16 characters, UTF-16. */
  static final int CDATA = 0x07;

  /** u16. */
  static final int CHARACTER_REFERENCE = 0x08;

  /** u32 name offset, [name]. */
  static final int ENTITY_REFERENCE = 0x09;

  /** u32 name offset, [name]. */
  static final int PI_TARGET = 0x0A;

  /** u16 characters, UTF-16. */
  static final int PI_DATA = 0x0B;

  /** u8 1, u32 template id, u32 definition offset, [definition], instance data. */
  static final int TEMPLATE_INSTANCE = 0x0C;

  /** u16 slot, u8 type. */
  static final int SUBSTITUTION = 0x0D;

  /** u16 slot, u8 type; a null value drops the attribute or element it belongs to. */
  static final int OPTIONAL_SUBSTITUTION = 0x0E;

  /** 01 01 00. */
  static final int FRAGMENT_HEADER = 0x0F;

  /** Bytes of a fragment header with its token. */
  static final int FRAGMENT_HEADER_BYTES = 4;

  /** The dependency of an element that depends on no slot. */
  static final int NO_DEPENDENCY = 0xFFFF;

  // A name: u32 next in bucket, u16 hash, u16 characters, UTF-16, NUL.
  static final int NAME_NEXT = 0;
  static final int NAME_HASH = 4;
  static final int NAME_LENGTH = 6;
  static final int NAME_TEXT = 8;
  static final int NAME_NUL_BYTES = 2;

  // A template definition: u32 next in bucket, GUID, u32 size, then fragment, element, end.
  static final int DEFINITION_NEXT = 0;
  static final int DEFINITION_GUID = 4;
  static final int DEFINITION_SIZE = 20;
  static final int DEFINITION_BODY = 24;

  // A template instance after its token, and a value descriptor of it.
  static final int INSTANCE_ID = 1;
  static final int INSTANCE_DEFINITION = 5;
  static final int INSTANCE_HEADER = 9;
  static final int DESCRIPTOR_SIZE = 0; // u16
  static final int DESCRIPTOR_TYPE = 2; // u8, then a zero byte
  static final int DESCRIPTOR_BYTES = 4;
}
