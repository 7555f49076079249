/**
 * Will this host activate this guest, and if not, why not and what to do about it.
 *
 * <p>Start at {@link io.avma.compatibility.CompatibilityMatrix#standard()}. A {@link
 * io.avma.compatibility.Verdict} names every obstacle at once, and what would have to be known
 * where the profiles say <em>unknown</em>. All types are immutable and safe for any thread.
 *
 * <p>A verdict says what AVMA does, not what a licence allows: activation is not entitlement.
 */
@NullMarked
package io.avma.compatibility;

import org.jspecify.annotations.NullMarked;
