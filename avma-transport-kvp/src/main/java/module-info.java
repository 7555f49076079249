/**
 * The real Hyper-V: Data Exchange pools of Linux guests, the daemon's message, Windows event logs.
 */
@org.jspecify.annotations.NullMarked
module io.avma.transport.kvp {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires com.google.common;
  requires io.avma.core;

  /** Wire level: the message of {@code /dev/vmbus/hv_kvp} and the kernel's text conversion. */
  exports io.avma.transport.device;
}
