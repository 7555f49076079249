package io.avma.cli;

/** The exit codes of {@code avma}, the same for every command. */
enum ExitCode {
  /** The question was answered. */
  ANSWERED(0),
  /** The answer is "no", or there are findings and the caller asked to fail on them. */
  NO(1),
  /** Wrong usage, or input that cannot be used. */
  USAGE(2),
  /** Something could not be reached, or not enough is known for an answer. */
  PARTIAL(3),
  /** A bug of ours. */
  BUG(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
