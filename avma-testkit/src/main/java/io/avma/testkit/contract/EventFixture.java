package io.avma.testkit.contract;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.EventSource;
import java.util.OptionalInt;

/**
 * One event log whose transport is tested. A fixture is made for one rule and closed after it; when
 * it is made, the log is there and holds no record.
 */
@CheckReturnValue
public interface EventFixture extends ContractFixture {
  /** Returns a new handle on the log. Every handle shows the same log; the rule closes it. */
  EventSource open() throws Exception;

  /** Lets the machine log {@code count} more records, each later than the one before. */
  void append(int count) throws Exception;

  /**
   * Returns how many records the log keeps until the oldest give way, at least 8; empty if it keeps
   * all or the fixture cannot tell, and what is said of lost records is then not tried.
   */
  default OptionalInt capacity() {
    return OptionalInt.empty();
  }

  /**
   * Lets somebody clear the log, so that its numbers start again; the next record is later than
   * those that are gone.
   *
   * @return whether that can be done; if not, which is the default, what is said of cleared logs is
   *     not tried
   */
  default boolean restart() throws Exception {
    return false;
  }
}
