package io.avma.benchmarks;

import io.avma.transport.TransportException;
import io.avma.transport.eventlog.EventLogOptions;
import io.avma.transport.eventlog.EventXmlReader;
import io.avma.transport.eventlog.EvtxReader;
import io.avma.transport.eventlog.EvtxScan;
import io.avma.transport.eventlog.EvtxToXml;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Event log files of this library beside what limits or rivals it: a bare pass of CRC32 over the
 * same bytes, which no reader that checks can beat; {@code evtxexport} of libevtx, where a machine
 * has it; the JDK's own XML parser. An operation is a pass over a whole file: 32 MiB, and 224 MiB
 * for one core beside two.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class EventLogBenchmark {
  private static final int SMALL = 32;
  private static final int LARGE = 224;

  private Path small = Path.of("");
  private Path large = Path.of("");
  private Path xml = Path.of("");
  private long records;

  /** Makes the files and checks that all peers find the same number of events. */
  @Setup
  public void make() throws Exception {
    small = GeneratedLog.evtx(SMALL);
    large = GeneratedLog.evtx(LARGE);
    xml = GeneratedLog.xml(SMALL);
    records = decodeToEvents();
    long matching = filteredScan();
    if (eventXml() != records || bareStax() != records || matching * 10 > records + 10) {
      throw new IllegalStateException("the peers do not find the same");
    }
    if (ForeignPeer.EVTXEXPORT.isHere() && evtxexport() != records) {
      throw new IllegalStateException("evtxexport finds another number of events");
    }
    System.out.println(
        "# "
            + records
            + " records in "
            + Files.size(small)
            + " bytes, "
            + Files.size(xml)
            + " bytes of XML; 224 MiB: "
            + Files.size(large));
  }

  /** All checksums, and the records of activation by their raw values; those are decoded. */
  @Benchmark
  public long filteredScan() throws TransportException {
    long found = 0;
    try (EvtxScan scan = EvtxScan.open(small, GeneratedLog.activations())) {
      while (scan.next()) {
        found += scan.event().isPresent() ? 1 : 0;
      }
    }
    return found;
  }

  /** The bytes through CRC32 and nothing else, in pieces of 64 KiB. */
  @Benchmark
  public long bareCrc32() throws IOException {
    CRC32 crc = new CRC32();
    byte[] chunk = new byte[1 << 16];
    ByteBuffer buffer = ByteBuffer.wrap(chunk);
    try (FileChannel channel = FileChannel.open(small)) {
      while (channel.read(buffer.clear()) > 0) {
        crc.update(chunk, 0, buffer.position());
      }
    }
    return crc.getValue();
  }

  /** Every record as an event. */
  @Benchmark
  public long decodeToEvents() throws TransportException {
    long found = 0;
    try (EvtxReader reader = EvtxReader.open(small)) {
      while (reader.next().isPresent()) {
        found++;
      }
    }
    return found;
  }

  /** Every record as XML. */
  @Benchmark
  public int decodeToXml() throws TransportException {
    return EvtxToXml.write(small, EventLogOptions.standard(), OutputStream.nullOutputStream())
        .size();
  }

  /** The process of libevtx that prints XML, from its start to its end. */
  @Benchmark
  public long evtxexport() throws IOException {
    Process process =
        new ProcessBuilder(ForeignPeer.EVTXEXPORT_PROGRAM, "-f", "xml", small.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long events = 0;
    byte[] end = "</Event>".getBytes(StandardCharsets.US_ASCII);
    byte[] piece = new byte[1 << 16];
    int matched = 0;
    try (InputStream output = process.getInputStream()) {
      for (int count = output.read(piece); count > 0; count = output.read(piece)) {
        for (int i = 0; i < count; i++) {
          matched = piece[i] == end[matched] ? matched + 1 : piece[i] == end[0] ? 1 : 0;
          if (matched == end.length) {
            events++;
            matched = 0;
          }
        }
      }
    }
    return events;
  }

  /** Every record of the large log as XML, by the caller alone. */
  @Benchmark
  public int largeByOneCore() throws TransportException {
    return EvtxToXml.write(large, EventLogOptions.standard(), OutputStream.nullOutputStream())
        .size();
  }

  /** The same by two threads. */
  @Benchmark
  public int largeByTwoCores() throws TransportException {
    return EvtxToXml.write(
            large, EventLogOptions.builder().threads(2).build(), OutputStream.nullOutputStream())
        .size();
  }

  /** Every event of the XML. */
  @Benchmark
  public long eventXml() throws TransportException {
    long found = 0;
    try (EventXmlReader reader = EventXmlReader.open(xml, EventLogOptions.standard())) {
      while (reader.next().isPresent()) {
        found++;
      }
    }
    return found;
  }

  /** The same XML through the JDK's parser, which makes nothing of it but a count. */
  @Benchmark
  public long bareStax() throws IOException, XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    long found = 0;
    try (InputStream input = Files.newInputStream(xml)) {
      XMLStreamReader reader = factory.createXMLStreamReader(input);
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT
            && reader.getLocalName().equals("Event")) {
          found++;
        }
      }
      reader.close();
    }
    return found;
  }
}
