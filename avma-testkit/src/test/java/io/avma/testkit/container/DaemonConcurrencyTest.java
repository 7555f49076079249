package io.avma.testkit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.device.KernelText;
import io.avma.transport.device.KvpAnswer;
import io.avma.transport.device.KvpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.Container.ExecResult;

/**
 * The host sets and deletes 10,000 items through the daemon while two JVMs write and one reads.
 *
 * <p>The daemon reads, changes and writes under three locks. In a pool that we write as well it
 * therefore overwrites what we wrote in between; that is counted and said, not asserted, because
 * nobody but the daemon could prevent it. Nothing of the host's may ever be lost, and no record may
 * be torn.
 */
@NeedsDocker
@Timeout(600)
class DaemonConcurrencyTest {
  private static final int CONVERSATIONS = 20;
  private static final int REQUESTS = 500;
  private static final int HOST_KEYS = 30;
  private static final Pattern WRITER = Pattern.compile("writes (\\d+) lost (\\d+) torn (\\d+)");
  private static final Pattern READER =
      Pattern.compile("reads (\\d+) torn (\\d+) errors \\[(.*)\\]", Pattern.DOTALL);

  private record Figures(int writes, int lost, int reads) {}

  @Test
  void inPoolsOfTheirOwnHostAndGuestLoseNothing() throws Exception {
    Figures figures = run(KvpPool.EXTERNAL, KvpPool.GUEST);
    assertEquals(0, figures.lost());
    say("host and guest in pools of their own", figures);
  }

  @Test
  void inOnePoolTheHostLosesNothingAndNothingIsTorn() throws Exception {
    say("host and guest in one pool", run(KvpPool.GUEST, KvpPool.GUEST));
  }

  private static void say(String where, Figures figures) {
    System.getLogger("DaemonConcurrencyTest")
        .log(
            System.Logger.Level.INFO,
            "{0}: {1} requests of the host, {2} writes of ours, {3} of them lost to the daemon,"
                + " {4} readings",
            where,
            CONVERSATIONS * REQUESTS,
            figures.writes(),
            figures.lost(),
            figures.reads());
  }

  private static Figures run(KvpPool hosts, KvpPool ours) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    // In memory, because forcing bytes to a disk is not what is shown here, and takes most time.
    try (KvpGuestContainer guest =
        new KvpGuestContainer().withTmpFs(Map.of(KvpGuestContainer.POOL_DIRECTORY, "rw"))) {
      guest.start();
      String classPath = ClassPathInContainer.copyInto(guest);
      List<Future<String>> workers = new ArrayList<>();
      List<String> roles = List.of("write " + ours + " x", "write " + ours + " y", "read");
      for (String role : roles) {
        workers.add(threads.submit(worker(guest, classPath, role, "/avma/ready" + workers.size())));
      }
      ExecResult ready =
          guest.execInContainer(
              "timeout",
              "120",
              "sh",
              "-c",
              "until [ -e /avma/ready0 ] && [ -e /avma/ready1 ] && [ -e /avma/ready2 ]; do"
                  + " sleep 0.05; done");
      assertEquals(0, ready.getExitCode(), "every worker has begun within two minutes");
      Map<String, String> model = hostWrites(guest, hosts);
      assertEquals(0, guest.execInContainer("touch", "/avma/stop").getExitCode());
      int writes = 0;
      int lost = 0;
      for (Future<String> worker : workers.subList(0, 2)) {
        Matcher line = matched(WRITER, worker.get());
        assertTrue(Integer.parseInt(line.group(1)) > 20, "wrote beside the host: " + line.group());
        writes += Integer.parseInt(line.group(1));
        lost += Integer.parseInt(line.group(2));
        assertEquals("0", line.group(3), "torn");
      }
      Matcher reader = matched(READER, workers.get(2).get());
      assertTrue(Integer.parseInt(reader.group(1)) > 20, "read beside all: " + reader.group());
      assertEquals("0", reader.group(2), "torn");
      assertEquals("", reader.group(3), "errors of the reader");
      Map<String, String> found = new LinkedHashMap<>();
      HostEnumeration enumeration = guest.host().enumerate(hosts);
      for (KvpItem item : enumeration.items()) {
        if (item.key().startsWith("h")) {
          found.put(item.key(), item.value());
        }
      }
      assertTrue(enumeration.complete());
      assertEquals(model, found, "what the host wrote is all there");
      return new Figures(writes, lost, Integer.parseInt(reader.group(1)));
    } finally {
      threads.shutdownNow();
    }
  }

  private static Matcher matched(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    assertTrue(matcher.find(), line);
    return matcher;
  }

  private static Callable<String> worker(
      KvpGuestContainer guest, String classPath, String role, String ready) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of("java", "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(classPath);
    command.add(PoolWorker.class.getName());
    List<String> words = new ArrayList<>(List.of(role.split(" ", -1)));
    words.add(1, KvpGuestContainer.POOL_DIRECTORY);
    command.addAll(words);
    command.add(ready);
    command.add("/avma/stop");
    return () -> {
      ExecResult result = guest.execInContainer(command.toArray(new String[0]));
      return result.getStdout() + result.getStderr();
    };
  }

  /** Returns what the host's pool must hold of the host's items in the end. */
  private static Map<String, String> hostWrites(KvpGuestContainer guest, KvpPool pool) {
    Random random = new Random(17);
    Map<String, String> model = new LinkedHashMap<>();
    for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
      List<KvpRequest> requests = new ArrayList<>();
      List<Boolean> expectedEnds = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        String key = "h" + random.nextInt(HOST_KEYS);
        if (random.nextInt(3) == 0) {
          requests.add(KernelText.deleteByHost(pool.number(), key));
          expectedEnds.add(model.remove(key) == null);
        } else {
          KvpItem item = CheckedItems.item(key, conversation * REQUESTS + i);
          requests.add(KernelText.setByHost(pool.number(), item));
          expectedEnds.add(false);
          model.put(key, item.value());
        }
      }
      List<Boolean> ends = guest.host().exchange(requests).stream().map(KvpAnswer::isEnd).toList();
      assertEquals(expectedEnds, ends, "the daemon is alive and finds what it wrote");
    }
    return model;
  }
}
