package io.avma.transport.eventlog;

import io.avma.transport.Flaw;
import io.avma.transport.Position;
import java.util.ArrayList;
import java.util.List;

/** The flaws found in one chunk, with their places in the file. */
final class ChunkFlaws {
  private final String source;
  private final List<Flaw> flaws = new ArrayList<>();
  private long chunk;
  private long fileOffset;

  ChunkFlaws(String source) {
    this.source = source;
  }

  /** Starts with the chunk that is the {@code number}-th slot of the file. */
  void startChunk(long number, long offset) {
    flaws.clear();
    chunk = number;
    fileOffset = offset;
  }

  /** Adds a flaw at an offset inside the chunk. */
  void add(String code, Flaw.Effect effect, int chunkOffset, String message) {
    flaws.add(new Flaw(code, effect, at(chunkOffset), message));
  }

  /** Adds a flaw of a record. */
  void addRecord(String code, Flaw.Effect effect, int chunkOffset, long id, String message) {
    flaws.add(new Flaw(code, effect, at(chunkOffset).inRecord(id), message));
  }

  private Position at(int chunkOffset) {
    return Position.in(source).inChunk(chunk).atOffset(fileOffset + chunkOffset);
  }

  /** Returns the flaws so far and forgets them. */
  List<Flaw> take() {
    if (flaws.isEmpty()) {
      return List.of();
    }
    List<Flaw> taken = new ArrayList<>(flaws);
    flaws.clear();
    return taken;
  }
}
