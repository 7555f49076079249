package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WqlQueryTest {
  private static final CimInstance VM =
      CimInstance.of(
          "X",
          CimProperty.of("Name", CimValue.of("It's a \\ VM")),
          CimProperty.of("State", CimValue.of(CimType.UINT16, 10)),
          CimProperty.of("On", CimValue.of(true)),
          CimProperty.of("None", CimValue.Nil.NIL));

  private static boolean matches(String condition) throws WqlException {
    return WqlQuery.parse("SELECT * FROM X WHERE " + condition).condition().matches(VM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Name = 'IT\\'S A \\\\ vm'",
        "name=\"It's a \\\\ VM\"",
        "State = 10",
        "State = '10'",
        "State <> 9",
        "State != 9",
        "State > 9 AND State < 11 and State>=10 AND State<=10",
        "State = 1 OR State = 10 AND On = TRUE",
        "NOT (State = 1 OR State = 2)",
        "NOT NOT State = 10",
        "On = true",
        "None IS NULL",
        "None = NULL",
        "Name IS NOT NULL AND Name <> NULL",
        "Absent IS NULL",
        "NOT None = 5",
        "Name LIKE '%vm'",
        "Name LIKE 'it_s%'",
        "Name LIKE '[h-j]t%'",
        "Name LIKE '[^a-c]%'",
        "Name NOT LIKE '[a-c]%'",
        "((((State = 10))))",
      })
  void whatHoldsMatches(String condition) throws Exception {
    assertTrue(matches(condition));
    assertEquals(false, matches("NOT (" + condition + ")"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT|'the end' (expected: a name)",
        "SELECT * FROM|the end (expected: a name)",
        "SELECT A B FROM X|'B' (expected: FROM)",
        "SELECT * FROM X WHERE|the end (expected: a name)",
        "SELECT * FROM X WHERE A|the end (expected: an operator)",
        "SELECT * FROM X WHERE A = |the end (expected: a text, a number, TRUE or FALSE)",
        "SELECT * FROM X WHERE A = B|'B' (expected: a text, a number, TRUE or FALSE)",
        "SELECT * FROM X WHERE A = 'x|a text without its closing quote",
        "SELECT * FROM X WHERE (A = 1|the end (expected: ))",
        "SELECT * FROM X WHERE A = 1 garbage|'garbage' (expected: the end)",
        "SELECT * FROM X WHERE A = 1; DROP|';' (expected: the end)",
        "UPDATE X|'UPDATE' (expected: SELECT)",
        "ASSOCIATORS OF {X.A=1}|answers no ASSOCIATORS OF",
        "references of {X.A=1}|answers no ASSOCIATORS OF",
      })
  void whatIsNoQuerySaysWhy(String query, String message) {
    WqlException e = assertThrows(WqlException.class, () -> WqlQuery.parse(query));
    assertTrue(e.getMessage().contains(message.replace("'the end'", "the end")), e.getMessage());
  }

  @Test
  void hostileQueriesAreBounded() {
    List<String> queries =
        List.of(
            "SELECT * FROM X WHERE " + "(".repeat(4000) + "A=1" + ")".repeat(4000),
            "SELECT * FROM X WHERE A = '" + "x".repeat(100_000) + "'",
            "SELECT * FROM X WHERE A=1" + " OR A=1".repeat(1000),
            "SELECT a" + ",a".repeat(1000) + " FROM X");
    for (String query : queries) {
      WqlException e = assertThrows(WqlException.class, () -> WqlQuery.parse(query));
      assertEquals(WqlQuery.QUOTA, e.code());
    }
    assertTimeout(
        Duration.ofSeconds(5),
        () ->
            assertEquals(
                false, new LikePattern("%a".repeat(2000) + "%b").matches("a".repeat(5000))));
  }

  @Test
  void whatAConditionSaysBeforehandIsUsed() throws Exception {
    WqlCondition condition =
        WqlQuery.parse("SELECT A,b FROM X WHERE Name='a' AND (N > 5 AND N >= 3) AND (M=1 OR M=2)")
            .condition();
    assertEquals(Optional.of("a"), condition.required("NAME"));
    assertEquals(OptionalLong.of(6), condition.least("n"));
    assertEquals(Optional.empty(), condition.required("M"));
    assertEquals(OptionalLong.empty(), condition.least("M"));
    assertEquals(List.of("A", "b"), WqlQuery.parse("SELECT A , b FROM X").properties());
  }
}
