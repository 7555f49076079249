package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * A template, or a fragment outside templates, compiled: one program that writes XML from literals
 * prepared as UTF-8 and one that tells the structure. Belongs to one thread, like the cache it is
 * in; never changed once it is made, but for what the thread's filter notes about it.
 */
final class Template {
  private final int[] xmlProgram;
  private final byte[] literals;
  private final int[] structureProgram;
  private final ImmutableList<String> strings;
  private final int slotCount;
  private final boolean chunkLocal;
  private final SystemFields system;
  private final long memory;
  private RawFilter.@Nullable Providers providers;

  Template(
      int[] xmlProgram,
      byte[] literals,
      int[] structureProgram,
      ImmutableList<String> strings,
      int slotCount,
      boolean chunkLocal,
      SystemFields system) {
    this.xmlProgram = xmlProgram;
    this.literals = literals;
    this.structureProgram = structureProgram;
    this.strings = strings;
    this.slotCount = slotCount;
    this.chunkLocal = chunkLocal;
    this.system = system;
    this.memory = estimate();
  }

  /** The program that writes XML; not to be changed, like every array here. */
  int[] xmlProgram() {
    return xmlProgram;
  }

  /** UTF-8 that {@link ProgramCode#LITERAL} refers to. */
  byte[] literals() {
    return literals;
  }

  /** The program that tells the structure. */
  int[] structureProgram() {
    return structureProgram;
  }

  /** Names and texts that the structure program refers to. */
  ImmutableList<String> strings() {
    return strings;
  }

  /** How many values an instance must have. */
  int slotCount() {
    return slotCount;
  }

  /** Whether the programs refer to places in the chunk they came from. */
  boolean isChunkLocal() {
    return chunkLocal;
  }

  SystemFields system() {
    return system;
  }

  /** What the filter has found out about the provider; null until it was asked. */
  RawFilter.@Nullable Providers providers() {
    return providers;
  }

  void providers(RawFilter.Providers found) {
    providers = found;
  }

  /** About how many bytes of memory it takes. */
  long memory() {
    return memory;
  }

  private long estimate() {
    long bytes = literals.length + 4L * (xmlProgram.length + structureProgram.length);
    for (String string : strings) {
      bytes += 2L * string.length();
    }
    return bytes;
  }
}
