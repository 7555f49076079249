/**
 * A Linux guest with the real {@code hv_kvp_daemon}, in a container: does my tool get along with
 * it?
 *
 * <p>Start at {@link io.avma.testkit.container.KvpGuestContainer}. Needs Testcontainers on the
 * class path, which the test kit does not bring along, and a Docker that runs Linux containers.
 *
 * <p>A container has no {@code /dev/vmbus/hv_kvp} and can be given none. What stands there is a
 * file that plays the kernel's side of a conversation, so this shows what the daemon does with its
 * pools, their format, limits and locks. It shows nothing of VMBus, of a host, or of AVMA; what the
 * kernel does to text on the way is our own model of it, {@link
 * io.avma.transport.device.KernelText}.
 */
@NullMarked
package io.avma.testkit.container;

import org.jspecify.annotations.NullMarked;
