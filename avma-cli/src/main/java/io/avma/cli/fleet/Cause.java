package io.avma.cli.fleet;

import io.avma.platform.HostId;
import java.util.Optional;

/**
 * One thing that is wrong, or not known, and may concern many virtual machines. Equal causes are
 * mended together.
 *
 * @param kind what it is, in lower case with dashes: {@code host-not-activated}
 * @param order where it stands among causes that concern as many machines
 * @param subject the host or cluster that it lies with; empty if it lies with the machines
 * @param detail what tells causes of one kind and subject apart; may be empty
 * @param action what to do, an imperative without a full stop
 * @param open whether it is only not known
 */
public record Cause(
    String kind, int order, Optional<Subject> subject, String detail, String action, boolean open) {

  /** A host, or a whole cluster. */
  public record Subject(String kind, String name) implements Comparable<Subject> {
    static Subject host(HostId host) {
      return new Subject("host", host.toString());
    }

    @Override
    public int compareTo(Subject other) {
      return toString().compareTo(other.toString());
    }

    /** Returns {@code host node-3}. */
    @Override
    public String toString() {
      return kind + " " + name;
    }
  }
}
