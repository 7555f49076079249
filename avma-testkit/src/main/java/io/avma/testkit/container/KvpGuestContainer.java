package io.avma.testkit.container;

import static com.google.common.base.Preconditions.checkArgument;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.avma.kvp.KvpPool;
import io.avma.transport.TransportException;
import io.avma.transport.device.KvpAnswer;
import io.avma.transport.device.KvpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/**
 * A Linux guest with the unmodified {@code hv_kvp_daemon} of Debian and a Java 17 runtime. No port
 * is exposed, and there is no network.
 *
 * <pre>{@code
 * try (KvpGuestContainer guest = new KvpGuestContainer()) {
 *   guest.start();
 *   guest.host().set(KvpPool.EXTERNAL, new KvpItem("role", "web"));
 *   guest.copyFileToContainer(MountableFile.forHostPath("my-tool.jar"), "/my-tool.jar");
 *   guest.execInContainer("java", "-jar", "/my-tool.jar");
 *   assertEquals(List.of(new KvpItem("state", "ready")), guest.host().enumerate(GUEST).items());
 * }
 * }</pre>
 *
 * <p>The image is built from {@link #dockerfile()} when it is first needed, with the network of the
 * machine, and named {@value #IMAGE}; that takes a minute, and later builds find its layers.
 */
public final class KvpGuestContainer extends GenericContainer<KvpGuestContainer> {
  /** The name of the image. Its host part does not exist, so nobody tries to pull it. */
  public static final String IMAGE = "localhost/avma/kvp-guest:1";

  /** The folder of the pools in the container, {@value}. */
  public static final String POOL_DIRECTORY = "/var/lib/hyperv";

  private static final String DOCKERFILE = "io/avma/testkit/container/Dockerfile";
  private static final long MEBIBYTE = 1 << 20;
  private static final int RECORD_BYTES = 2560;
  private final HostSide host = new HostSide(this);
  private final GuestShell shell = new GuestShell(this);
  private long poolBytes = MEBIBYTE;

  /** Makes a container of the image that {@link #dockerfile()} describes. */
  public KvpGuestContainer() {
    this(image(DOCKERFILE, IMAGE));
  }

  /**
   * Makes a container of another image: one that has {@code hyperv-daemons}, {@code prlimit} and
   * {@code timeout}, and stays until it is stopped.
   *
   * @param image its name, or who builds it
   */
  public KvpGuestContainer(Future<String> image) {
    super(image);
    withNetworkMode("none");
  }

  /**
   * Makes a container of an image that exists: one made from {@link #dockerfile()}, kept in a
   * registry of one's own.
   *
   * @throws IllegalStateException if the name neither is nor was declared a substitute for {@code
   *     localhost/avma/kvp-guest}
   */
  public KvpGuestContainer(DockerImageName image) {
    super(compatible(image));
    withNetworkMode("none");
  }

  private static DockerImageName compatible(DockerImageName image) {
    String anyVersion = DockerImageName.parse(IMAGE).getUnversionedPart();
    image.assertCompatibleWith(DockerImageName.parse(anyVersion));
    return image;
  }

  /** Returns the Dockerfile's text, to start one's own from. */
  public static String dockerfile() {
    try (var in = KvpGuestContainer.class.getResourceAsStream("Dockerfile")) {
      if (in == null) {
        throw new IllegalStateException("the test kit lacks its Dockerfile");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ImageFromDockerfile image(String resource, String name) {
    return new ImageFromDockerfile(name, false)
        .withFileFromClasspath("Dockerfile", resource)
        // The build fetches packages; some engines have no other network that could.
        .withBuildImageCmdModifier(build -> build.withNetworkMode("host"));
  }

  /**
   * Puts the pools into {@code directory} of this machine, so that programs here and the daemon
   * share files and locks. Needs an engine on this machine; the pools are created, if they are not
   * there, and belong to the caller.
   */
  @CanIgnoreReturnValue
  public KvpGuestContainer withPoolDirectory(Path directory) {
    Path absolute = directory.toAbsolutePath();
    for (KvpPool pool : KvpPool.values()) {
      Path file = absolute.resolve(fileName(pool));
      try {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return withCreateContainerCmdModifier(
        create -> {
          HostConfig config = create.getHostConfig();
          if (config == null) {
            config = new HostConfig();
            create.withHostConfig(config);
          }
          List<Bind> binds = new ArrayList<>();
          if (config.getBinds() != null) {
            binds.addAll(Arrays.asList(config.getBinds())); // those of withFileSystemBind
          }
          binds.add(new Bind(absolute.toString(), new Volume(POOL_DIRECTORY)));
          config.withBinds(binds);
        });
  }

  /**
   * Says how large a pool may become; 409 records if nobody says so. The daemon is stopped by a
   * limit of the size of files, so a pool above this stops it as well.
   */
  @CanIgnoreReturnValue
  public KvpGuestContainer withLargestPool(int records) {
    checkArgument(records >= 1, "records is %s (expected: at least 1)", records);
    poolBytes = Math.max(MEBIBYTE, (long) records * RECORD_BYTES);
    return this;
  }

  /** Returns the Hyper-V host of this guest. */
  public HostSide host() {
    return host;
  }

  /**
   * Returns the bytes of the file of {@code pool}. They are read in the container, because closing
   * a file in this JVM would drop its locks.
   */
  public byte[] poolFile(KvpPool pool) {
    try {
      return shell.get(POOL_DIRECTORY + "/" + fileName(pool));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes {@code bytes} the content of the file of {@code pool}, under no lock, and drops no lock
   * of anybody.
   */
  public void setPoolFile(KvpPool pool, byte[] bytes) {
    try {
      shell.put(POOL_DIRECTORY + "/" + fileName(pool), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the daemon make its pools. */
  @Override
  protected void containerIsStarted(InspectContainerResponse info) {
    ImmutableList<KvpAnswer> none = play(ImmutableList.of());
    if (!none.isEmpty()) {
      throw new AssertionError(none);
    }
  }

  /** Lets the daemon answer {@code requests}, one after the other. */
  synchronized ImmutableList<KvpAnswer> play(List<KvpRequest> requests) {
    DaemonTape tape = new DaemonTape(requests, poolBytes);
    try {
      return tape.answers(shell.play(tape.bytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TransportException e) {
      throw new IllegalStateException("the daemon's answer makes no sense", e);
    }
  }

  private static String fileName(KvpPool pool) {
    return ".kvp_pool_" + pool.number();
  }
}
