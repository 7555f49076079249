package io.avma.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.Main;

/** JMH's own command line, without the peers that this machine lacks; it says which those are. */
final class BenchmarkMain {
  private BenchmarkMain() {}

  /** Takes JMH's arguments. */
  public static void main(String[] arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    for (ForeignPeer peer : ForeignPeer.values()) {
      if (!peer.isHere()) {
        System.out.println("# " + peer + " is not on this machine, so it is not measured");
        all.add("-e");
        all.add(peer.benchmark());
      }
    }
    Main.main(all.toArray(String[]::new));
  }
}
