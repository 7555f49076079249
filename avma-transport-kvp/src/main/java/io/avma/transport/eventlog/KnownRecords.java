package io.avma.transport.eventlog;

import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The ids of all records that are where records should be: a stale copy in free space is worth
 * something only if its record is not among them.
 */
final class KnownRecords {
  private KnownRecords() {}

  /** Reads through the file once; null if the options do not say to salvage. */
  static @Nullable LongPredicate of(LogInput input, EvtxHeader header, EventLogOptions options)
      throws TransportException {
    if (options.strictness() != Strictness.SALVAGE) {
      return null;
    }
    long[] ids = new long[1024];
    int count = 0;
    SlotWalk slots = new SlotWalk(input, header, Strictness.SALVAGE);
    ChunkWorker worker = new ChunkWorker(input.name(), EventLogOptions.standard());
    Optional<ChunkSlot> slot = slots.next();
    while (slot.isPresent()) {
      if (worker.load(input, slot.get(), header, null) == ChunkWorker.Content.CHUNK) {
        while (worker.next()) {
          if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
          }
          ids[count++] = worker.recordId();
        }
      }
      worker.takeFlaws();
      slot = slots.next();
    }
    long[] sorted = Arrays.copyOf(ids, count);
    Arrays.sort(sorted);
    return id -> Arrays.binarySearch(sorted, id) >= 0;
  }
}
