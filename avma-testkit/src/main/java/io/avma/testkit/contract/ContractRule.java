package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import com.google.errorprone.annotations.Immutable;
import io.avma.transport.TransportException;

/**
 * One promise of the ports that a test can hold an implementation to.
 *
 * @param id its number in the specification, for example {@code KVP-2.3}; never used again for
 *     another rule
 * @param statement the promise, in one sentence
 * @param check throws an {@link AssertionError} if a fixture's guest breaks it
 */
@CheckReturnValue
@Immutable
public record ContractRule(String id, String statement, Check check) {
  /** Tries a rule on a fresh fixture. */
  @Immutable
  public interface Check {
    /** Tries it. */
    void on(TransportFixture fixture) throws Exception;
  }

  /** A refusal that a rule does not expect breaks the rule; other exceptions are accidents. */
  public ContractRule {
    Check asked = check;
    check =
        fixture -> {
          try {
            asked.on(fixture);
          } catch (TransportException e) {
            throw new AssertionError("refused: " + e.getMessage(), e);
          }
        };
  }

  /** Returns every rule, in the order of the specification. */
  public static ImmutableList<ContractRule> all() {
    return ImmutableList.<ContractRule>builder()
        .addAll(PoolRules.ALL)
        .addAll(HostRules.ALL)
        .addAll(HandleRules.ALL)
        .build();
  }

  /** Returns number and promise. */
  @Override
  public String toString() {
    return id + " " + statement;
  }
}
