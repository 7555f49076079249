/**
 * Measurements beside peers, in the same run. Each first asserts that all peers do the same work.
 */
@NullMarked
package io.avma.benchmarks;

import org.jspecify.annotations.NullMarked;
