/**
 * Which AVMA key a guest needs, and what a key you found really is.
 *
 * <p>Start at {@link io.avma.catalog.KeyCatalog#standard()}. All types are immutable and safe for
 * any thread. Nothing here asks Windows: a {@link io.avma.catalog.KeyDiagnosis} says what a key is
 * published as, not whether it is installed or accepted; a checksum that fits never means that a
 * key is genuine. No code here, or anywhere in this library, makes a key.
 *
 * <p>The tables {@code avma-keys.table} and {@code kms-client-keys.table} hold every key with its
 * source and standing; they are verified when they are loaded.
 */
@NullMarked
package io.avma.catalog;

import org.jspecify.annotations.NullMarked;
