/** A simulated Hyper-V: data centre, virtual time, live migration. */
@org.jspecify.annotations.NullMarked
module io.avma.sim {
  requires static org.jspecify;
  requires io.avma.core;
}
