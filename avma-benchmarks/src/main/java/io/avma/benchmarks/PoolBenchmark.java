package io.avma.benchmarks;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.linux.LinuxGuest;
import io.avma.transport.linux.PoolCodec;
import io.avma.transport.linux.PoolOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A Data Exchange pool of 1,000 records beside its limits: the bytes copied and the same text
 * decoded by the JDK; cloud-init's reader of pools, kept running and asked for the same file; one
 * record overwritten in place and forced to disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PoolBenchmark {
  private static final int RECORDS = 1_000;
  private static final int KEY_BYTES = 512;
  private static final int RECORD_BYTES = 2_560;

  private static final String CLOUD_INIT_LOOP =
      """
      import sys
      from cloudinit.reporting.handlers import HyperVKvpReportingHandler as Handler

      handler = Handler.__new__(Handler)
      handler._kvp_file_path = sys.argv[1]
      for line in sys.stdin:
          print(len(list(handler._iterate_kvps(0))), flush=True)
      """;

  private Path directory = Path.of("");
  private LinuxGuest guest = LinuxGuest.open();
  private byte[] bytes = new byte[0];
  private byte[] record = new byte[0];
  private int[] keyLengths = new int[0];
  private int[] valueLengths = new int[0];
  private @Nullable FileChannel other;
  private @Nullable Process cloudInit;
  private BufferedReader cloudInitSays = new BufferedReader(Reader.nullReader());
  private long round;

  /** Writes the pool through the library and checks that all peers find the same items in it. */
  @Setup
  public void make() throws Exception {
    // Not the folder for temporary files: that may be in memory, where forcing costs nothing.
    directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "avma-bench-pools");
    Path file = Files.createFile(directory.resolve(".kvp_pool_1"));
    guest = LinuxGuest.open(PoolOptions.in(directory));
    for (int i = 0; i < RECORDS; i++) {
      guest.pools().put(KvpPool.GUEST, item(i));
    }
    bytes = Files.readAllBytes(file);
    record = Arrays.copyOf(bytes, RECORD_BYTES);
    keyLengths = new int[RECORDS];
    valueLengths = new int[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      keyLengths[i] = item(i).key().getBytes(StandardCharsets.UTF_8).length;
      valueLengths[i] = item(i).value().getBytes(StandardCharsets.UTF_8).length;
    }
    other =
        FileChannel.open(Files.write(directory.resolve("other"), bytes), StandardOpenOption.WRITE);
    if (read().entries().size() != RECORDS || !decode().items().equals(copyAndDecode())) {
      throw new IllegalStateException("the peers do not find the same");
    }
    if (ForeignPeer.CLOUD_INIT.isHere()) {
      cloudInit =
          new ProcessBuilder(ForeignPeer.PYTHON, "-c", CLOUD_INIT_LOOP, file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      cloudInitSays = cloudInit.inputReader(StandardCharsets.UTF_8);
      if (cloudInit() != RECORDS) {
        throw new IllegalStateException("cloud-init finds another number of items");
      }
    }
  }

  /** Stops cloud-init and removes the pool. */
  @TearDown
  public void clean() throws IOException {
    guest.close();
    if (other != null) {
      other.close();
    }
    if (cloudInit != null) {
      cloudInit.destroy();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(PoolBenchmark::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KvpItem item(int number) {
    // What agents write: short keys, values from a word to a kilobyte, some of it beyond ASCII.
    String text =
        number % 10 == 0 ? "\u0441\u0435\u0440\u0432\u0435\u0440 " : "phase=boot result=ok ";
    return new KvpItem(
        "CLOUD_INIT|b2f5|event|" + number, text.repeat(number % 4 + 1) + "n".repeat(number % 200));
  }

  /** The bytes to items, with every check. */
  @Benchmark
  public PoolContent decode() throws TransportException {
    return PoolCodec.decode(KvpPool.GUEST, bytes, Strictness.LENIENT);
  }

  /** The bytes copied, and the same text decoded where somebody has said how long each is. */
  @Benchmark
  public KvpItem[] copyAndDecodeText() {
    byte[] copy = bytes.clone();
    KvpItem[] items = new KvpItem[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      int start = i * RECORD_BYTES;
      items[i] =
          new KvpItem(
              new String(copy, start, keyLengths[i], StandardCharsets.UTF_8),
              new String(copy, start + KEY_BYTES, valueLengths[i], StandardCharsets.UTF_8));
    }
    return items;
  }

  private List<KvpItem> copyAndDecode() {
    return Arrays.asList(copyAndDecodeText());
  }

  /** The file opened, locked, read and decoded. */
  @Benchmark
  public PoolContent read() throws TransportException {
    return guest.pools().read(KvpPool.GUEST);
  }

  /** The same file read by cloud-init, whose process is there already. */
  @Benchmark
  public int cloudInit() throws IOException {
    OutputStream input = Objects.requireNonNull(cloudInit).getOutputStream();
    input.write('\n');
    input.flush();
    return Integer.parseInt(Objects.requireNonNull(cloudInitSays.readLine()));
  }

  /** An item in the middle gets another value, safe against a kill at any moment. */
  @Benchmark
  public void put() throws TransportException {
    guest.pools().put(KvpPool.GUEST, new KvpItem(item(RECORDS / 2).key(), "round " + round++));
  }

  /**
   * The bytes that {@link #put} writes, without the work of knowing them: the old and the new
   * record into a file of their own, forced, then the new one in place, forced.
   */
  @Benchmark
  public void forcedJournalAndWrite() throws IOException {
    Path journal = directory.resolve("journal");
    try (FileChannel channel =
        FileChannel.open(journal, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes, 0, 2 * RECORD_BYTES));
      channel.force(false);
    }
    forcedWrite();
    Files.delete(journal);
  }

  /** The whole pool overwritten and forced, as tools do that read, change and write it back. */
  @Benchmark
  public void forcedPool() throws IOException {
    FileChannel channel = Objects.requireNonNull(other);
    ByteBuffer all = ByteBuffer.wrap(bytes);
    while (all.hasRemaining()) {
      channel.write(all, all.position());
    }
    channel.force(false);
  }

  /** As many bytes as {@link #put} changes, overwritten in place and forced to disk. */
  @Benchmark
  public void forcedWrite() throws IOException {
    record[KEY_BYTES] = (byte) ('a' + round++ % 26);
    FileChannel channel = Objects.requireNonNull(other);
    channel.write(ByteBuffer.wrap(record), (long) RECORD_BYTES * (RECORDS / 2));
    channel.force(false);
  }
}
