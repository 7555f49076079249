/**
 * What machines there are: Windows releases and editions, hosts, guests, and the numbers and names
 * they go by.
 *
 * <p>Start at {@link io.avma.platform.WindowsRelease}; {@link io.avma.platform.HostProfile} and
 * {@link io.avma.platform.GuestProfile} describe the two machines that every question of this
 * library is about. All types are immutable and safe for any thread. Nothing here asks a machine: a
 * profile holds what its maker knows, and says <em>unknown</em> where he does not.
 */
@NullMarked
package io.avma.platform;

import org.jspecify.annotations.NullMarked;
