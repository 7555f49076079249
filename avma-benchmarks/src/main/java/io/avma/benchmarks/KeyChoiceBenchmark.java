package io.avma.benchmarks;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Table;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Verdict;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The key of a guest and the verdict of a supported pair, beside the two tables of strings that
 * people write for it: a Guava table and a map of maps. One operation is one pair out of sixty.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class KeyChoiceBenchmark {
  private record Pair(
      HostProfile host,
      GuestProfile guest,
      WindowsRelease release,
      Edition edition,
      String hostName,
      String guestName,
      String editionName) {}

  private final KeyCatalog catalog = KeyCatalog.standard();
  private final CompatibilityMatrix matrix = CompatibilityMatrix.standard();
  private Pair[] pairs = {};
  private int next;
  private Table<String, String, String> keyTable = HashBasedTable.create();
  private Table<String, String, Boolean> matrixTable = HashBasedTable.create();
  private final Map<String, Map<String, String>> keyMap = new HashMap<>();
  private final Map<String, Map<String, Boolean>> matrixMap = new HashMap<>();

  /** Fills the peers from the catalogue and checks that all three give the same answers. */
  @Setup
  public void fill() {
    List<Pair> all = new ArrayList<>();
    for (WindowsRelease host : WindowsRelease.values()) {
      for (AvmaKey key : catalog.avmaKeys()) {
        WindowsRelease release = key.release();
        GuestProfile guest = GuestProfile.of(release, key.edition());
        if (host.baseline() == host
            && matrix.verdict(HostProfile.datacenter(host), guest).isSupported()) {
          all.add(
              new Pair(
                  HostProfile.datacenter(host),
                  guest,
                  release,
                  key.edition(),
                  host.label(),
                  release.label(),
                  key.edition().label()));
          keyTable.put(release.label(), key.edition().label(), key.key().reveal());
          matrixTable.put(host.label(), release.label(), true);
          keyMap
              .computeIfAbsent(release.label(), unused -> new HashMap<>())
              .put(key.edition().label(), key.key().reveal());
          matrixMap
              .computeIfAbsent(host.label(), unused -> new HashMap<>())
              .put(release.label(), true);
        }
      }
    }
    keyTable = ImmutableTable.copyOf(keyTable);
    matrixTable = ImmutableTable.copyOf(matrixTable);
    pairs = all.toArray(new Pair[0]);
    for (Pair pair : pairs) {
      String ours = catalog.find(pair.release, pair.edition).orElseThrow().key().reveal();
      if (!ours.equals(keyTable.get(pair.guestName, pair.editionName))
          || !ours.equals(keyMap.get(pair.guestName).get(pair.editionName))) {
        throw new IllegalStateException("the peers disagree about " + pair);
      }
    }
  }

  private Pair pair() {
    Pair pair = pairs[next];
    next = next + 1 == pairs.length ? 0 : next + 1;
    return pair;
  }

  /** This library: typed profiles, every obstacle examined, standing and source in the answer. */
  @Benchmark
  public Verdict avma(Blackhole hole) {
    Pair pair = pair();
    GuestSystem.WindowsServer system = (GuestSystem.WindowsServer) pair.guest.system();
    hole.consume(catalog.find(system.release(), system.edition()));
    return matrix.verdict(pair.host, pair.guest);
  }

  /** A Guava table of strings for the keys and one for the matrix. */
  @Benchmark
  public Object guavaTableOfStrings(Blackhole hole) {
    Pair pair = pair();
    hole.consume(keyTable.get(pair.guestName, pair.editionName));
    return matrixTable.get(pair.hostName, pair.guestName);
  }

  /** A map of maps of strings, as most scripts have it. */
  @Benchmark
  public Object mapOfMaps(Blackhole hole) {
    Pair pair = pair();
    hole.consume(keyMap.get(pair.guestName).get(pair.editionName));
    return matrixMap.get(pair.hostName).get(pair.guestName);
  }
}
