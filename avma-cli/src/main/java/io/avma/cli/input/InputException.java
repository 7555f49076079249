package io.avma.cli.input;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;

/** Thrown for input that cannot be used; the command ends with exit code 2. */
public final class InputException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<Complaint> complaints;

  /** Takes at least one complaint. */
  public InputException(Iterable<Complaint> complaints) {
    super(
        String.join(
            "\n", ImmutableList.copyOf(complaints).stream().map(Complaint::toString).toList()));
    this.complaints = ImmutableList.copyOf(complaints);
    checkArgument(!this.complaints.isEmpty(), "no complaint");
  }

  /** Takes one complaint. */
  public InputException(Complaint complaint) {
    this(ImmutableList.of(complaint));
  }

  /** Returns what is wrong, in the order in which it was found. */
  public ImmutableList<Complaint> complaints() {
    return complaints;
  }
}
