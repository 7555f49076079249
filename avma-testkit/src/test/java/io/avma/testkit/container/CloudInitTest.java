package io.avma.testkit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.io.BaseEncoding;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.device.KvpAnswer;
import io.avma.transport.linux.PoolCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.utility.MountableFile;

/** A pool that cloud-init's reporting handler wrote, read by us and by the daemon. */
@NeedsDocker
class CloudInitTest {
  private static final String RESOURCES = "io/avma/testkit/container/";

  @Test
  void everythingThatCloudInitWroteIsRead() throws Exception {
    try (KvpGuestContainer guest =
        new KvpGuestContainer(
            KvpGuestContainer.image(
                RESOURCES + "CloudInit.Dockerfile", "localhost/avma/cloud-init:1"))) {
      guest.start();
      guest.copyFileToContainer(
          MountableFile.forClasspathResource(RESOURCES + "cloud_init_writer.py"), "/avma/w.py");
      ExecResult written =
          guest.execInContainer(
              "python3", "/avma/w.py", KvpGuestContainer.POOL_DIRECTORY + "/.kvp_pool_1");
      assertEquals(0, written.getExitCode(), written.getStderr());
      List<List<byte[]>> fields = fields(written.getStdout());

      PoolContent content =
          PoolCodec.decode(KvpPool.GUEST, guest.poolFile(KvpPool.GUEST), Strictness.LENIENT);
      List<KvpItem> items = new ArrayList<>();
      fields.forEach(record -> items.add(new KvpItem(text(record, 0), text(record, 1))));
      assertEquals(items, content.items());

      List<String> codes = content.flaws().stream().map(Flaw::code).toList();
      assertEquals(2, codes.stream().filter("key-without-nul"::equals).count(), codes.toString());
      for (String code : List.of("duplicate-key", "value-without-nul", "value-not-utf8")) {
        assertTrue(codes.contains(code), code + " among " + codes);
      }
      assertTrue(items.stream().anyMatch(item -> item.key().endsWith("|1")), "a message in pieces");

      List<KvpAnswer.Item> records = guest.host().records(KvpPool.GUEST);
      assertEquals(items.size(), records.size(), "the daemon enumerates them all as well");
    }
  }

  private static List<List<byte[]>> fields(String output) {
    List<List<byte[]>> fields = new ArrayList<>();
    for (String line : Splitter.on('\n').omitEmptyStrings().split(output)) {
      List<byte[]> record = new ArrayList<>();
      for (String hex : Splitter.on(':').split(line)) {
        record.add(BaseEncoding.base16().lowerCase().decode(hex));
      }
      fields.add(record);
    }
    assertTrue(fields.size() > 9, output);
    return fields;
  }

  private static String text(List<byte[]> record, int field) {
    return new String(record.get(field), StandardCharsets.UTF_8);
  }
}
