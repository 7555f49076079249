package io.avma.transport.eventlog;

/** Bytes in memory as an event log. */
final class BytesInput implements LogInput {
  private final String name;
  private final byte[] bytes;

  BytesInput(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long position, byte[] target, int count) {
    int length = (int) Math.max(0, Math.min(count, bytes.length - position));
    if (length > 0) {
      System.arraycopy(bytes, (int) position, target, 0, length);
    }
    return length;
  }

  @Override
  public boolean isStillThere() {
    return true;
  }

  @Override
  public void close() {}
}
