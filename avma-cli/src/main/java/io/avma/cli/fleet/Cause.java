package io.avma.cli.fleet;

import io.avma.platform.ForeignText;
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
 * @param words what to do
 * @param open whether it is only not known
 */
public record Cause(
    String kind, int order, Optional<Subject> subject, String detail, Words words, boolean open) {

  /**
   * What to do, an imperative around the subject: {@code Upgrade} … {@code to 2025}.
   *
   * @param before what stands before the subject; all there is if there is no subject
   * @param after what stands behind it
   */
  public record Words(String before, String after) {
    /** Returns words that end with the subject, or need none. */
    static Words of(String before) {
      return new Words(before, "");
    }
  }

  /** Returns what to do, an imperative without a full stop. */
  public String action() {
    return words.before() + subject.map(Subject::inSentence).orElse("") + words.after();
  }

  /** Returns this cause where every node of a cluster has it. */
  Cause ofCluster(String cluster) {
    return new Cause(kind, order, Optional.of(Subject.cluster(cluster)), detail, words, open);
  }

  /** A host, or a whole cluster. */
  public record Subject(String kind, String name) implements Comparable<Subject> {
    private static final String HOST = "host";

    static Subject host(HostId host) {
      return new Subject(HOST, host.toString());
    }

    /** Returns the cluster of that name, which is escaped here. */
    static Subject cluster(String name) {
      return new Subject("cluster", ForeignText.escape(name, 60));
    }

    /** Returns whether this is one host. */
    boolean isHost() {
      return kind.equals(HOST);
    }

    /** Returns the subject as a sentence names it: a cluster by its nodes. */
    String inSentence() {
      return isHost() ? toString() : "every node of " + this;
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
