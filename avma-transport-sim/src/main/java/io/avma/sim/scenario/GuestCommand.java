package io.avma.sim.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.LicenseChannel;
import io.avma.sim.GuestImage;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import java.time.Duration;
import java.util.Optional;

/** Something that is done to a guest. */
@CheckReturnValue
public sealed interface GuestCommand extends Command {
  /** Returns the name of the guest. */
  String guest();

  /** Something that is done to a guest and concerns a host as well. */
  sealed interface WithHost extends GuestCommand {
    /** Returns the name of the host. */
    String to();
  }

  /** Does it to the guest, which exists. */
  boolean apply(SimulatedGuest guest, Stage stage);

  @Override
  default boolean apply(Stage stage) {
    return stage.guest(guest(), found -> apply(found, stage));
  }

  /**
   * Boots the guest, or boots it again.
   *
   * @param guest the guest
   */
  record Start(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.isPowered() && found.start().isEmpty();
    }
  }

  /**
   * Shuts the guest down.
   *
   * @param guest the guest
   */
  record Stop(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.stop().isEmpty();
    }
  }

  /**
   * Lets the guest fail.
   *
   * @param guest the guest
   */
  record Crash(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.crash().isEmpty();
    }
  }

  /**
   * Saves the guest.
   *
   * @param guest the guest
   */
  record Save(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.save().isEmpty();
    }
  }

  /**
   * Lets a saved guest go on.
   *
   * @param guest the guest
   */
  record Resume(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.isPowered() && found.restore().isEmpty();
    }
  }

  /**
   * Takes a checkpoint, or an export: both are what lies on the disks.
   *
   * @param guest the guest
   * @param label by what name to find it again; a second one of that name takes its place
   */
  record Checkpoint(String guest, String label) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      stage.keep(label, found.checkpoint());
      return true;
    }
  }

  /**
   * Makes the guest what it was at a checkpoint.
   *
   * @param guest the guest
   * @param label the name of the checkpoint
   */
  record Revert(String guest, String label) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      Optional<GuestImage> image = stage.image(label);
      return image.isPresent() && found.revertTo(image.get()).isEmpty();
    }
  }

  /**
   * Installs an AVMA key.
   *
   * @param guest the guest
   * @param key which; with {@link KeyChoice.None} or one of another channel nothing happens
   */
  record InstallKey(String guest, KeyChoice key) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return key.avmaKey(stage.catalog(), found.profile().system())
          .map(avma -> found.install(avma).isInstalled())
          .orElse(false);
    }
  }

  /**
   * Replaces the key by one of another channel.
   *
   * @param guest the guest
   * @param channel the channel, not AVMA
   * @param lastFive the last five characters of the key
   */
  record ReplaceKey(String guest, LicenseChannel channel, String lastFive) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.installOther(channel, lastFive).isEmpty();
    }
  }

  /**
   * Removes the key.
   *
   * @param guest the guest
   */
  record RemoveKey(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.removeKey().isEmpty();
    }
  }

  /**
   * Asks for activation now.
   *
   * @param guest the guest
   */
  record ActivateNow(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.activateNow().isEmpty();
    }
  }

  /**
   * Removes the AVMA items from the guest's pool.
   *
   * @param guest the guest
   */
  record TidyItems(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.removeActivationItems();
    }
  }

  /**
   * Moves the guest by live migration; one that does not run as it is.
   *
   * @param guest the guest
   * @param to the host
   */
  record Migrate(String guest, String to) implements WithHost {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return stage.host(to, target -> found.canMoveTo(target) && found.migrateTo(target).isEmpty());
    }
  }

  /**
   * Moves the guest by quick migration: saved here, restored there.
   *
   * @param guest the guest
   * @param to the host
   */
  record QuickMigrate(String guest, String to) implements WithHost {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return stage.host(
          to, target -> found.canMoveTo(target) && found.quickMigrateTo(target).isEmpty());
    }
  }

  /**
   * Switches Data Exchange off or on.
   *
   * @param guest the guest
   * @param on whether it is on then
   */
  record DataExchange(String guest, boolean on) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      found.setDataExchange(on);
      return true;
    }
  }

  /**
   * Sets the guest's clock.
   *
   * @param guest the guest
   * @param ahead by how much it is ahead of the true time then; negative, if behind
   */
  record SetClock(String guest, Duration ahead) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      found.setClock(ahead);
      return true;
    }
  }

  /**
   * Clears the guest's event log.
   *
   * @param guest the guest
   */
  record ClearGuestLog(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      found.clearLog();
      return true;
    }
  }

  /**
   * Lets other programs write into the guest's event log, until it wraps.
   *
   * @param guest the guest
   * @param records how many records
   */
  record FillGuestLog(String guest, int records) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      found.fillLog(records);
      return true;
    }
  }

  /**
   * Copies the guest, identity included; the copy is off.
   *
   * @param guest the guest
   * @param to the host of the copy, which must not have a VM of that identity
   * @param as the name of the copy
   */
  record Clone(String guest, String to, String as) implements WithHost {
    @Override
    public Optional<String> makes() {
      return Optional.of(as);
    }

    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return !stage.datacenter().hasGuest(as) && stage.host(to, target -> place(found, target));
    }

    private boolean place(SimulatedGuest found, SimulatedHost target) {
      if (!target.canTake(found.vm())) {
        return false;
      }
      found.cloneTo(target, as);
      return true;
    }
  }

  /**
   * Replicates the guest; its replica is called as the guest with {@code /replica} behind it.
   *
   * @param guest the guest
   * @param to the host of the replica
   */
  record Replicate(String guest, String to) implements WithHost {
    @Override
    public Optional<String> makes() {
      return Optional.of(guest + "/replica");
    }

    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      SimulatedDatacenter datacenter = stage.datacenter();
      if (!found.isPowered()
          || found.replica().isPresent()
          || datacenter.hasGuest(guest + "/replica")) {
        return false;
      }
      return stage.host(to, target -> replicate(found, target));
    }

    private static boolean replicate(SimulatedGuest found, SimulatedHost target) {
      if (!target.canTake(found.vm())) {
        return false;
      }
      found.replicateTo(target);
      return true;
    }
  }

  /**
   * Lets the guest's replica take over.
   *
   * @param guest the guest, not its replica
   */
  record FailOverReplica(String guest) implements GuestCommand {
    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      return found.replica().isPresent()
          && found.replica().get().host().isUp()
          && found.failOverToReplica().isEmpty();
    }
  }

  /**
   * Starts a copy of the guest's replica, with an identity of its own.
   *
   * @param guest the guest, not its replica
   * @param as the name of the copy
   */
  record TestReplica(String guest, String as) implements GuestCommand {
    @Override
    public Optional<String> makes() {
      return Optional.of(as);
    }

    @Override
    public boolean apply(SimulatedGuest found, Stage stage) {
      if (stage.datacenter().hasGuest(as)
          || found.replica().isEmpty()
          || !found.replica().get().host().isUp()) {
        return false;
      }
      found.testReplica(as);
      return true;
    }
  }
}
