package io.avma.tracking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.Standing;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something about which somebody should know or act: evidence that contradicts a claim, other
 * evidence, or what should be. Ordered by kind, then VM, host and time.
 *
 * @param kind what it is
 * @param vm the VM that it is about
 * @param host the host that it is about
 * @param from when it was first so
 * @param until when it was last so
 * @param open whether it was still so in the newest evidence of its sort
 * @param sentence what is wrong, in one or two sentences; foreign text in it is escaped and cut
 * @param remedy what to do, in one sentence
 * @param standing how well the conclusion is founded
 * @param provenance simulated if anything that it rests on is
 * @param evidence what it rests on, ascending; of many the first and the last
 */
@CheckReturnValue
public record Finding(
    Kind kind,
    Optional<VmId> vm,
    Optional<HostId> host,
    Instant from,
    Instant until,
    boolean open,
    String sentence,
    String remedy,
    Standing standing,
    Provenance provenance,
    ImmutableList<Observation> evidence)
    implements Comparable<Finding> {
  /** What a finding is, in the order in which findings are reported: first what to fix first. */
  public enum Kind {
    /** Real and simulated observations are in one ledger, or even of one VM. */
    SIMULATED_AMONG_REAL,
    /** A host that cannot have granted an activation says that it did. */
    GRANT_BY_UNFIT_HOST,
    /** A guest says that it is activated and no host's record says so. */
    ACTIVATION_WITHOUT_GRANT,
    /** A guest says that it is not activated, or not by AVMA, while a host's grant is in force. */
    GRANT_DENIED_BY_GUEST,
    /** A VM ran on two hosts at once: a copy with the same identity. */
    SEEN_ON_TWO_HOSTS,
    /** Records of a guest's log stand in another's too: its disk is a copy. */
    COPIED_LOG,
    /** A guest says that it is another VM. */
    CLAIMS_OTHER_VM,
    /** A guest says that it runs on, or was activated by, another host. */
    CLAIMS_OTHER_HOST,
    /** The last request of a VM was refused. */
    REFUSED,
    /** Data Exchange still holds items of AVMA although the key is now of another channel. */
    AVMA_ITEMS_LEFT,
    /** One record of a log was read with different contents. */
    RECORDS_DIFFER
  }

  private static final int MOST_EVIDENCE = 10;

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::kind)
          .thenComparing(Finding::vm, Comparators.emptiesFirst(Comparator.<VmId>naturalOrder()))
          .thenComparing(Finding::host, Comparators.emptiesFirst(Comparator.<HostId>naturalOrder()))
          .thenComparing(Finding::from)
          .thenComparing(Finding::until)
          .thenComparing(Finding::sentence)
          .thenComparing(Finding::open)
          .thenComparing(
              Finding::evidence,
              Comparators.lexicographical(Comparator.<Observation>naturalOrder()));

  /** Keeps the first and the last of much evidence. */
  public Finding {
    checkArgument(!evidence.isEmpty(), "%s without evidence (expected: 1 or more)", kind);
    if (evidence.size() > MOST_EVIDENCE) {
      evidence =
          ImmutableList.<Observation>builder()
              .addAll(evidence.subList(0, MOST_EVIDENCE - 1))
              .add(evidence.get(evidence.size() - 1))
              .build();
    }
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  /** Returns kind, sentence and remedy. */
  @Override
  public String toString() {
    return kind
        + (provenance == Provenance.SIMULATED ? " (simulated): " : ": ")
        + sentence
        + " "
        + remedy;
  }
}
