package io.avma.testkit.container;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.testkit.contract.TransportFixture;
import io.avma.transport.HyperVGuest;
import io.avma.transport.device.KernelText;
import io.avma.transport.device.KvpRequest;
import io.avma.transport.linux.LinuxGuest;
import io.avma.transport.linux.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.containers.Container.ExecResult;

/**
 * {@link LinuxGuest} beside the real daemon, which shares the directory. One container serves all
 * fixtures of a JVM, because starting one takes seconds; it goes when the JVM does.
 */
final class DaemonFixture implements TransportFixture {
  private static final int NUMBER = KvpPool.EXTERNAL.number();
  private final Shared shared = Shared.INSTANCE;

  /** Started when the first fixture is made. */
  private static final class Shared {
    static final Shared INSTANCE = new Shared();

    final Path directory;
    final KvpGuestContainer guest;

    private Shared() {
      try {
        directory = Files.createTempDirectory("avma-contract-daemon");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      guest = new KvpGuestContainer().withPoolDirectory(directory);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      guest.start();
    }

    /** In the container, because closing a file in this JVM would drop its locks. */
    void empty() {
      try {
        ExecResult result =
            guest.execInContainer(
                "sh",
                "-c",
                "for n in 0 1 2 3 4; do : > "
                    + KvpGuestContainer.POOL_DIRECTORY
                    + "/.kvp_pool_$n || exit 1; done");
        if (result.getExitCode() != 0) {
          throw new IllegalStateException(result.getStderr());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** The pools are all that is in it, or the directory stays and shows what else. */
  private static void delete(Path directory) {
    try {
      for (KvpPool pool : KvpPool.values()) {
        Files.deleteIfExists(directory.resolve(".kvp_pool_" + pool.number()));
      }
      Files.delete(directory);
    } catch (IOException e) {
      System.getLogger("DaemonFixture").log(System.Logger.Level.WARNING, "left " + directory, e);
    }
  }

  DaemonFixture() {
    shared.empty();
  }

  @Override
  public HyperVGuest open() {
    return LinuxGuest.open(PoolOptions.in(shared.directory));
  }

  @Override
  public void hostSets(List<KvpItem> items) {
    List<KvpRequest> requests =
        items.stream().map(item -> KernelText.setByHost(NUMBER, item)).toList();
    shared.guest.host().exchange(requests);
  }

  @Override
  public void hostDeletes(List<String> keys) {
    List<KvpRequest> requests =
        keys.stream().map(key -> KernelText.deleteByHost(NUMBER, key)).toList();
    shared.guest.host().exchange(requests);
  }

  @Override
  public ImmutableList<KvpItem> hostSees() {
    return shared.guest.host().enumerate(KvpPool.GUEST).items();
  }

  @Override
  public void close() {}
}
