package io.avma.testkit.contract;

import static java.util.stream.Collectors.joining;
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
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| ((?:KVP|EVENT|HOST|GUEST|ERR|CLOSE|CONC|CAP)-[0-9.]+) \\| ([^|]+) \\|");

  @Test
  void thePageListsEveryRule() throws Exception {
    Path page = Path.of(System.getProperty("avma.root", ".."), "docs", "spec", "transport.md");
    List<String> listed = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(page));
    while (row.find()) {
      listed.add(row.group(1) + " " + row.group(2));
    }
    List<String> tested = new ArrayList<>();
    ContractRule.ofGuests().forEach(rule -> tested.add(rule.toString()));
    ContractRule.ofHosts().forEach(rule -> tested.add(rule.toString()));
    ContractRule.ofEvents().forEach(rule -> tested.add(rule.toString()));
    assertEquals(
        tested.stream().sorted().collect(joining("\n")),
        listed.stream().sorted().collect(joining("\n")));
  }
}
