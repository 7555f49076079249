package io.avma.testkit.contract;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract of guests as a Jupiter test: extend it, say how a fixture is made, and every rule
 * becomes a test with its number in the name.
 *
 * <pre>{@code
 * class MyGuestContractTest extends TransportContract {
 *   @Override
 *   protected TransportFixture fixture() {
 *     return new MyFixture();
 *   }
 * }
 * }</pre>
 */
public abstract class TransportContract {
  /** For subclasses. */
  protected TransportContract() {}

  /** Returns a new fixture; the contract closes it. */
  protected abstract TransportFixture fixture() throws Exception;

  /** Returns a test for each rule. */
  @TestFactory
  @DisplayName("The contract of guests")
  Stream<DynamicTest> everyRule() {
    return RuleTests.of(ContractRule.ofGuests(), this::fixture);
  }
}
