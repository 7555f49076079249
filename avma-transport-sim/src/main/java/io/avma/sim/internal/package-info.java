/** What the rooms of the simulator share and nobody else sees. */
@NullMarked
package io.avma.sim.internal;

import org.jspecify.annotations.NullMarked;
