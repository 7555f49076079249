package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KvpCommandTest {
  @TempDir Path folder;

  private static Run kvp(Path directory, String... args) {
    List<String> all = new ArrayList<>(List.of("kvp"));
    all.addAll(List.of(args));
    all.addAll(List.of("--dir", directory.toString()));
    return Run.avma(all.toArray(new String[0]));
  }

  @Test
  void whatWasPutIsShownGotAndRemoved() throws Exception {
    Path pools = KvpPools.empty(folder);
    kvp(pools, "put", "state", "ready \u2603").exits(0);
    Run shown = kvp(pools, "show").exits(0);
    assertTrue(shown.out().contains("guest (pool 1, " + pools + "): 1 item\n"), shown.out());
    assertTrue(shown.out().contains("0  state  ready \u2603\n"), shown.out());
    assertEquals("ready \u2603\n", kvp(pools, "get", "state", "--pool", "guest").exits(0).out());
    Run elsewhere = kvp(pools, "get", "state").exits(1);
    assertTrue(elsewhere.err().contains("external has no key"), elsewhere.err());
    kvp(pools, "remove", "state").exits(0);
    kvp(pools, "remove", "state").exits(1);
    assertEquals(0, Files.size(KvpPools.file(pools, KvpPool.GUEST)));
  }

  @Test
  void aNamedPoolIsWritten() throws Exception {
    Path pools = KvpPools.empty(folder);
    kvp(pools, "put", "a", "1", "--pool", "0").exits(0);
    assertEquals("1\n", kvp(pools, "get", "a").exits(0).out());
  }

  @Test
  void showSaysWhatIsWrongAndWhere() throws Exception {
    Path pools = KvpPools.damaged(folder);
    String out = kvp(pools, "show", "--pool", "guest").exits(0).out();
    String text = out.replaceAll("\\s+", " ");
    for (String part :
        List.of(
            "guest (pool 1",
            "3 items",
            "doubtful: pool_1: record 1 at offset 3072: value is not UTF-8",
            "noted: pool_1: record 2 at offset 5120: key is that of record 0",
            "lost: pool_1: offset 7680: the file ends 700 bytes into a record",
            "3 problems, 2 of them leave items in doubt or cost some.")) {
      assertTrue(text.contains(part), () -> part + " in\n" + out);
    }
    assertFalse(out.contains("\u001b"), "foreign text is escaped");
    Run strict = kvp(pools, "show", "--pool", "guest", "--strict").exits(3);
    assertTrue(strict.err().contains("value is not UTF-8"), strict.err());
  }

  @Test
  void eachItemIsAnObjectAndThePoolsOwnProblemsAreTheLast() throws Exception {
    Path pools = KvpPools.damaged(folder);
    List<Map<String, Object>> objects =
        kvp(pools, "show", "--pool", "guest", "--json").exits(0).objects();
    assertEquals(
        List.of("item", "item", "item", "pool"),
        objects.stream().map(object -> object.get("type")).toList());
    assertEquals(1L, objects.get(1).get("index"));
    assertEquals("\ufffd\\u{1B}[31m", objects.get(1).get("value"));
    assertTrue(objects.get(1).get("problems").toString().contains("value-not-utf8"));
    assertTrue(objects.get(3).get("problems").toString().contains("torn-tail"));
  }

  @Test
  void aPoolThatIsNotThereHidesNoOther() throws Exception {
    Path pools = KvpPools.empty(folder);
    kvp(pools, "put", "a", "1").exits(0);
    Files.delete(KvpPools.file(pools, KvpPool.EXTERNAL));
    Run run = kvp(pools, "show").exits(3);
    assertTrue(run.out().contains("guest (pool 1"), run.out());
    assertTrue(run.err().contains("Is this a guest of Hyper-V"), run.err());
    kvp(folder.resolve("nowhere"), "put", "a", "1").exits(3);
    kvp(folder.resolve("nowhere"), "watch").exits(3);
  }

  @Test
  void aPoolThatCannotBeReadIsAnObjectToo() throws Exception {
    Path pools = KvpPools.empty(folder);
    Files.delete(KvpPools.file(pools, KvpPool.EXTERNAL));
    List<Map<String, Object>> objects = kvp(pools, "show", "--json").exits(3).objects();
    assertEquals(5, objects.size());
    assertEquals("external", objects.get(0).get("pool"));
    assertTrue(objects.get(0).containsKey("items"));
    assertEquals(null, objects.get(0).get("items"));
    assertTrue(objects.get(0).get("problems").toString().contains("unreachable"));
    assertEquals(0L, objects.get(1).get("items"));
  }

  @Test
  void getSaysWhatIsWrongWithTheItem() throws Exception {
    Path pools = KvpPools.damaged(folder);
    String key =
        (String)
            kvp(pools, "show", "--pool", "guest", "--json").exits(0).objects().get(1).get("key");
    Run text = kvp(pools, "get", key, "--pool", "guest").exits(0);
    assertEquals("\ufffd\\u{1B}[31m\n", text.out());
    assertTrue(text.err().contains("value is not UTF-8"), text.err());
    Map<String, Object> object =
        kvp(pools, "get", key, "--pool", "guest", "--json").exits(0).objects().get(0);
    assertEquals(1L, object.get("index"));
    assertTrue(object.get("problems").toString().contains("value-not-utf8"));
  }

  @Test
  void rawIsTheValueAndNothingElse() throws Exception {
    Path pools = KvpPools.empty(folder);
    String json = "{\"msg\":\"a\\\"b\\n\u2603\"}";
    kvp(pools, "put", "event", json).exits(0);
    assertEquals(json, kvp(pools, "get", "event", "--pool", "guest", "--raw").exits(0).out());
    kvp(pools, "show", "--raw").exits(2);
    kvp(pools, "get", "event", "--raw", "--json").exits(2);
  }

  @Test
  void whatMustNotBeWrittenIsRefused() throws Exception {
    Path pools = KvpPools.empty(folder);
    String longValue = "v".repeat(3000);
    Run refused = kvp(pools, "put", "a", longValue).exits(2);
    assertTrue(refused.err().contains("3000 UTF-16 units"), refused.err());
    kvp(pools, "put", "", "1").exits(2);
    for (String how : List.of("numbered-keys", "repeated-key")) {
      kvp(pools, "put", how, longValue, "--long-values", how).exits(0);
      Run joined = kvp(pools, "get", how, "--pool", "guest", "--long-values", how).exits(0);
      assertEquals(longValue + "\n", joined.out());
    }
    kvp(pools, "put", "a", "1", "--long-values", "guess").exits(2);
  }

  @Test
  void wrongUsageSaysWhatIsExpected() throws Exception {
    Path pools = KvpPools.empty(folder);
    assertTrue(kvp(pools, "get").exits(2).err().contains("(expected: KEY)"));
    assertTrue(kvp(pools, "put", "a").exits(2).err().contains("(expected: KEY VALUE)"));
    assertTrue(kvp(pools, "show", "--pool", "x").exits(2).err().contains("auto-external"));
    kvp(pools, "list").exits(2);
    for (String count : List.of("0", "-3")) {
      Run refused = kvp(pools, "watch", "--count", count).exits(2);
      assertTrue(refused.err().contains("(expected: at least 1)"), refused.err());
    }
    Run.avma("kvp").exits(2);
    Run.avma("kvp", "--help").exits(0);
  }

  @Test
  void watchTellsChangesAsTheyHappen() throws Exception {
    Run run = KvpPools.watching(KvpPools.empty(folder)).exits(0);
    List<String> lines = run.out().lines().toList();
    assertEquals(3, lines.size());
    for (String line : lines) {
      assertTrue(line.matches("(added k=v\\d+|changed k=v\\d+ \\(was v\\d+\\)|removed k.*)"), line);
    }
  }
}
