/**
 * A simulated Hyper-V: a data centre with hosts and guests under virtual time. It grants nothing to
 * a real Windows, and never will.
 */
@NullMarked
package io.avma.sim;

import org.jspecify.annotations.NullMarked;
