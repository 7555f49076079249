package io.avma.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the README to its form, and its Java sample to the compiled one. */
class ReadmeTest {
  private static final String SAMPLE = "avma-cli/src/test/java/io/avma/house/ReadmeSampleTest.java";

  @Test
  void theReadmeIsShortAndShowsJavaEarly() {
    List<String> lines = Repository.text("README.md").lines().toList();
    assertTrue(lines.size() <= 120, () -> lines.size() + " lines (expected: at most 120)");
    int sample = lines.indexOf("```java");
    assertTrue(sample >= 0 && sample < 29, () -> "the sample starts at line " + (sample + 1));
  }

  @Test
  void theSampleIsTheCompiledOne() {
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Repository.text("README.md"));
    assertTrue(block.find(), "no Java sample");
    String shown = block.group(1);
    assertTrue(shown.lines().count() <= 12, () -> shown.lines().count() + " lines of sample");
    Matcher region =
        Pattern.compile("// README start\n(.*?) *// README end", Pattern.DOTALL)
            .matcher(Repository.text(SAMPLE));
    assertTrue(region.find(), "no region in " + SAMPLE);
    assertEquals(region.group(1).stripTrailing().stripIndent() + "\n", shown);
  }
}
