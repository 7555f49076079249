package io.avma.transport.eventlog;

import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.util.Optional;

/**
 * Goes through the slots of a file in steps of 64 KiB, to the end that the file had when it was
 * opened, whatever its header says; in a log that overwrites its oldest chunk, from there on and
 * around. When salvaging, a slot without the mark of a chunk, or whose records are not what its
 * checksum says, is searched for one that is not where it should be, and the steps go on from
 * there.
 *
 * <p>Afterwards {@link #filled} tells it what the slots held, in order, and {@link #finish} adds
 * the flaws of the file as a whole.
 */
final class SlotWalk {
  private final LogInput input;
  private final EvtxHeader header;
  private final boolean salvages;
  private final long size;
  private final byte[] window = new byte[EvtxChunkLayout.BYTES + Long.BYTES];
  private long offset;
  private long number;

  /** The slot that was written first, and whether the slots in front of it come now. */
  private final long begin;

  private boolean around;

  /** Where the slots end. */
  private long end;

  private long emptyFrom = -1;
  private long emptySlots;
  private long chunks;
  private boolean reportedEmpty;

  SlotWalk(LogInput input, EvtxHeader header, Strictness strictness) throws TransportException {
    this.input = input;
    this.header = header;
    this.salvages = strictness == Strictness.SALVAGE;
    this.size = input.size();
    this.begin = SlotOrder.firstSlot(input, size);
    this.number = begin;
    this.offset = offsetOf(begin);
    this.end = offset;
  }

  private static long offsetOf(long slot) {
    return EvtxFileLayout.BLOCK_BYTES + slot * EvtxChunkLayout.BYTES;
  }

  /** Returns the next slot; empty at the end of the file. */
  Optional<ChunkSlot> next() throws TransportException {
    if (begin > 0 && !around && size - offset < EvtxChunkLayout.BYTES) {
      around = true;
      number = 0;
      offset = EvtxFileLayout.BLOCK_BYTES;
    }
    if (around ? number == begin : size - offset < EvtxChunkLayout.RECORDS) {
      return Optional.empty();
    }
    long bytes = Math.min(EvtxChunkLayout.BYTES, size - offset);
    if (salvages) {
      bytes = Math.min(bytes, toNextChunk());
    }
    boolean newest = begin > 0 ? number == begin - 1 : !startsWithChunk(offset + bytes);
    boolean last = header.isDirty() && newest;
    ChunkSlot slot = new ChunkSlot(number, offset, (int) bytes, last);
    offset += bytes;
    end = Math.max(end, offset);
    number++;
    return Optional.of(slot);
  }

  private boolean startsWithChunk(long at) throws TransportException {
    return input.read(at, window, Long.BYTES) == Long.BYTES && ChunkHeader.hasMagic(window);
  }

  /**
   * Bytes up to the next misplaced chunk. A slot that starts with a chunk ends in front of another
   * only if its own checksum says that something is missing: a record may hold the mark of a chunk.
   */
  private long toNextChunk() throws TransportException {
    int count = input.read(offset, window, window.length);
    boolean startsWithChunk = count >= Long.BYTES && ChunkHeader.hasMagic(window);
    int next = nextMark(startsWithChunk ? EvtxChunkLayout.RECORDS : 1, count);
    return next < 0 || (startsWithChunk && !ChunkHeader.isTorn(window, count))
        ? EvtxChunkLayout.BYTES
        : next;
  }

  private int nextMark(int from, int count) {
    for (int i = from; i + Long.BYTES <= count; i++) {
      if (LittleEndian.i64(window, i) == EvtxChunkLayout.MAGIC_VALUE) {
        return i;
      }
    }
    return -1;
  }

  /** Takes note of what a slot held. */
  void filled(ChunkSlot slot, ChunkWorker.Content content, FlawLog flaws)
      throws TransportException {
    switch (content) {
      case EMPTY -> {
        if (emptyFrom < 0) {
          emptyFrom = slot.offset();
        }
        emptySlots++;
      }
      case UNKNOWN -> {
        endEmpty(flaws);
        flaws.add(
            new Flaw(
                "chunk-magic",
                Flaw.Effect.LOST,
                Position.in(input.name()).inChunk(slot.number()).atOffset(slot.offset()),
                "no chunk where one should be; Strictness.SALVAGE searches it for records"));
      }
      case CHUNK -> {
        endEmpty(flaws);
        chunks++;
        if (slot.bytes() < EvtxChunkLayout.BYTES && !salvages) {
          flaws.add(
              new Flaw(
                  "torn-chunk",
                  Flaw.Effect.LOST,
                  Position.in(input.name()).inChunk(slot.number()).atOffset(slot.offset()),
                  "the file ends after "
                      + slot.bytes()
                      + " bytes of the chunk (expected: 65536); what is there is read"));
        }
      }
    }
  }

  /** Empty slots in front of others: a log fills its slots in order, so something was there. */
  private void endEmpty(FlawLog flaws) throws TransportException {
    if (emptyFrom < 0) {
      return;
    }
    reportedEmpty = true;
    Flaw flaw =
        new Flaw(
            "empty-slots",
            Flaw.Effect.LOST,
            Position.in(input.name()).atOffset(emptyFrom),
            emptySlots + " empty slots of 64 KiB in front of others");
    emptyFrom = -1;
    emptySlots = 0;
    flaws.add(flaw);
  }

  /** Adds the flaws of the file as a whole. */
  void finish(FlawLog flaws) throws TransportException {
    Position place = Position.in(input.name());
    if (chunks == 0 && !header.hasMagic()) {
      throw new TransportException(
          TransportException.Reason.DAMAGED,
          place + ": neither a file header nor a chunk of an event log; is it an .evtx file?");
    }
    if (header.chunkCount() > chunks && !header.isDirty() && !reportedEmpty) {
      flaws.add(
          new Flaw(
              "chunks-missing",
              Flaw.Effect.LOST,
              place.atOffset(EvtxFileLayout.CHUNK_COUNT),
              "the header counts " + header.chunkCount() + " chunks, " + chunks + " were found"));
    }
    if (size > end) {
      flaws.add(
          new Flaw(
              "trailing-bytes",
              Flaw.Effect.NOTED,
              place.atOffset(end),
              (size - end) + " bytes behind the last chunk"));
    }
    changes(flaws, place);
  }

  private void changes(FlawLog flaws, Position place) throws TransportException {
    if (!header.isSameAs(EvtxHeader.read(input))) {
      flaws.add(
          new Flaw(
              "file-changed",
              Flaw.Effect.NOTED,
              place.atOffset(0),
              "the header of the file is another one than when it was opened"));
    }
    LogChanges.report(input, size, flaws);
  }
}
