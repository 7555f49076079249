package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import java.io.IOException;
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
 * Kills a writer with SIGKILL at a random moment, again and again, and now and then the opener that
 * finishes its write as well. Afterwards the pool is what one of the writer's steps left, either
 * the last that was reported or the one after it, and nothing else.
 */
class PoolCrashTest {
  private static final int RUNS = Integer.getInteger("avma.crash.runs", 100);
  private static final int WINDOW = 600;

  @TempDir Path directory;

  /** The pool is a queue; three steps take its first item, add a last one, and change both ends. */
  private static void step(LinuxGuest guest, int step) throws Exception {
    int turn = step / 3;
    switch (step % 3) {
      case 0 -> guest.pools().remove(KvpPool.GUEST, "k" + turn);
      case 1 -> guest.pools().put(KvpPool.GUEST, item(turn + WINDOW, step));
      default ->
          guest
              .pools()
              .putAll(KvpPool.GUEST, List.of(item(turn + 1, step), item(turn + WINDOW, step)));
    }
  }

  private static KvpItem item(int number, int step) {
    return new KvpItem("k" + number, ("s" + step + ".").repeat(60 + number % 40));
  }

  /** What the pool holds after a step; -1 is before the first. */
  private static List<KvpItem> state(int step) {
    int turn = Math.floorDiv(step, 3);
    int phase = Math.floorMod(step, 3);
    List<KvpItem> items = new ArrayList<>();
    int end = turn + WINDOW + (phase == 0 ? 0 : 1);
    for (int number = turn + 1; number < end; number++) {
      int lastChange = Math.max(-1, 3 * (number - WINDOW) + 2); // when it was the last
      boolean isFirst = number == turn + 1 && phase == 2 && turn >= 0;
      items.add(item(number, isFirst ? step : Math.min(lastChange, step)));
    }
    return items;
  }

  /** Steps from the given number on, reporting each before the next. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      try (LinuxGuest guest = LinuxGuest.open(PoolOptions.in(Path.of(arguments[0])))) {
        for (int step = Integer.parseInt(arguments[1]); ; step++) {
          step(guest, step);
          System.out.println(step);
        }
      }
    }
  }

  private Path pool() {
    return directory.resolve(".kvp_pool_1");
  }

  private boolean isUnfinished() {
    return Files.exists(directory.resolve(".kvp_pool_1.avma-redo"));
  }

  @Test
  void afterAnyKillThePoolIsWhatOneStepLeft() throws Exception {
    Files.write(pool(), PoolEditProperties.bytesOf(state(-1)).bytes());
    long seed = Long.getLong("avma.crash.seed", new Random().nextLong());
    Random random = new Random(seed);
    int unfinished = 0;
    int between = 0;
    int torn = 0;
    int openersKilled = 0;
    int last = -1;
    for (int run = 0; run < RUNS; run++) {
      String what = "run " + run + " -Davma.crash.seed=" + seed;
      int reported = killedWriter(last, random, run);
      byte[] seenByDaemon = Files.readAllBytes(pool());
      between += isBetweenTwoSteps(seenByDaemon, reported) ? 1 : 0;
      torn += seenByDaemon.length % PoolLayout.RECORD_BYTES == 0 ? 0 : 1;
      if (isUnfinished()) {
        unfinished++;
        if (unfinished % 4 == 0) {
          killOpener(random);
          openersKilled++;
        }
      }
      last = check(reported, what);
    }
    System.getLogger("PoolCrashTest")
        .log(
            System.Logger.Level.INFO,
            "{0} kills, {1} with a write to settle, {4} times the opener was killed too; until then"
                + " the daemon would have seen {2} pools between two states, {3} of them with a"
                + " torn tail",
            RUNS,
            unfinished,
            between,
            torn,
            openersKilled);
    assertFalse(isUnfinished());
    assertTrue(unfinished > 0 && openersKilled > 0, "no kill left anything to settle");
    assertTrue(between > 0 || RUNS < 100, "no kill came while the pool itself was written");
  }

  /** Returns the last step that the writer reported. */
  private int killedWriter(int last, Random random, int run) throws Exception {
    int reported = last;
    String[] arguments = {directory.toString(), Integer.toString(last + 1)};
    try (ChildJvm writer = ChildJvm.start(48, Writer.class, arguments)) {
      String line;
      for (int steps = 3 + random.nextInt(6); steps > 0; steps--) {
        line = writer.line();
        assertTrue(line != null, "the writer ended by itself");
        reported = Integer.parseInt(line);
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
        reported = Integer.parseInt(line);
      }
    }
    return reported;
  }

  private void killOpener(Random random) throws Exception {
    try (ChildJvm opener =
        ChildJvm.start(48, OtherProcessTest.Reader.class, directory.toString())) {
      waitUntilThePoolItselfIsWritten();
      spin(random.nextInt(300_000));
      opener.kill();
    }
  }

  /** Whether a reader that knows no redo record, like the daemon, sees neither before nor after. */
  private static boolean isBetweenTwoSteps(byte[] bytes, int reported) throws Exception {
    List<KvpItem> items = PoolCodec.decode(KvpPool.GUEST, bytes, Strictness.LENIENT).items();
    return !items.equals(state(reported)) && !items.equals(state(reported + 1));
  }

  /** Aims: most of a writer's time goes into forcing bytes to disk, not into changing the pool. */
  private void waitUntilThePoolItselfIsWritten() throws IOException {
    FileTime before = Files.getLastModifiedTime(pool());
    long start = System.nanoTime();
    while (Files.getLastModifiedTime(pool()).equals(before)
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

  /** Returns the step whose state the pool is in. */
  private int check(int reported, String run) throws Exception {
    PoolOptions strict =
        PoolOptions.in(directory).toBuilder().strictness(Strictness.STRICT).build();
    try (LinuxGuest guest = LinuxGuest.open(strict)) {
      PoolContent content = guest.pools().read(KvpPool.GUEST);
      int step = content.items().equals(state(reported)) ? reported : reported + 1;
      assertEquals(state(step), content.items(), run);
      assertEquals(
          List.of(),
          content.flaws().stream().filter(flaw -> !flaw.code().equals("other-mode")).toList(),
          run);
      return step;
    }
  }
}
