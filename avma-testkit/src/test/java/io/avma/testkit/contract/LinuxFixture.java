package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.VmId;
import io.avma.transport.HyperVGuest;
import io.avma.transport.linux.LinuxGuest;
import io.avma.transport.linux.PoolOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link LinuxGuest} on a directory of its own. The host is played by thirty lines that know the
 * format from its description and nothing of our reader and writer.
 */
final class LinuxFixture implements TransportFixture {
  private final Path directory;
  private boolean gone;

  LinuxFixture() throws IOException {
    directory = PoolDirectory.create();
  }

  @Override
  public HyperVGuest open() {
    return LinuxGuest.open(PoolOptions.in(directory));
  }

  @Override
  public void hostSets(List<KvpItem> items) throws IOException {
    List<KvpItem> pool = new ArrayList<>(read(KvpPool.EXTERNAL));
    for (KvpItem item : items) {
      int place = MemoryStore.indexOf(pool, item.key());
      if (place < 0) {
        pool.add(item);
      } else {
        pool.set(place, item);
      }
    }
    write(KvpPool.EXTERNAL, pool);
  }

  @Override
  public void hostDeletes(List<String> keys) throws IOException {
    List<KvpItem> pool = new ArrayList<>(read(KvpPool.EXTERNAL));
    pool.removeIf(item -> keys.contains(item.key()));
    write(KvpPool.EXTERNAL, pool);
  }

  @Override
  public ImmutableList<KvpItem> hostSees() throws IOException {
    return read(KvpPool.GUEST);
  }

  @Override
  public Optional<VmId> vm() throws IOException {
    VmId vm = VmId.parse("0f1e2d3c-4b5a-4968-8796-a5b4c3d2e1f0").orElseThrow();
    write(KvpPool.AUTO_EXTERNAL, List.of(new KvpItem("VirtualMachineId", vm.toString())));
    return Optional.of(vm);
  }

  /** The daemon's directory is not there, as in a guest that is none of Hyper-V's. */
  @Override
  public boolean goAway() throws IOException {
    PoolDirectory.delete(directory);
    gone = true;
    return true;
  }

  private ImmutableList<KvpItem> read(KvpPool pool) throws IOException {
    byte[] file = Files.readAllBytes(PoolDirectory.file(directory, pool));
    ImmutableList.Builder<KvpItem> items = ImmutableList.builder();
    for (int at = 0; at + 2560 <= file.length; at += 2560) {
      items.add(new KvpItem(text(file, at, 512), text(file, at + 512, 2048)));
    }
    return items.build();
  }

  private static String text(byte[] file, int from, int length) {
    int end = from;
    while (end < from + length && file[end] != 0) {
      end++;
    }
    return new String(file, from, end - from, StandardCharsets.UTF_8);
  }

  private void write(KvpPool pool, List<KvpItem> items) throws IOException {
    byte[] bytes = new byte[items.size() * 2560];
    for (int i = 0; i < items.size(); i++) {
      copy(items.get(i).key(), bytes, i * 2560);
      copy(items.get(i).value(), bytes, i * 2560 + 512);
    }
    try (RandomAccessFile file =
            new RandomAccessFile(PoolDirectory.file(directory, pool).toFile(), "rw");
        FileLock lock = lock(file.getChannel())) {
      file.setLength(0);
      file.write(bytes);
      if (!lock.isValid()) {
        throw new IOException("lost the lock");
      }
    }
  }

  /** A host waits for a reader; here the reader, which watches, may be a thread of this JVM. */
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static void copy(String text, byte[] bytes, int at) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(encoded, 0, bytes, at, encoded.length);
  }

  @Override
  public void close() throws IOException {
    if (!gone) {
      PoolDirectory.delete(directory);
    }
  }
}
