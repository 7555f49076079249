package io.avma.benchmarks;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.ProductKey;
import java.math.BigInteger;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
 * Parsing a product key, checksum included, beside a textbook decoder over {@code BigInteger} that
 * finds the same group, and beside the regular expression that scripts are content with.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class KeyParseBenchmark {
  private static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";
  private static final BigInteger BASE = BigInteger.valueOf(24);
  private static final Pattern SHAPE = Pattern.compile("([A-Z0-9]{5}-){4}[A-Z0-9]{5}");

  private String[] texts = {};
  private int next;

  /** Takes the published keys and checks that both decoders agree. */
  @Setup
  public void fill() {
    texts =
        KeyCatalog.standard().avmaKeys().stream()
            .map(AvmaKey::key)
            .map(ProductKey::reveal)
            .toArray(String[]::new);
    for (String text : texts) {
      if (ProductKey.parse(text).group() != groupByBigInteger(text)) {
        throw new IllegalStateException("the decoders disagree about " + text);
      }
    }
  }

  private String text() {
    String text = texts[next];
    next = next + 1 == texts.length ? 0 : next + 1;
    return text;
  }

  /** This library: form, place of the N, checksum, group and serial. */
  @Benchmark
  public ProductKey avma() {
    return ProductKey.parse(text());
  }

  /** A textbook decoder of form and group, without the checksum. */
  @Benchmark
  public int bigInteger() {
    return groupByBigInteger(text());
  }

  /** The shape alone. */
  @Benchmark
  public boolean regularExpression() {
    return SHAPE.matcher(text().toUpperCase(Locale.ROOT)).matches();
  }

  private static int groupByBigInteger(String text) {
    String symbols = text.replace("-", "");
    int place = symbols.indexOf('N');
    BigInteger value = BigInteger.valueOf(place);
    for (char symbol : symbols.replace("N", "").toCharArray()) {
      value = value.multiply(BASE).add(BigInteger.valueOf(ALPHABET.indexOf(symbol)));
    }
    return value.intValue() & 0xF_FFFF;
  }
}
