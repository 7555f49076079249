/** Arbitraries of the domain for property-based tests. */
@NullMarked
package io.avma.testkit.arbitrary;

import org.jspecify.annotations.NullMarked;
