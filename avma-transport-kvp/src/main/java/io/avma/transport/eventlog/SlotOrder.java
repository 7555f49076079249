package io.avma.transport.eventlog;

import io.avma.transport.TransportException;

/**
 * Where a log that overwrites its oldest chunk begins. Such a log fills its slots in a ring, so in
 * the file its newest records stand in front of its oldest. The header of the file says where the
 * ring begins, but is stale in a log that was in use, so the chunks are asked.
 */
final class SlotOrder {
  private SlotOrder() {}

  /**
   * Returns the number of the slot that was written first: 0 unless the numbers of the chunks are
   * plainly those of a ring, every slot a chunk and the numbers falling exactly once.
   */
  static long firstSlot(LogInput input, long size) throws TransportException {
    byte[] head = new byte[EvtxChunkLayout.LAST_RECORD_NUMBER + Long.BYTES];
    long slots = (size - EvtxFileLayout.BLOCK_BYTES) / EvtxChunkLayout.BYTES;
    long begin = 0;
    long first = 0;
    long before = 0;
    for (long slot = 0; slot < slots; slot++) {
      long at = EvtxFileLayout.BLOCK_BYTES + slot * EvtxChunkLayout.BYTES;
      if (input.read(at, head, head.length) < head.length || !ChunkHeader.hasMagic(head)) {
        return 0;
      }
      long number = LittleEndian.i64(head, EvtxChunkLayout.FIRST_RECORD_NUMBER);
      if (slot == 0) {
        first = number;
      } else if (Long.compareUnsigned(number, before) < 0) {
        if (begin != 0 || Long.compareUnsigned(number, first) >= 0) {
          return 0;
        }
        begin = slot;
      } else if (begin != 0 && Long.compareUnsigned(number, first) >= 0) {
        return 0;
      }
      before = number;
    }
    return begin;
  }
}
