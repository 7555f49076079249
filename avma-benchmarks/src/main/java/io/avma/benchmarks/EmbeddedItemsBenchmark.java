package io.avma.benchmarks;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSource;
import io.avma.sim.SimulatedDatacenter;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import io.avma.transport.cim.CimLimits;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * The embedded items of 50 machines with 19 items each, as a host tells them, beside the JDK's StAX
 * parser over the same text, which makes nothing of it, and Python's parser, which makes a tree. An
 * operation is all 950 items.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EmbeddedItemsBenchmark {
  private static final int MACHINES = 50;

  private static final String PYTHON_LOOP =
      """
      import sys
      from xml.etree import ElementTree

      texts = open(sys.argv[1], encoding='utf-8').read().splitlines()
      for line in sys.stdin:
          items = []
          for text in texts:
              found = {}
              for element in ElementTree.fromstring(text):
                  value = element.find('VALUE')
                  found[element.get('NAME')] = None if value is None else value.text
              items.append((found['Name'], found['Data'], found['Source']))
          print(len(items), flush=True)
      """;

  private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
  private List<String> texts = List.of();
  private String all = "";
  private Path file = Path.of("");
  private @Nullable Process python;
  private BufferedReader pythonSays = new BufferedReader(Reader.nullReader());

  /** Makes the texts and checks that all peers find as many items. */
  @Setup
  public void make() throws Exception {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    List<String> made = new ArrayList<>();
    try (SimulatedDatacenter datacenter = SweptFleet.datacenter(1, MACHINES)) {
      for (VmReading vm : datacenter.hosts().get(0).sweep(SweepScope.everything())) {
        for (KvpItem item : ((VmReading.Read) vm).snapshot().items(KvpSource.INTRINSIC)) {
          made.add(
              KvpDataItemCodec.encode(
                  new KvpDataItem(
                      Optional.of(item.key()), Optional.of(item.value()), OptionalInt.of(2))));
        }
      }
    }
    texts = List.copyOf(made);
    all = "<all>" + String.join("", texts) + "</all>";
    file = Files.write(Files.createTempFile("avma-bench-items", ".xml"), texts);
    int items = 0;
    for (String text : texts) {
      items += KvpDataItemCodec.decodeAll(text, CimLimits.STANDARD).size();
    }
    if (items != texts.size() || staxOfEach() != texts.size() || staxOfAll() != texts.size()) {
      throw new IllegalStateException("the peers do not find the same");
    }
    if (ForeignPeer.PYTHON_XML.isHere()) {
      python =
          new ProcessBuilder(ForeignPeer.PYTHON, "-c", PYTHON_LOOP, file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      pythonSays = python.inputReader(StandardCharsets.UTF_8);
      if (python() != texts.size()) {
        throw new IllegalStateException("Python finds another number of items");
      }
    }
    System.out.println("# " + texts.size() + " items, " + all.length() + " characters");
  }

  /** Stops Python. */
  @TearDown
  public void clean() throws IOException {
    if (python != null) {
      python.destroy();
    }
    Files.delete(file);
  }

  /** Every text to its item, with every check. */
  @Benchmark
  public void items(Blackhole hole) throws TransportException {
    for (String text : texts) {
      hole.consume(KvpDataItemCodec.decodeAll(text, CimLimits.STANDARD));
    }
  }

  /** All texts in one document, through one parser. */
  @Benchmark
  public int staxOfAll() throws XMLStreamException {
    return instances(all);
  }

  /** A parser for each text, as a host tells them. */
  @Benchmark
  public int staxOfEach() throws XMLStreamException {
    int found = 0;
    for (String text : texts) {
      found += instances(text);
    }
    return found;
  }

  /** The same texts by Python, whose process is there already. */
  @Benchmark
  public int python() throws IOException {
    OutputStream input = Objects.requireNonNull(python).getOutputStream();
    input.write('\n');
    input.flush();
    return Integer.parseInt(pythonSays.readLine());
  }

  private int instances(String text) throws XMLStreamException {
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
    int found = 0;
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamReader.START_ELEMENT
          && reader.getLocalName().equals("INSTANCE")) {
        found++;
      }
    }
    reader.close();
    return found;
  }
}
