/**
 * The real Hyper-V: Data Exchange pools of Linux guests, the daemon's message, Windows event logs.
 */
@org.jspecify.annotations.NullMarked
module io.avma.transport.kvp {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires com.google.common;
  requires org.slf4j;
  requires java.xml;
  requires io.avma.core;

  /** Wire level: the message of {@code /dev/vmbus/hv_kvp} and the kernel's text conversion. */
  exports io.avma.transport.device;

  /** The pool files of a Linux guest, safe beside the daemon. */
  exports io.avma.transport.linux;

  /** Windows event logs in files: a reader that survives real ones, and a writer. */
  exports io.avma.transport.eventlog;
}
