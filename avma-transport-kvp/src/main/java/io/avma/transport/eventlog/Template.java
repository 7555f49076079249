package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;

/**
 * A template, or a fragment outside templates, compiled: one program that writes XML from literals
 * prepared as UTF-8 and one that tells the structure. Never changed once it is made; a template is
 * itself and equal to no other.
 */
final class Template {
  private final int[] xmlProgram;
  private final byte[] literals;
  private final int[] structureProgram;
  private final ImmutableList<String> strings;
  private final int slotCount;
  private final boolean chunkLocal;
  private final SystemFields system;

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
}
