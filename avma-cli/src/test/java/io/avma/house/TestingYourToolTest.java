package io.avma.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds every snippet of the page to compiled code that the build runs. */
class TestingYourToolTest {
  private static final Map<String, String> SOURCES =
      Map.of(
          "tool", "UnactivatedGuests",
          "jupiter", "UnactivatedGuestsTest",
          "property", "UnactivatedGuestsProperties",
          "scenario", "UnactivatedGuestsScenarioTest");

  @Test
  void everySnippetIsCompiled() {
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Repository.text("docs/testing-your-tool.md"))
            .results()
            .map(MatchResult::group)
            .toList();
    assertEquals(
        List.of(block("tool"), block("jupiter"), block("property"), block("scenario")),
        blocks,
        "snippets of the page");
  }

  private static String block(String region) {
    String source = "avma-cli/src/test/java/io/avma/house/" + SOURCES.get(region) + ".java";
    Matcher found =
        Pattern.compile("// DOC " + region + "\n(.*?) *// DOC end", Pattern.DOTALL)
            .matcher(Repository.text(source));
    assertTrue(found.find(), "no region " + region + " in " + source);
    return "```java\n" + found.group(1).stripTrailing().stripIndent() + "\n```";
  }
}
