/** The Data Exchange pools of a Linux guest, safe beside a running {@code hv_kvp_daemon}. */
@NullMarked
package io.avma.transport.linux;

import org.jspecify.annotations.NullMarked;
