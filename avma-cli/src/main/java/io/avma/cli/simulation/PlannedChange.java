package io.avma.cli.simulation;

import com.google.common.collect.ImmutableList;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetHost;
import io.avma.cli.fleet.FleetNames;
import io.avma.cli.fleet.FleetVm;
import io.avma.cli.input.InputException;
import io.avma.platform.HostId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is to happen to a fleet on a day of its simulation. Exactly one of the nested records. */
public sealed interface PlannedChange {
  /** Returns how many days after the start it happens. */
  int day();

  /** Returns what happens, a sentence without a full stop. */
  String text();

  /** Returns the fleet after this change. */
  Fleet in(Fleet fleet);

  /**
   * A virtual machine moves, live if it runs.
   *
   * @param vm the machine
   * @param target where it goes
   * @param day how many days after the start
   */
  record Migration(FleetVm vm, HostId target, int day) implements PlannedChange {
    @Override
    public String text() {
      return vm.shownName() + " moves to " + target;
    }

    @Override
    public Fleet in(Fleet fleet) {
      return new Fleet(
          fleet.hosts(),
          fleet.vms().stream()
              .map(other -> other.line() == vm.line() ? other.on(target) : other)
              .collect(ImmutableList.toImmutableList()),
          fleet.notes());
    }
  }

  /**
   * A host loses its own licence.
   *
   * @param host the host
   * @param day how many days after the start
   */
  record LicenseLoss(HostId host, int day) implements PlannedChange {
    @Override
    public String text() {
      return host + " loses its own license";
    }

    @Override
    public Fleet in(Fleet fleet) {
      FleetHost before = fleet.host(host);
      return fleet.with(before.with(before.profile().unlicensed()));
    }
  }

  /**
   * Reads the arguments {@code VM=HOST@DAY} and {@code HOST@DAY}, and returns them ascending by
   * day.
   *
   * @param days how long the simulation lasts
   * @throws InputException if one of them names what the fleet has not, or a day outside, or would
   *     change nothing
   */
  static ImmutableList<PlannedChange> parse(
      Fleet fleet, int days, List<String> migrations, List<String> losses) throws InputException {
    List<PlannedChange> changes = new ArrayList<>();
    for (String text : migrations) {
      Dated dated = Dated.parse("--migrate", text, "VM=HOST@DAY", days);
      int equals = dated.what().lastIndexOf('='); // a host's name has no equals sign
      if (equals <= 0) {
        throw FleetNames.complaint(
            "--migrate", text, "is no migration", "(expected: VM=HOST@DAY).");
      }
      changes.add(
          new Migration(
              FleetNames.vm(fleet, "--migrate", dated.what().substring(0, equals)),
              FleetNames.host(fleet, "--migrate", dated.what().substring(equals + 1)),
              dated.day()));
    }
    for (String text : losses) {
      Dated dated = Dated.parse("--unlicense", text, "HOST@DAY", days);
      changes.add(
          new LicenseLoss(FleetNames.host(fleet, "--unlicense", dated.what()), dated.day()));
    }
    ImmutableList<PlannedChange> sorted =
        ImmutableList.sortedCopyOf(Comparator.comparingInt(PlannedChange::day), changes);
    requireEffect(fleet, sorted);
    return sorted;
  }

  /** Refuses what changes nothing: it would be told as if it had happened. */
  private static void requireEffect(Fleet fleet, List<PlannedChange> changes)
      throws InputException {
    Fleet then = fleet;
    for (PlannedChange change : changes) {
      Fleet next = change.in(then);
      if (next.equals(then)) {
        throw FleetNames.complaint(
            change instanceof Migration ? "--migrate" : "--unlicense",
            change.text(),
            "changes nothing on day " + change.day() + ".",
            change instanceof Migration
                ? "The machine is there already; name another host."
                : "The host has no license by then; name another one.");
      }
      then = next;
    }
  }

  /** Returns {@link #day} as a time. */
  default Duration after() {
    return Duration.ofDays(day());
  }

  /** What stands in front of the last {@code @}, and the day behind it. */
  record Dated(String what, int day) {
    static Dated parse(String argument, String text, String form, int days) throws InputException {
      int at = text.lastIndexOf('@');
      Optional<Integer> day =
          at < 0 || !text.substring(at + 1).matches("[0-9]{1,5}")
              ? Optional.empty()
              : Optional.of(Integer.parseInt(text.substring(at + 1)));
      if (day.isEmpty() || day.get() < 1 || day.get() >= days) {
        throw FleetNames.complaint(
            argument,
            text,
            "says no day of the simulation",
            "(expected: " + form + " with a day from 1 to " + (days - 1) + ").");
      }
      return new Dated(text.substring(0, at), day.get());
    }
  }
}
