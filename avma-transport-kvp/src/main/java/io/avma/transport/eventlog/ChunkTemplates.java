package io.avma.transport.eventlog;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The templates of the chunk being read, by the offset of their definition. A crafted chunk can
 * point into one definition from everywhere, so the bytes that may be compiled for one chunk are
 * bounded; honest definitions do not overlap and stay below the size of the chunk. It can also name
 * a long name over and over, so what the templates of one chunk take in memory is bounded as well.
 */
final class ChunkTemplates {
  private static final int MAX_COMPILED_BYTES = 4 * EvtxChunkLayout.BYTES;
  private static final long MAX_MEMORY = 8 << 20;

  private final TemplateCache cache;

  /** A {@link Template}, or the {@link MalformedEvent} that it is instead of one. */
  private final @Nullable Object[] byOffset = new @Nullable Object[EvtxChunkLayout.BYTES];

  private int[] used = new int[64];
  private int usedCount;
  private int compiledBytes;
  private long memory;

  ChunkTemplates(TemplateCache cache) {
    this.cache = cache;
  }

  /** Forgets the templates of the last chunk. */
  void startChunk() {
    for (int i = 0; i < usedCount; i++) {
      byOffset[used[i]] = null;
    }
    usedCount = 0;
    compiledBytes = 0;
    memory = 0;
  }

  /** Returns the template whose definition starts at {@code offset}. */
  Template at(byte[] chunk, long offset, int usedFrom) throws MalformedEvent {
    if (offset < chunk.length) {
      Object known = byOffset[(int) offset];
      if (known instanceof Template template) {
        return template;
      } else if (known instanceof MalformedEvent malformed) {
        throw malformed;
      }
    }
    int bytes = definitionBytes(chunk, offset, usedFrom);
    if (bytes > MAX_COMPILED_BYTES - compiledBytes) {
      throw new MalformedEvent(usedFrom, "the chunk's template definitions overlap too much");
    }
    if (memory > MAX_MEMORY) {
      throw new MalformedEvent(usedFrom, "the chunk's templates take too much memory");
    }
    compiledBytes += bytes;
    try {
      Template template = cache.get(chunk, (int) offset, bytes);
      memory += template.memory();
      remember((int) offset, template);
      return template;
    } catch (MalformedEvent e) {
      remember((int) offset, e); // or all its uses together would seem too much
      throw e;
    }
  }

  private void remember(int offset, Object found) {
    if (usedCount == used.length) {
      used = Arrays.copyOf(used, 2 * usedCount);
    }
    used[usedCount++] = offset;
    byOffset[offset] = found;
  }

  /** Returns the checked length of the definition at {@code offset}. */
  static int definitionBytes(byte[] chunk, long offset, int usedFrom) throws MalformedEvent {
    if (offset < EvtxChunkLayout.CRC_BYTES || offset + BinXmlToken.DEFINITION_BODY > chunk.length) {
      throw new MalformedEvent(usedFrom, "the template at " + offset + " is outside the chunk");
    }
    long size = LittleEndian.u32(chunk, (int) offset + BinXmlToken.DEFINITION_SIZE);
    if (size == 0 || size > chunk.length - offset - BinXmlToken.DEFINITION_BODY) {
      throw new MalformedEvent(
          usedFrom, "the template at " + offset + " says it has " + size + " bytes");
    }
    return BinXmlToken.DEFINITION_BODY + (int) size;
  }
}
