package io.avma.testkit.container;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpStore;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.linux.LinuxGuest;
import io.avma.transport.linux.PoolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What a JVM in the container does until a file appears: {@code write DIR POOL PREFIX READY STOP}
 * or {@code read DIR READY STOP}. It makes the file READY when it has done it once, and ends with
 * one line of figures of what it did from then on.
 */
final class PoolWorker {
  private static final int KEYS = 15;

  private PoolWorker() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    Path ready = Path.of(arguments[arguments.length - 2]);
    Path stop = Path.of(arguments[arguments.length - 1]);
    PoolOptions options =
        PoolOptions.in(directory).toBuilder().strictness(Strictness.STRICT).build();
    try (LinuxGuest guest = LinuxGuest.open(options)) {
      System.out.println(
          arguments[0].equals("write")
              ? write(guest.pools(), KvpPool.valueOf(arguments[2]), arguments[3], ready, stop)
              : read(guest.pools(), ready, stop));
    }
  }

  /** Puts and removes items of its own and looks after each time whether they are all there. */
  private static String write(KvpStore store, KvpPool pool, String prefix, Path ready, Path stop)
      throws TransportException, IOException {
    Random random = new Random(prefix.hashCode());
    Map<String, String> model = new LinkedHashMap<>();
    int writes = 0;
    int lost = 0;
    int torn = 0;
    store.put(pool, CheckedItems.item(prefix, 0));
    store.remove(pool, prefix);
    Path begun = Files.createFile(ready);
    while (Files.exists(begun) && !Files.exists(stop)) {
      String key = prefix + random.nextInt(KEYS);
      if (random.nextInt(4) == 0) {
        store.remove(pool, key);
        model.remove(key);
      } else {
        KvpItem item = CheckedItems.item(key, writes);
        store.put(pool, item);
        model.put(key, item.value());
      }
      writes++;
      Map<String, String> found = new LinkedHashMap<>();
      for (KvpItem item : store.read(pool).items()) {
        torn += CheckedItems.isWhole(item) ? 0 : 1;
        if (item.key().startsWith(prefix)) {
          found.put(item.key(), item.value());
        }
      }
      for (String own : keys(model, found)) {
        if (!String.valueOf(model.get(own)).equals(String.valueOf(found.get(own)))) {
          lost++;
        }
      }
      model = found;
    }
    return "writes " + writes + " lost " + lost + " torn " + torn;
  }

  private static Set<String> keys(Map<String, String> one, Map<String, String> other) {
    Set<String> keys = new HashSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys;
  }

  /** Reads everything again and again. */
  private static String read(KvpStore store, Path ready, Path stop)
      throws TransportException, IOException {
    int reads = 0;
    int torn = 0;
    List<String> errors = new ArrayList<>();
    boolean hosts = store.read(KvpPool.EXTERNAL).pool() == KvpPool.EXTERNAL;
    Path begun = Files.createFile(ready);
    while (hosts && Files.exists(begun) && !Files.exists(stop)) {
      for (KvpPool pool : List.of(KvpPool.EXTERNAL, KvpPool.GUEST)) {
        try {
          PoolContent content = store.read(pool);
          for (KvpItem item : content.items()) {
            torn += CheckedItems.isWhole(item) ? 0 : 1;
          }
          reads++;
        } catch (TransportException e) {
          errors.add(e.getMessage());
        }
      }
    }
    return "reads " + reads + " torn " + torn + " errors " + errors;
  }
}
