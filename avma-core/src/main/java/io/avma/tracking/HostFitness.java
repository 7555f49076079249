package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Obstacle;
import io.avma.compatibility.Verdict;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether one host can have granted an activation at some instant, by what it said about itself.
 *
 * @param stated what it said, ascending
 * @param verdicts what follows from each statement and those before it
 */
record HostFitness(ImmutableList<Observation.HostStated> stated, ImmutableList<Verdict> verdicts) {

  static HostFitness of(
      Iterable<Observation> observations, Provenance provenance, CompatibilityMatrix matrix) {
    List<Observation.HostStated> stated = new ArrayList<>();
    ImmutableList.Builder<Verdict> verdicts = ImmutableList.builder();
    HostProfile known = HostProfile.unknown();
    Verdict verdict = matrix.hostVerdict(known);
    for (Observation observation : observations) {
      if (observation instanceof Observation.HostStated said && said.provenance() == provenance) {
        HostProfile next = merged(known, said.profile());
        if (stated.isEmpty() || !next.equals(known)) {
          verdict = matrix.hostVerdict(next); // most statements say again what was known
        }
        known = next;
        stated.add(said);
        verdicts.add(verdict);
      }
    }
    return new HostFitness(ImmutableList.copyOf(stated), verdicts.build());
  }

  /**
   * Returns why the host cannot have granted anything at {@code at}: what stood in the way both by
   * its last word before and by its first word after. What a machine is, it remains as long as
   * nobody says otherwise, so for that one of the two words is enough. Licenses come and go without
   * a word, so for those it takes both.
   */
  Optional<Unfit> unfitAt(Instant at) {
    int after = TimeIndex.firstNotBefore(stated, at.plusNanos(1));
    if (stated.isEmpty()) {
      return Optional.empty();
    }
    boolean bothSides = after > 0 && after < stated.size();
    int telling = after == 0 ? 0 : after - 1;
    ImmutableList<Obstacle> obstacles =
        verdicts.get(telling).obstacles().stream()
            .filter(
                obstacle ->
                    bothSides
                        ? stoodInTheWay(after, obstacle.kind())
                        : !comesAndGoes(obstacle.kind()))
            .collect(ImmutableList.toImmutableList());
    return obstacles.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Unfit(new Verdict.Unsupported(obstacles, ImmutableList.of()), stated.get(telling)));
  }

  private boolean stoodInTheWay(int index, Obstacle.Kind kind) {
    return verdicts.get(index).obstacles().stream().anyMatch(obstacle -> obstacle.kind() == kind);
  }

  private static boolean comesAndGoes(Obstacle.Kind kind) {
    return switch (kind) {
      case HOST_NOT_ACTIVATED,
          AZURE_LOCAL_NOT_LICENSED,
          AZURE_LOCAL_KEY_TOO_OLD,
          AZURE_LOCAL_SUBSCRIPTION_LAPSED ->
          true;
      default -> false;
    };
  }

  /**
   * A record of a host's log tells its license and nothing else; the rest stays as it was known.
   */
  private static HostProfile merged(HostProfile known, HostProfile said) {
    if (said.platform() != HostPlatform.UNKNOWN || said.edition().isPresent()) {
      return said;
    }
    HostProfile.Builder merged = known.toBuilder();
    if (said.activated() != Ternary.UNKNOWN) {
      merged.activated(said.activated());
    }
    if (said.channel() != LicenseChannel.UNKNOWN) {
      merged.channel(said.channel());
    }
    return merged.build();
  }

  /**
   * Why a host is unfit.
   *
   * @param verdict the obstacles that stood in the way then
   * @param because what it said
   */
  record Unfit(Verdict verdict, Observation.HostStated because) {}
}
