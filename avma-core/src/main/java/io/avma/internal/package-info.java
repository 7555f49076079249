/**
 * What several rooms of this module share and nobody outside sees: the reader of the data tables.
 *
 * <p>Not exported. All types are immutable.
 */
@NullMarked
package io.avma.internal;

import org.jspecify.annotations.NullMarked;
