package io.avma.transport.eventlog;

import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything one thread needs to read chunks: a buffer of 64 KiB, the compiled templates, and what
 * decodes records. Loads one chunk after the other and goes through its records; what it hands out
 * is valid until the next record.
 */
final class ChunkWorker {
  private static final byte[] ZEROS = new byte[EvtxChunkLayout.BYTES];

  private final EventLogLimits limits;
  private final EventLogOptions options;
  private final byte[] chunk = new byte[EvtxChunkLayout.BYTES];
  private final ChunkTemplates templates;
  private final XmlRenderer renderer;
  private final EventDecoder decoder;
  private final ChunkFlaws flaws;
  private final ChunkHeader header = new ChunkHeader();
  private final RecordWalk walk;
  private final RawFilter filter;

  /** How much the events of this chunk may still take. A bad one costs only what it took. */
  private int budget;

  private boolean headless;
  private boolean ended;

  ChunkWorker(String source, EventLogOptions options) {
    this.options = options;
    this.limits = options.limits();
    this.templates = new ChunkTemplates(new TemplateCache(limits));
    this.renderer = new XmlRenderer(templates, limits);
    this.decoder = new EventDecoder(templates, limits);
    this.flaws = new ChunkFlaws(source);
    this.walk = new RecordWalk(flaws);
    this.filter = new RawFilter(options.filter());
  }

  /** What a slot of the file turned out to be. */
  enum Content {
    /** Zeros: never used, or wiped. */
    EMPTY,
    /** Something without the mark of a chunk, which was not searched. */
    UNKNOWN,
    /** A chunk, or what is left of one. */
    CHUNK
  }

  /**
   * Reads a slot and gets ready for its first record.
   *
   * @param known which record ids are known; null unless slack is to be searched
   */
  Content load(LogInput input, ChunkSlot slot, EvtxHeader file, @Nullable LongPredicate known)
      throws TransportException {
    flaws.startChunk(slot.number(), slot.offset());
    templates.startChunk();
    budget = limits.maxChunkXmlBytes();
    headless = false;
    ended = true;
    int available = input.read(slot.offset(), chunk, slot.bytes());
    if (available < slot.bytes()) {
      flaws.add(
          "file-shrunk",
          Flaw.Effect.LOST,
          available,
          "the file ends here now; when it was opened it had "
              + (slot.bytes() - available)
              + " bytes more of this chunk");
    }
    Arrays.fill(chunk, available, chunk.length, (byte) 0);
    if (Arrays.equals(chunk, ZEROS)) {
      return Content.EMPTY;
    }
    if (available >= EvtxChunkLayout.RECORDS && ChunkHeader.hasMagic(chunk)) {
      header.read(chunk, available, file.hasChecksums(), file.isDirty() && slot.isLast(), flaws);
      walk.start(chunk, header.recordsEnd(), available, known);
    } else if (known != null && available >= EvtxChunkLayout.RECORDS) {
      headless = true;
      walk.startHeadless(chunk, available, known);
    } else {
      return Content.UNKNOWN;
    }
    ended = false;
    return Content.CHUNK;
  }

  /** Moves to the next record that the filter can let pass. */
  boolean next() {
    while (!ended) {
      if (!walk.next()) {
        ended = true;
        end();
      } else if (filter.isEverything() || isDoubtful() || canPass()) {
        return true;
      }
    }
    return false;
  }

  private void end() {
    long missing = headless ? 0 : header.declaredRecords() - walk.found();
    if (missing > 0) {
      flaws.add(
          "records-missing",
          Flaw.Effect.LOST,
          EvtxChunkLayout.FIRST_RECORD_NUMBER,
          "the chunk declares "
              + header.declaredRecords()
              + " records, "
              + walk.found()
              + " were found");
    }
  }

  private boolean canPass() {
    int start = contentStart();
    int end = contentEnd();
    int instance = BinXmlFragments.instance(chunk, start, end);
    if (instance < 0) {
      return true; // an element without a template: rare, and decided when it is decoded
    }
    try {
      Template template =
          templates.at(chunk, BinXmlFragments.definition(chunk, instance, end), instance);
      return filter.canPass(chunk, template, BinXmlFragments.values(chunk, instance, end), end);
    } catch (MalformedEvent e) {
      return true; // decoding it will tell the same, and where
    }
  }

  private int contentStart() {
    return walk.offset() + EvtxRecordLayout.BINARY_XML;
  }

  private int contentEnd() {
    return walk.offset() + walk.size() - EvtxRecordLayout.SIZE_COPY_BYTES;
  }

  /** The id of the record in the log file. */
  long recordId() {
    return walk.recordId();
  }

  /** FILETIME at which the record was written. */
  long written() {
    return walk.written();
  }

  int recordOffset() {
    return walk.offset();
  }

  boolean isDoubtful() {
    return walk.isDoubtful() || headless;
  }

  /** Renders the record; null, and a flaw, if it cannot be decoded. */
  @Nullable XmlBuffer xml() {
    int limit = Math.min(limits.maxEventXmlBytes(), budget);
    try {
      XmlBuffer xml = renderer.render(chunk, contentStart(), contentEnd(), limit);
      if (xml.length() == 0) {
        throw new MalformedEvent(0, "the record is empty");
      }
      budget -= xml.used();
      return xml;
    } catch (MalformedEvent e) {
      budget -= renderer.used();
      lost(e);
      return null;
    }
  }

  /**
   * Decodes the record and asks the filter again; empty if it does not pass or, then with a flaw,
   * cannot be decoded.
   */
  Optional<WindowsEvent> event() {
    int limit = Math.min(limits.maxEventXmlBytes(), budget);
    try {
      EventAssembler assembler = decoder.decode(chunk, contentStart(), contentEnd(), limit);
      budget -= assembler.used();
      WindowsEventBuilder builder = assembler.finish();
      // In a torn record the values are zeros, and its header says more.
      if (!assembler.hasTime() || (isDoubtful() && assembler.isTimeZero())) {
        builder.timeCreated(Filetime.toInstant(written()));
      }
      if (!assembler.hasRecordId() || (isDoubtful() && assembler.isRecordIdZero())) {
        builder.recordId(recordId());
      }
      assembler
          .problem()
          .ifPresent(
              problem ->
                  flaws.addRecord(
                      "event-field", Flaw.Effect.DOUBTFUL, walk.offset(), recordId(), problem));
      return Optional.of(builder.build()).filter(this::passes);
    } catch (MalformedEvent e) {
      budget -= decoder.used();
      lost(e);
      return Optional.empty();
    }
  }

  private boolean passes(WindowsEvent event) {
    return filter.isEverything() || options.filter().matches(event);
  }

  private void lost(MalformedEvent e) {
    flaws.addRecord(
        "record-content",
        Flaw.Effect.LOST,
        e.chunkOffset() == 0 ? walk.offset() : e.chunkOffset(),
        recordId(),
        ForeignText.escape(e.reason(), 300));
  }

  /** Returns the flaws since the last call. */
  List<Flaw> takeFlaws() {
    return flaws.take();
  }
}
