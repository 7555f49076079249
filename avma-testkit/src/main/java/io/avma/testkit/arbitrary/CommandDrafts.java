package io.avma.testkit.arbitrary;

import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import io.avma.sim.scenario.Command;
import io.avma.sim.scenario.GuestCommand;
import io.avma.sim.scenario.HostCommand;
import io.avma.sim.scenario.KeyChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Commands before it is known who there is. So a scenario can lose guests and hosts when it shrinks
 * and stays valid: whoever a command means is found among those that are left.
 */
final class CommandDrafts {
  private CommandDrafts() {}

  /** A command without its cast. */
  interface Draft {
    /** Returns the command; empty if it needs a guest and there is none. */
    Optional<Command> in(Cast cast);
  }

  /** Who there is, while the commands are written down in their order. */
  static final class Cast {
    private final int hosts;
    private final List<String> guests = new ArrayList<>();
    private final Set<String> checkpoints = new HashSet<>(); // never iterated
    private int made;

    Cast(int hosts, int guests) {
      this.hosts = hosts;
      for (int g = 1; g <= guests; g++) {
        this.guests.add("vm-" + g);
      }
    }

    String host(int which) {
      return "host-" + (1 + which % hosts);
    }

    private String guest(int which) {
      return guests.get(which % guests.size());
    }

    private String newName() {
      return "made-" + ++made;
    }

    private Command noted(Command command) {
      command.makes().ifPresent(guests::add);
      if (command instanceof GuestCommand.Checkpoint taken) {
        checkpoints.add(taken.label());
      }
      return command;
    }
  }

  private interface OnGuest {
    Command of(String guest, String host, Cast cast);
  }

  private interface OnHost {
    Command of(String host, Cast cast);
  }

  static Arbitrary<Draft> drafts() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, startAll()),
        Tuple.of(6, onGuests(usual())),
        Tuple.of(4, onGuests(unusual())),
        Tuple.of(3, onGuests(withValues())),
        Tuple.of(5, onHosts()));
  }

  private static Arbitrary<Draft> startAll() {
    return Arbitraries.of(Duration.ZERO, Duration.ofMinutes(10))
        .map(spread -> cast -> Optional.of(new Command.StartAll(spread)));
  }

  private static Arbitrary<Draft> onGuests(Arbitrary<OnGuest> commands) {
    Arbitrary<Integer> who = Arbitraries.integers().between(0, 5);
    return Combinators.combine(commands, who, Arbitraries.integers().between(0, 2))
        .as(
            (command, guest, host) ->
                cast ->
                    cast.guests.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                            cast.noted(command.of(cast.guest(guest), cast.host(host), cast))));
  }

  private static Arbitrary<OnGuest> usual() {
    return Arbitraries.of(
        (guest, host, cast) -> new GuestCommand.Start(guest),
        (guest, host, cast) -> new GuestCommand.Stop(guest),
        (guest, host, cast) -> new GuestCommand.Save(guest),
        (guest, host, cast) -> new GuestCommand.Resume(guest),
        (guest, host, cast) -> new GuestCommand.Migrate(guest, host),
        (guest, host, cast) -> new GuestCommand.QuickMigrate(guest, host));
  }

  private static Arbitrary<OnGuest> unusual() {
    return Arbitraries.of(
        (guest, host, cast) -> new GuestCommand.Crash(guest),
        (guest, host, cast) -> new GuestCommand.RemoveKey(guest),
        (guest, host, cast) -> new GuestCommand.ReplaceKey(guest, LicenseChannel.RETAIL, "8XDDG"),
        (guest, host, cast) -> new GuestCommand.ActivateNow(guest),
        (guest, host, cast) -> new GuestCommand.TidyItems(guest),
        (guest, host, cast) -> new GuestCommand.ClearGuestLog(guest),
        (guest, host, cast) -> new GuestCommand.Clone(guest, host, cast.newName()),
        (guest, host, cast) -> new GuestCommand.Replicate(guest, host),
        (guest, host, cast) -> new GuestCommand.FailOverReplica(guest),
        (guest, host, cast) -> new GuestCommand.TestReplica(guest, cast.newName()));
  }

  private static Arbitrary<OnGuest> withValues() {
    Arbitrary<OnGuest> keys =
        ScenarioArbitraries.keys()
            .map(key -> (guest, host, cast) -> new GuestCommand.InstallKey(guest, key));
    Arbitrary<OnGuest> exchange =
        Arbitraries.of(false, true)
            .map(on -> (guest, host, cast) -> new GuestCommand.DataExchange(guest, on));
    Arbitrary<OnGuest> clocks =
        Arbitraries.integers()
            .between(-400, 400)
            .map(
                hours ->
                    (guest, host, cast) ->
                        new GuestCommand.SetClock(guest, Duration.ofHours(hours)));
    Arbitrary<OnGuest> checkpoints =
        labels().map(label -> (guest, host, cast) -> new GuestCommand.Checkpoint(guest, label));
    Arbitrary<OnGuest> reverts =
        labels()
            .map(
                label ->
                    (guest, host, cast) ->
                        cast.checkpoints.contains(label)
                            ? new GuestCommand.Revert(guest, label)
                            : new GuestCommand.Checkpoint(guest, label));
    Arbitrary<OnGuest> fills =
        counts().map(count -> (guest, host, cast) -> new GuestCommand.FillGuestLog(guest, count));
    return Arbitraries.frequencyOf( // going back takes a checkpoint of the same label before it
        Tuple.of(1, keys),
        Tuple.of(1, exchange),
        Tuple.of(1, clocks),
        Tuple.of(2, checkpoints),
        Tuple.of(3, reverts),
        Tuple.of(1, fills));
  }

  private static Arbitrary<Draft> onHosts() {
    Arbitrary<OnHost> plain =
        Arbitraries.of(
            (host, cast) -> new HostCommand.Unlicense(host),
            (host, cast) -> new HostCommand.Relicense(host),
            (host, cast) -> new HostCommand.Fail(host),
            (host, cast) -> new HostCommand.Recover(host),
            (host, cast) -> new HostCommand.Drain(host),
            (host, cast) -> new HostCommand.ClearHostLog(host),
            CommandDrafts::create);
    Arbitrary<OnHost> upgrades =
        ProfileArbitraries.releases()
            .map(release -> (host, cast) -> new HostCommand.Upgrade(host, release));
    Arbitrary<OnHost> fills =
        counts().map(count -> (host, cast) -> new HostCommand.FillHostLog(host, count));
    Arbitrary<OnHost> imports =
        Combinators.combine(labels(), Arbitraries.of(false, true))
            .as(
                (label, copy) ->
                    (host, cast) ->
                        cast.checkpoints.contains(label)
                            ? new HostCommand.Import(host, label, cast.newName(), copy)
                            : create(host, cast));
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(7, plain),
                Tuple.of(1, upgrades),
                Tuple.of(1, fills),
                Tuple.of(1, imports)),
            Arbitraries.integers().between(0, 2))
        .as((command, host) -> cast -> Optional.of(cast.noted(command.of(cast.host(host), cast))));
  }

  private static Command create(String host, Cast cast) {
    return new HostCommand.Create(
        host,
        cast.newName(),
        GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD),
        new KeyChoice.Matching());
  }

  private static Arbitrary<String> labels() {
    return Arbitraries.of("label-1", "label-2");
  }

  private static Arbitrary<Integer> counts() {
    return Arbitraries.integers().between(1, 2_000);
  }
}
