package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.Immutable;
import io.avma.transport.TransportException;

/**
 * One promise of the ports that a test can hold an implementation to.
 *
 * @param <F> the fixture that the rule is tried on
 * @param id its number in the specification, for example {@code KVP-2.3}; never used again for
 *     another rule
 * @param statement the promise, in one sentence
 * @param check throws an {@link AssertionError} if a fixture's transport breaks it
 */
@CheckReturnValue
@Immutable
public record ContractRule<F extends ContractFixture>(String id, String statement, Check<F> check) {
  /**
   * Tries a rule on a fresh fixture.
   *
   * @param <F> the fixture
   */
  @Immutable
  public interface Check<F extends ContractFixture> {
    /** Tries it. */
    void on(F fixture) throws Exception;
  }

  /** A refusal that a rule does not expect breaks the rule; other exceptions are accidents. */
  public ContractRule {
    Check<F> asked = check;
    check =
        fixture -> {
          try {
            asked.on(fixture);
          } catch (TransportException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
          }
        };
  }

  /** Returns every rule for guests, in the order of the specification. */
  public static ImmutableList<ContractRule<TransportFixture>> ofGuests() {
    return ImmutableList.<ContractRule<TransportFixture>>builder()
        .addAll(PoolRules.ALL)
        .addAll(ExchangeRules.ALL)
        .addAll(HandleRules.ALL)
        .addAll(GuestRules.ALL)
        .build();
  }

  /** Returns every rule for hosts, in the order of the specification. */
  public static ImmutableList<ContractRule<HostFixture>> ofHosts() {
    return ImmutableList.<ContractRule<HostFixture>>builder()
        .addAll(SweepRules.ALL)
        .addAll(WriteRules.ALL)
        .addAll(HostHandleRules.ALL)
        .build();
  }

  /** Returns every rule for event sources, in the order of the specification. */
  public static ImmutableList<ContractRule<EventFixture>> ofEvents() {
    return EventRules.ALL;
  }

  /** Returns number and promise. */
  @Override
  public String toString() {
    return id + " " + statement;
  }
}
