/**
 * The Data Exchange pools of a Linux guest, safe beside a running {@code hv_kvp_daemon}: what did
 * the host say, and what shall it see?
 *
 * <p>Start at {@link io.avma.transport.linux.LinuxGuest}. A pool is a file of records, each a key
 * of 512 and a value of 2,048 bytes that end at their first NUL:
 *
 * <pre>
 *   /var/lib/hyperv/.kvp_pool_0 … .kvp_pool_4
 *   +-----------+----------------+-----------+----------------+---
 *   | key[512]  | value[2048]    | key[512]  | value[2048]    | …   no header, no end mark
 *   +-----------+----------------+-----------+----------------+---
 * </pre>
 *
 * Source: Linux {@code tools/hv/hv_kvp_daemon.c}; documented. Pools are written in place under the
 * POSIX lock that the daemon honors, never renamed over. Guests and stores may be used by several
 * threads; the other types are immutable. Nothing here talks to the device or to the host, and
 * programs that lock with {@code flock} alone are not held off.
 */
@NullMarked
package io.avma.transport.linux;

import org.jspecify.annotations.NullMarked;
