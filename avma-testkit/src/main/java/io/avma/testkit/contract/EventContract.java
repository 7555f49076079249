package io.avma.testkit.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract of event sources as a Jupiter test: extend it, say how a fixture is made, and every
 * rule becomes a test with its number in the name.
 */
public abstract class EventContract {
  /** For subclasses. */
  protected EventContract() {}

  /** Returns a new fixture; the contract closes it. */
  protected abstract EventFixture fixture() throws Exception;

  /** Returns a test for each rule. */
  @TestFactory
  @DisplayName("The contract of event sources")
  Stream<DynamicTest> everyRule() {
    return RuleTests.of(ContractRule.ofEvents(), this::fixture);
  }
}
