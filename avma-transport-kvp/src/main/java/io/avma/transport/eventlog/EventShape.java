package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;

/**
 * What a template is made from: an element with places for values, and the types of those places.
 * Two events of one shape share a template; equal shapes are the same template in every chunk.
 *
 * @param root the element
 * @param slotTypes the declared {@link BinXmlType} of each slot
 */
record EventShape(BinXmlNode.Element root, ImmutableList<Integer> slotTypes) {

  /**
   * Returns the 16 bytes by which the template is known. Derived from the shape, so that the same
   * events give the same file; a reader compares definitions, not only these.
   */
  HashCode guid() {
    return Hashing.murmur3_128().hashUnencodedChars(root + "/" + slotTypes);
  }
}
