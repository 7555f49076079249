package io.avma.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A pattern matches what the regular expression that says the same matches. */
class NamePatternProperties {
  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab*?.").ofMinLength(1).ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab.*").ofMaxLength(10);
  }

  @Property(tries = 5_000)
  void matchesAsARegularExpressionDoes(
      @ForAll("patterns") String pattern, @ForAll("names") String name) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    boolean expected = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
    assertEquals(expected, new NamePattern(pattern).matches(name));
  }

  @Example
  void namesOfMachines() {
    NamePattern nodes = new NamePattern("cluster-1/host-?/vm-*");
    assertTrue(nodes.matches("cluster-1/host-3/vm-17"));
    assertFalse(nodes.matches("cluster-1/host-13/vm-17"));
    assertFalse(nodes.matches("cluster-1/host-3"));
    assertTrue(NamePattern.ANY.matches(""));
    assertFalse(new NamePattern("?").matches(""));
    assertFalse(new NamePattern("WEB").matches("web"), "names are told apart by case");
  }

  /** A matcher that backtracks into every star would not come to an end here. */
  @Example
  void manyStarsTakeNoTime() {
    assertFalse(new NamePattern("*a".repeat(400) + "b").matches("a".repeat(5_000)));
  }
}
