package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The specification lists the rules that are tested, in their words. */
class ContractSpecTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (KVP-[0-9.]+) \\| ([^|]+) \\|");

  @Test
  void thePageListsEveryRule() throws Exception {
    Path page = Path.of(System.getProperty("avma.root", ".."), "docs", "spec", "transport.md");
    List<String> listed = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(page));
    while (row.find()) {
      listed.add(row.group(1) + " " + row.group(2));
    }
    assertEquals(ContractRule.all().stream().map(ContractRule::toString).toList(), listed);
  }
}
