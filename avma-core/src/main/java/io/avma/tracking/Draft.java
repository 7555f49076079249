package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.HostId;
import io.avma.platform.Standing;
import io.avma.platform.VmId;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Collects the evidence of one finding that may hold many times: the instances, whose times are the
 * finding's, and what else it rests on. For one thread.
 */
final class Draft {
  private final Finding.Kind kind;
  private Optional<VmId> vm = Optional.empty();
  private Optional<HostId> host = Optional.empty();
  private Standing standing = Standing.OBSERVED;
  private boolean open = true;
  private final TreeSet<Observation> instances = new TreeSet<>();
  private final TreeSet<Observation> support = new TreeSet<>();

  Draft(Finding.Kind kind) {
    this.kind = kind;
  }

  Draft of(VmId id) {
    vm = Optional.of(id);
    return this;
  }

  Draft of(HostId id) {
    host = Optional.of(id);
    return this;
  }

  Draft standing(Standing value) {
    standing = value;
    return this;
  }

  Draft open(boolean stillSo) {
    open = stillSo;
    return this;
  }

  Draft because(Observation observation) {
    instances.add(observation);
    return this;
  }

  Draft because(Collection<? extends Observation> observations) {
    instances.addAll(observations);
    return this;
  }

  Draft support(Observation observation) {
    support.add(observation);
    return this;
  }

  /** Returns the finding; empty without an instance. */
  Optional<Finding> say(String sentence, String remedy) {
    if (instances.isEmpty()) {
      return Optional.empty();
    }
    ImmutableList<Observation> all =
        ImmutableSortedSet.<Observation>naturalOrder()
            .addAll(instances)
            .addAll(support)
            .build()
            .asList();
    boolean simulated = all.stream().anyMatch(one -> one.provenance() == Provenance.SIMULATED);
    return Optional.of(
        new Finding(
            kind,
            vm,
            host,
            instances.first().at(),
            instances.last().at(),
            open,
            sentence,
            remedy,
            standing,
            simulated ? Provenance.SIMULATED : Provenance.REAL,
            all));
  }
}
