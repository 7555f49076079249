/**
 * The domain of Automatic Virtual Machine Activation: which key a guest needs, which host activates
 * it, what the two say to each other, and what is known about it afterwards.
 *
 * <p>Pure: no I/O, no clock, no thread, no randomness.
 */
@org.jspecify.annotations.NullMarked
module io.avma.core {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires com.google.common;
  requires java.xml;

  /** What machines there are: releases, editions, hosts, guests, and the numbers they go by. */
  exports io.avma.platform;

  /** Which AVMA key a guest needs, and what a key you found really is. */
  exports io.avma.catalog;

  /** Will this host activate this guest, and if not, why and what to do. */
  exports io.avma.compatibility;

  /** What to do with a key: command lines, evaluation media, answer files. */
  exports io.avma.install;

  /** What guest and host tell each other through Data Exchange, typed and untrusted. */
  exports io.avma.kvp;

  /** What guest and host say to each other, and what becomes of the guest. */
  exports io.avma.activation;

  /** What Windows writes into its event logs about activation, to and from the raw record. */
  exports io.avma.eventlog;

  /**
   * The ports: a host, a guest and an event log as every transport and the simulator offer them.
   */
  exports io.avma.transport;

  /** What became of each VM: where it ran, when it was activated, on what evidence. */
  exports io.avma.tracking;
}
