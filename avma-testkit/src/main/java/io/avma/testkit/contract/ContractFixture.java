package io.avma.testkit.contract;

import java.io.IOException;

/** What rules are tried on; made for one rule and closed after it. */
public interface ContractFixture extends AutoCloseable {
  /** Gives back what the fixture holds. */
  @Override
  void close() throws IOException;
}
