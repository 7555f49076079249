package io.avma.cli.input;

import java.util.ArrayList;
import java.util.List;

/**
 * Complaints collected until they are many, so that one run shows most of what is wrong. For one
 * thread.
 */
public final class Complaints {
  /** How many complaints are collected before reading stops. */
  public static final int MOST = 20;

  private final List<Complaint> complaints = new ArrayList<>();

  /**
   * Adds one.
   *
   * @throws InputException with all of them if there are {@link #MOST}
   */
  public void add(Complaint complaint) throws InputException {
    complaints.add(complaint);
    if (complaints.size() == MOST) {
      complaints.add(
          Complaint.about(
              complaint.file(),
              "reading stopped after " + MOST + " complaints.",
              "Fix these first."));
      throw new InputException(complaints);
    }
  }

  /**
   * Does nothing if there is none.
   *
   * @throws InputException with all of them
   */
  public void throwIfAny() throws InputException {
    if (!complaints.isEmpty()) {
      throw new InputException(complaints);
    }
  }
}
