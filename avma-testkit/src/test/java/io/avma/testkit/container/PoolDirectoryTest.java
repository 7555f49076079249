package io.avma.testkit.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.BindMode;
import org.testcontainers.utility.DockerImageName;

@NeedsDocker
@Timeout(300)
class PoolDirectoryTest {
  @TempDir Path pools;
  @TempDir Path other;

  private static boolean isLocked(Path file) throws IOException {
    String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
    return Files.readString(Path.of("/proc/locks")).contains(inode);
  }

  @Test
  void bindsOfTheUserStayAndLooksAtPoolFilesDropNoLock() throws Exception {
    Files.writeString(other.resolve("file"), "of the user");
    try (KvpGuestContainer guest =
        new KvpGuestContainer()
            .withFileSystemBind(other.toString(), "/other", BindMode.READ_ONLY)
            .withPoolDirectory(pools)) {
      guest.start();
      assertEquals("of the user", guest.execInContainer("cat", "/other/file").getStdout());
      guest.host().set(KvpPool.EXTERNAL, new KvpItem("a", "1"));
      Path pool = pools.resolve(".kvp_pool_0");
      assertEquals(2560, Files.size(pool), "the daemon writes here");
      byte[] bytes = Files.readAllBytes(pool);
      try (FileChannel channel =
              FileChannel.open(pool, StandardOpenOption.READ, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        assertTrue(lock.isValid() && isLocked(pool));
        assertArrayEquals(bytes, guest.poolFile(KvpPool.EXTERNAL));
        assertTrue(isLocked(pool), "after reading");
        guest.setPoolFile(KvpPool.EXTERNAL, new byte[0]);
        assertTrue(isLocked(pool), "after writing");
      }
      assertEquals(0, Files.size(pool));
    }
  }

  @Test
  void anImageMustBeOneOfOursOrSayThatItIsASubstitute() {
    DockerImageName foreign = DockerImageName.parse("registry.invalid/guest:1");
    assertThrows(IllegalStateException.class, () -> new KvpGuestContainer(foreign).close());
    new KvpGuestContainer(foreign.asCompatibleSubstituteFor("localhost/avma/kvp-guest")).close();
  }
}
