/**
 * What became of each virtual machine: where it ran, from when to when it was activated, on what
 * evidence, and where the evidence contradicts itself.
 *
 * <p>Start at {@link io.avma.tracking.LicenseLedger}. An {@link io.avma.tracking.Observer} turns
 * what hosts, guests and logs say into observations; the ledger is a set of them, so their order
 * and their repetition do not matter; {@link io.avma.tracking.LicenseLedger#view} reads it under
 * stated {@link io.avma.tracking.LedgerTerms} into histories, findings and figures.
 *
 * <p>All types are immutable and safe for any thread. What a guest says about itself never counts
 * as evidence of an activation, what is simulated never counts as real, and nothing here says that
 * anybody is entitled to anything: it says <em>activated</em>, and why.
 */
@NullMarked
package io.avma.tracking;

import org.jspecify.annotations.NullMarked;
