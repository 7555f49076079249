package io.avma.transport.cim;

import io.avma.transport.TransportException;
import org.jspecify.annotations.Nullable;

/** Takes the properties of an instance as they are read. */
interface InstanceSink {
  /**
   * Takes a property.
   *
   * @param offset where it begins, for what is wrong with it
   */
  void property(int offset, String name, @Nullable CimType type, boolean propagated, CimValue value)
      throws TransportException;
}
