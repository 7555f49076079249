package io.avma.transport;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.util.OptionalLong;

/**
 * A place in a source: a file, an answer, a pool. Only what the source has is there.
 *
 * @param source the source's name, for people; a file name without its folder, if possible
 * @param offset bytes from the source's beginning, from 0
 * @param chunk the chunk, from 0
 * @param record the record, from 0; in event logs the record's own number
 * @param line the line, from 1
 */
@CheckReturnValue
public record Position(
    String source,
    OptionalLong offset,
    OptionalLong chunk,
    OptionalLong record,
    OptionalLong line) {
  /** Returns the source as a whole. */
  public static Position in(String source) {
    OptionalLong nowhere = OptionalLong.empty();
    return new Position(source, nowhere, nowhere, nowhere, nowhere);
  }

  /** Returns this place with an offset in bytes, at least 0. */
  public Position atOffset(long bytes) {
    checkArgument(bytes >= 0, "offset is %s (expected: at least 0)", bytes);
    return new Position(source, OptionalLong.of(bytes), chunk, record, line);
  }

  /** Returns this place with a chunk, counted from 0. */
  public Position inChunk(long number) {
    return new Position(source, offset, OptionalLong.of(number), record, line);
  }

  /** Returns this place with a record. */
  public Position inRecord(long number) {
    return new Position(source, offset, chunk, OptionalLong.of(number), line);
  }

  /** Returns this place with a line, counted from 1. */
  public Position onLine(long number) {
    checkArgument(number >= 1, "line is %s (expected: at least 1)", number);
    return new Position(source, offset, chunk, record, OptionalLong.of(number));
  }

  /**
   * Returns the place for people: {@code pool_1: record 3 at offset 7680}, {@code log.xml: line 7}.
   */
  @Override
  public String toString() {
    StringBuilder inner = new StringBuilder();
    chunk.ifPresent(number -> inner.append("chunk ").append(number));
    record.ifPresent(
        number ->
            inner
                .append(inner.length() == 0 ? "" : ", ")
                .append("record ")
                .append(Long.toUnsignedString(number)));
    line.ifPresent(
        number -> inner.append(inner.length() == 0 ? "" : ", ").append("line ").append(number));
    offset.ifPresent(
        bytes -> inner.append(inner.length() == 0 ? "" : " at ").append("offset ").append(bytes));
    String name = ForeignText.escape(source, 200);
    return inner.length() == 0 ? name : name + ": " + inner;
  }
}
