/**
 * The real Hyper-V: Data Exchange pools of Linux guests, the daemon's message, Windows event logs.
 */
@org.jspecify.annotations.NullMarked
module io.avma.transport.kvp {
  requires static org.jspecify;
  requires io.avma.core;
}
