/**
 * Wire level: the message that the kernel and {@code hv_kvp_daemon} exchange through {@code
 * /dev/vmbus/hv_kvp}, both directions.
 *
 * <p>Start at {@link io.avma.transport.device.KvpMessageCodec}. Every message has 7,432 bytes,
 * little-endian: four bytes of header, then a body whose form the operation decides. An answer
 * carries no operation, so it can only be read beside its request. Source: Linux {@code
 * include/uapi/linux/hyperv.h}; documented. {@link io.avma.transport.device.KernelText} is the
 * conversion that the kernel does between the host's UTF-16 and the guest's UTF-8.
 *
 * <p>All types are immutable and safe for any thread. Nothing here opens the device.
 */
@NullMarked
package io.avma.transport.device;

import org.jspecify.annotations.NullMarked;
