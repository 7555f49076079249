package io.avma.sim.server;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;

/** Reads a body as it comes, no further than a limit; what nobody wants is not kept. */
final class BodyReader implements Runnable {
  private final Content.Source source;
  private final int limit;
  private final boolean keep;
  private final Consumer<Result> whenDone;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int length;

  /** How the reading ended. */
  sealed interface Result {}

  /**
   * With the whole body.
   *
   * @param length in bytes
   * @param bytes none if they were not kept
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Whole(int length, byte[] bytes) implements Result {}

  /** With more than the limit. */
  record TooLong() implements Result {}

  /** With a broken connection or a broken framing. */
  record Broken(Throwable cause) implements Result {}

  BodyReader(Content.Source source, int limit, boolean keep, Consumer<Result> whenDone) {
    this.source = source;
    this.limit = limit;
    this.keep = keep;
    this.whenDone = whenDone;
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        whenDone.accept(new Broken(chunk.getFailure()));
        return;
      }
      int count = chunk.remaining();
      if (count > limit - length) {
        chunk.release();
        whenDone.accept(new TooLong());
        return;
      }
      length += count;
      if (keep && count > 0) {
        byte[] bytes = new byte[count];
        chunk.getByteBuffer().get(bytes);
        kept.writeBytes(bytes);
      }
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        whenDone.accept(new Whole(length, kept.toByteArray()));
        return;
      }
    }
  }
}
