package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpPool;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolAttributesTest {
  @TempDir Path directory;

  /** As on Windows, where pools are copied to be looked at; a zip file has no owners either. */
  @Test
  void whereThereAreNoOwnersAndModesNothingIsWrongWithThem() throws Exception {
    try (FileSystem zip =
        FileSystems.newFileSystem(directory.resolve("copies.zip"), Map.of("create", "true"))) {
      Path pool = Files.createFile(zip.getPath("/.kvp_pool_1"));
      BasicFileAttributes attributes = PoolAttributes.read(pool);
      assertTrue(attributes.isRegularFile());
      PoolAttributes.setMode(pool, PoolAttributes.DAEMONS_MODE);
      assertEquals(ImmutableList.of(), PoolAttributes.flaws(KvpPool.GUEST, pool, attributes));
    }
  }
}
