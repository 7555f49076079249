/**
 * The real Hyper-V: Data Exchange pools of Linux guests, the daemon's message, Windows event logs,
 * the wire formats of WMI.
 */
@org.jspecify.annotations.NullMarked
module io.avma.transport.kvp {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires com.google.common;
  requires org.slf4j;
  requires java.xml;
  requires java.security.jgss;
  requires static org.apache.httpcomponents.core5.httpcore5;
  requires io.avma.core;

  /** Wire level: the message of {@code /dev/vmbus/hv_kvp} and the kernel's text conversion. */
  exports io.avma.transport.device;

  /** Wire level: values of CIM, and the instances that Hyper-V embeds in strings. */
  exports io.avma.transport.cim;

  /** Wire level: the messages of WS-Management, as Windows hosts speak it. */
  exports io.avma.transport.wsman;

  /** The pool files of a Linux guest, safe beside the daemon. */
  exports io.avma.transport.linux;

  /** Windows event logs in files: a reader that survives real ones, and a writer. */
  exports io.avma.transport.eventlog;
}
