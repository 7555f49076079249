package io.avma.cli;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.linux.LinuxGuest;
import io.avma.transport.linux.PoolCodec;
import io.avma.transport.linux.PoolOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Pools for the tests of {@code avma kvp}. */
final class KvpPools {
  private KvpPools() {}

  /** Makes five pools as the daemon does, all empty. */
  static Path empty(Path folder) throws IOException {
    Path directory = Files.createDirectory(folder.resolve("hyperv"));
    for (KvpPool pool : KvpPool.values()) {
      Files.createFile(
          file(directory, pool),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    }
    return directory;
  }

  static Path file(Path directory, KvpPool pool) {
    return directory.resolve(".kvp_pool_" + pool.number());
  }

  /** Makes five pools; that of the guest holds a twice, a value that is not UTF-8, a torn tail. */
  static Path damaged(Path folder) throws IOException {
    Path directory = empty(folder);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(PoolCodec.encode(new KvpItem("a", "1")));
    byte[] record = PoolCodec.encode(new KvpItem("raw", "x\u001b[31m"));
    record[512] = (byte) 0xE9;
    file.writeBytes(record);
    file.writeBytes(Arrays.copyOf(PoolCodec.encode(new KvpItem("a", "3")), 2560 + 700));
    Files.write(file(directory, KvpPool.GUEST), file.toByteArray());
    return directory;
  }

  /** Runs {@code watch} until the host's three changes were told. */
  static Run watching(Path directory, String... more) {
    String[] args = new String[] {"kvp", "watch", "--dir", directory.toString(), "--count", "3"};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    CompletableFuture<Run> watching = CompletableFuture.supplyAsync(() -> Run.avma(all));
    PoolOptions host = PoolOptions.in(directory).toBuilder().writable(KvpPool.EXTERNAL).build();
    try (LinuxGuest guest = LinuxGuest.open(host)) {
      // Nobody can say from outside when the watch has begun, so the host goes on until it ends.
      for (int i = 0; !watching.isDone(); i++) {
        guest.pools().put(KvpPool.EXTERNAL, new KvpItem("k", "v" + i));
        guest.pools().remove(KvpPool.EXTERNAL, "k");
      }
      guest.pools().remove(KvpPool.EXTERNAL, "k");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return watching.join();
  }
}
