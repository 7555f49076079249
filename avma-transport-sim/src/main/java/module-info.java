/** A simulated Hyper-V: data centre, virtual time, live migration. */
@org.jspecify.annotations.NullMarked
module io.avma.sim {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires com.fasterxml.jackson.core;
  requires com.google.common;
  requires java.security.jgss;
  requires org.slf4j;
  requires static org.eclipse.jetty.server;
  requires io.avma.core;
  requires io.avma.transport.kvp;

  /** A data centre with hosts and guests under virtual time; its hosts are real to your tool. */
  exports io.avma.sim;

  /** Whole experiments as values, played with invariants. */
  exports io.avma.sim.scenario;

  /** What goes wrong, as data. */
  exports io.avma.sim.fault;

  /** The logs of simulated machines as files. */
  exports io.avma.sim.eventlog;

  /** Endpoints that answer as Windows hosts do, for tools that ask over the network. */
  exports io.avma.sim.server;
}
