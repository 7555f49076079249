package io.avma.transport.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A real file's channel, beside which a program without the lock writes, or which fails. */
final class ScriptedChannel extends FileChannel {
  private final FileChannel file;
  private byte[] append = {};
  private int appendAt = -1;
  private int sizes;
  private int failAt;
  private int writes;

  ScriptedChannel(FileChannel file) {
    this.file = file;
  }

  /** Just after the given question for the size, from 1, somebody appends; 0 is every one. */
  ScriptedChannel appendingAtSize(int question, byte[] bytes) {
    appendAt = question;
    append = bytes;
    return this;
  }

  /** The given write, from 1, fails after half of its bytes, as on a full disk. */
  ScriptedChannel failingAtWrite(int write) {
    failAt = write;
    return this;
  }

  @Override
  public long size() throws IOException {
    long size = file.size();
    sizes++;
    if (appendAt == 0 || appendAt == sizes) {
      int unused = file.write(ByteBuffer.wrap(append), size);
    }
    return size;
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    writes++;
    if (writes == failAt) {
      int half = bytes.remaining() / 2;
      int unused = file.write(bytes.slice(bytes.position(), half), position);
      throw new IOException("a write that fails on purpose");
    }
    return file.write(bytes, position);
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    return file.read(bytes);
  }

  @Override
  public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
    return file.read(buffers, offset, length);
  }

  @Override
  public int read(ByteBuffer bytes, long position) throws IOException {
    return file.read(bytes, position);
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new UnsupportedOperationException("pools are written by position");
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int length) {
    throw new UnsupportedOperationException("pools are written by position");
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    return file.position(position);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    return file.truncate(size);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void implCloseChannel() {}
}
