package io.avma.transport.eventlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiled templates of the chunks read so far, for the chunks to come: a file of 60,000 records
 * has some thirty distinct templates but defines them anew in every chunk. Found by GUID, then
 * compared in full with each {@link TemplateImage}, since chunks may define one GUID differently.
 *
 * <p>When more templates have come together than the limits or the memory allow, the cache starts
 * anew: only a crafted file gets there. For one thread.
 */
final class TemplateCache {
  private static final long MAX_MEMORY = 16 << 20;

  private record Guid(long low, long high) {}

  private record Entry(TemplateImage image, Template template) {}

  private final EventLogLimits limits;

  /** Never iterated. */
  private final Map<Guid, List<Entry>> entries = new HashMap<>();

  private int count;
  private long memory;

  TemplateCache(EventLogLimits limits) {
    this.limits = limits;
  }

  /** Returns the compiled definition at {@code start}, which spans {@code bytes} in the chunk. */
  Template get(byte[] chunk, int start, int bytes) throws MalformedEvent {
    Guid guid =
        new Guid(
            LittleEndian.i64(chunk, start + BinXmlToken.DEFINITION_GUID),
            LittleEndian.i64(chunk, start + BinXmlToken.DEFINITION_GUID + 8));
    List<Entry> variants = entries.get(guid);
    if (variants != null) {
      for (Entry entry : variants) {
        if (entry.image.matches(chunk, start, bytes)) {
          return entry.template;
        }
      }
    }
    return compile(chunk, start, bytes, guid);
  }

  private Template compile(byte[] chunk, int start, int bytes, Guid guid) throws MalformedEvent {
    TemplateImage.Recorder recorder = new TemplateImage.Recorder(chunk, start);
    BinXmlParser parser =
        BinXmlParser.ofDefinition(
            chunk, start + BinXmlToken.DEFINITION_BODY, start + bytes, limits, recorder);
    Template template = TemplateCompiler.compile(parser.fragment(), limits);
    if (!template.isChunkLocal()) {
      keep(guid, new Entry(recorder.image(bytes), template));
    }
    return template;
  }

  private void keep(Guid guid, Entry entry) {
    long size = entry.image.memory() + entry.template.memory();
    if (count >= limits.maxCachedTemplates() || memory + size > MAX_MEMORY) {
      entries.clear();
      count = 0;
      memory = 0;
    }
    entries.computeIfAbsent(guid, unused -> new ArrayList<>(2)).add(entry);
    count++;
    memory += size;
  }
}
