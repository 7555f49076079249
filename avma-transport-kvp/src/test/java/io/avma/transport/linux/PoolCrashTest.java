package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writer with SIGKILL at a random moment, again and again. Afterwards the pool is what one
 * of its steps left, either the last that was reported or the one after it, and nothing else.
 */
class PoolCrashTest {
  private static final int RUNS = Integer.getInteger("avma.crash.runs", 100);
  private static final int FILLERS = 600;

  @TempDir Path directory;

  /** What the pool holds after a step; each changes the first record and one far behind it. */
  private static List<KvpItem> state(int step) {
    List<KvpItem> items = new ArrayList<>();
    items.add(new KvpItem("step", Integer.toString(step)));
    for (int i = 0; i < FILLERS; i++) {
      int lastChange = step - Math.floorMod(step - i, FILLERS);
      items.add(filler(i, Math.max(lastChange, 0)));
    }
    return items;
  }

  private static KvpItem filler(int i, int step) {
    return new KvpItem("filler" + i, ("s" + step + ".").repeat(60 + i % 40));
  }

  /** Steps from the given number on, reporting each before the next. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      try (LinuxGuest guest = LinuxGuest.open(PoolOptions.in(Path.of(arguments[0])))) {
        for (int step = Integer.parseInt(arguments[1]); ; step++) {
          if (step % 3 == 0) {
            boolean there = guest.pools().remove(KvpPool.GUEST, "extra");
            System.out.println("- " + there);
          } else {
            guest.pools().put(KvpPool.GUEST, new KvpItem("extra", "e".repeat(step % 1000)));
            System.out.println("+");
          }
          guest.pools().putAll(KvpPool.GUEST, state(step));
          System.out.println(step);
        }
      }
    }
  }

  @Test
  void afterAnyKillThePoolIsWhatOneStepLeft() throws Exception {
    Files.createFile(directory.resolve(".kvp_pool_1"));
    long seed = Long.getLong("avma.crash.seed", new Random().nextLong());
    Random random = new Random(seed);
    int unfinished = 0;
    int between = 0;
    int torn = 0;
    int first = 1;
    for (int run = 0; run < RUNS; run++) {
      int reported = first - 1;
      try (ChildJvm writer =
          ChildJvm.start(48, Writer.class, directory.toString(), Integer.toString(first))) {
        int steps = 1 + random.nextInt(3);
        String line = "";
        while (steps > 0 && (line = writer.line()) != null) {
          if (isNumber(line)) {
            reported = Integer.parseInt(line);
            steps--;
          }
        }
        // The moment of the kill is the random point, so real time must pass here.
        if (run % 2 == 0) {
          LockSupport.parkNanos(random.nextInt(6_000_000));
        } else {
          waitUntilThePoolItselfIsWritten();
          spin(random.nextInt(300_000));
        }
        writer.kill();
        while ((line = writer.line()) != null) {
          reported = isNumber(line) ? Integer.parseInt(line) : reported;
        }
      }
      byte[] seenByDaemon = Files.readAllBytes(directory.resolve(".kvp_pool_1"));
      between += isBetweenTwoSteps(seenByDaemon) ? 1 : 0;
      torn += seenByDaemon.length % PoolLayout.RECORD_BYTES == 0 ? 0 : 1;
      unfinished += Files.exists(directory.resolve(".kvp_pool_1.avma-redo")) ? 1 : 0;
      first = 1 + check(reported, "run " + run + " -Davma.crash.seed=" + seed);
    }
    System.getLogger("PoolCrashTest")
        .log(
            System.Logger.Level.INFO,
            "{0} kills, {1} with a write to settle; until then the daemon would have seen"
                + " {2} pools between two states, {3} of them with a torn tail",
            RUNS,
            unfinished,
            between,
            torn);
    assertEquals(false, Files.exists(directory.resolve(".kvp_pool_1.avma-redo")));
  }

  /** Whether a reader that knows no redo record, like the daemon, sees neither before nor after. */
  private static boolean isBetweenTwoSteps(byte[] bytes) throws Exception {
    List<KvpItem> items =
        new ArrayList<>(PoolCodec.decode(KvpPool.GUEST, bytes, Strictness.LENIENT).items());
    items.removeIf(item -> item.key().equals("extra"));
    return !items.isEmpty() && !items.equals(state(Integer.parseInt(items.get(0).value())));
  }

  /** Aims: most of a writer's time goes into forcing bytes to disk, not into changing the pool. */
  private void waitUntilThePoolItselfIsWritten() throws Exception {
    Path pool = directory.resolve(".kvp_pool_1");
    FileTime before = Files.getLastModifiedTime(pool);
    long start = System.nanoTime();
    while (Files.getLastModifiedTime(pool).equals(before)
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1)) {
      Thread.onSpinWait();
    }
  }

  private static void spin(long nanos) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  private static boolean isNumber(String line) {
    return !line.isEmpty() && Character.isDigit(line.charAt(0));
  }

  private int check(int reported, String run) throws Exception {
    PoolOptions strict =
        PoolOptions.in(directory).toBuilder().strictness(Strictness.STRICT).build();
    try (LinuxGuest guest = LinuxGuest.open(strict)) {
      PoolContent content = guest.pools().read(KvpPool.GUEST);
      int step = Integer.parseInt(content.firstWins().getOrDefault("step", "0"));
      assertTrue(step == reported || step == reported + 1, run + ": " + step + " of " + reported);
      List<KvpItem> items = new ArrayList<>(content.items());
      items.removeIf(item -> item.key().equals("extra"));
      assertEquals(step == 0 ? List.of() : state(step), items, run);
      assertEquals(List.of(), content.flaws(), run);
      return step;
    }
  }
}
