package io.avma.testkit.contract;

import io.avma.kvp.KvpPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory of pools as the daemon makes it. */
final class PoolDirectory {
  private PoolDirectory() {}

  static Path create() throws IOException {
    Path directory = Files.createTempDirectory("avma-contract");
    for (KvpPool pool : KvpPool.values()) {
      Files.createFile(
          file(directory, pool),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    }
    return directory;
  }

  static void delete(Path directory) throws IOException {
    for (KvpPool pool : KvpPool.values()) {
      Files.delete(file(directory, pool));
    }
    Files.delete(directory); // and so nothing else was left in it
  }

  static Path file(Path directory, KvpPool pool) {
    return directory.resolve(".kvp_pool_" + pool.number());
  }
}
