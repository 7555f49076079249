package io.avma.transport.fuzz;

import io.avma.transport.cim.EmbeddedFuzz;
import io.avma.transport.device.KvpMessageFuzz;
import io.avma.transport.eventlog.EventTextFuzz;
import io.avma.transport.eventlog.EvtxFuzz;
import io.avma.transport.linux.PoolFuzz;
import io.avma.transport.wsman.WsManFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A reader that a fuzzer drives.
 *
 * @param name its name in files and messages
 * @param type the class that the fuzzer is told
 * @param driver what the fuzzer calls there
 * @param own what it starts from
 * @param samples the folder of the shared samples that are added where they are; may be empty
 */
record FuzzTarget(
    String name, Class<?> type, Driver driver, Supplier<List<byte[]>> own, String samples) {
  /** Larger samples would only slow the fuzzer down. */
  private static final long LARGEST_SEED = 1 << 18;

  /** Takes whatever bytes the fuzzer comes up with. */
  interface Driver {
    void run(byte[] bytes) throws Exception;
  }

  static List<FuzzTarget> all() {
    return List.of(
        new FuzzTarget(
            "pool", PoolFuzz.class, PoolFuzz::fuzzerTestOneInput, PoolFuzz::seeds, "kvp-pools"),
        new FuzzTarget(
            "message",
            KvpMessageFuzz.class,
            KvpMessageFuzz::fuzzerTestOneInput,
            KvpMessageFuzz::seeds,
            ""),
        new FuzzTarget(
            "evtx", EvtxFuzz.class, EvtxFuzz::fuzzerTestOneInput, EvtxFuzz::seeds, "evtx"),
        new FuzzTarget(
            "event-text",
            EventTextFuzz.class,
            EventTextFuzz::fuzzerTestOneInput,
            EventTextFuzz::seeds,
            "eventxml"),
        new FuzzTarget(
            "envelope",
            WsManFuzz.class,
            WsManFuzz::fuzzerTestOneInput,
            WsManFuzz::seeds,
            "wsman/recorded"),
        new FuzzTarget(
            "embedded",
            EmbeddedFuzz.class,
            EmbeddedFuzz::fuzzerTestOneInput,
            EmbeddedFuzz::seeds,
            "embedded-items"));
  }

  /** Returns our own inputs and, where it is there, those of the corpus. */
  List<byte[]> seeds() throws IOException {
    List<byte[]> all = new ArrayList<>(own.get());
    Optional<Path> folder =
        Optional.ofNullable(System.getProperty("avma.corpus"))
            .filter(root -> !samples.isEmpty())
            .map(root -> Path.of(root, samples))
            .filter(Files::isDirectory);
    if (folder.isPresent()) {
      try (Stream<Path> files = Files.list(folder.get())) {
        for (Path file :
            files.filter(file -> !file.toString().contains("json")).sorted().toList()) {
          if (Files.size(file) <= LARGEST_SEED) {
            all.add(Files.readAllBytes(file));
          }
        }
      }
    }
    return all;
  }
}
