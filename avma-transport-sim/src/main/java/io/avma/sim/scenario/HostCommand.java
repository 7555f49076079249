package io.avma.sim.scenario;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.catalog.AvmaKey;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.sim.GuestImage;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import java.util.Optional;

/** Something that is done to a host. */
@CheckReturnValue
public sealed interface HostCommand extends Command {
  /** Returns the name of the host. */
  String host();

  /** Does it to the host, which exists. */
  boolean apply(SimulatedHost host, Stage stage);

  @Override
  default boolean apply(Stage stage) {
    return stage.host(host(), found -> apply(found, stage));
  }

  /**
   * Creates a guest, off.
   *
   * @param host the host
   * @param guest the name of the guest
   * @param profile what it is
   * @param key the key that it has
   */
  record Create(String host, String guest, GuestProfile profile, KeyChoice key)
      implements HostCommand {
    @Override
    public Optional<String> makes() {
      return Optional.of(guest);
    }

    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      if (!found.isUp() || stage.datacenter().hasGuest(guest)) {
        return false;
      }
      Optional<AvmaKey> avma = key.avmaKey(stage.catalog(), profile.system());
      if (avma.isPresent()) {
        found.create(guest, profile, avma.get());
        return true;
      }
      SimulatedGuest made = found.create(guest, profile);
      if (key instanceof KeyChoice.Other other) {
        made.installOther(other.channel(), other.lastFive());
      }
      return true;
    }
  }

  /**
   * Imports an exported guest.
   *
   * @param host the host
   * @param label the name of the export
   * @param as the name of the guest
   * @param copy whether it gets an identity of its own; else it keeps that of the exported one
   */
  record Import(String host, String label, String as, boolean copy) implements HostCommand {
    @Override
    public Optional<String> makes() {
      return Optional.of(as);
    }

    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      Optional<GuestImage> image = stage.image(label);
      if (image.isEmpty() || !found.isUp() || stage.datacenter().hasGuest(as)) {
        return false;
      }
      if (copy) {
        found.copy(as, image.get());
        return true;
      }
      if (!found.canTake(image.get().vm())) {
        return false;
      }
      found.restore(as, image.get());
      return true;
    }
  }

  /**
   * Lets the host fail; its cluster takes its guests.
   *
   * @param host the host
   */
  record Fail(String host) implements HostCommand {
    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      boolean up = found.isUp();
      found.fail();
      return up;
    }
  }

  /**
   * Lets a host that failed come back.
   *
   * @param host the host
   */
  record Recover(String host) implements HostCommand {
    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      boolean up = found.isUp();
      found.recover();
      return !up;
    }
  }

  /**
   * Moves all guests to the other nodes of the cluster.
   *
   * @param host the host
   */
  record Drain(String host) implements HostCommand {
    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      if (!found.isUp()) {
        return false;
      }
      found.drain();
      return true;
    }
  }

  /**
   * Takes the host the license that it activates guests by.
   *
   * @param host the host
   */
  record Unlicense(String host) implements HostCommand {
    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      found.unlicense();
      return true;
    }
  }

  /**
   * Gives the host a license again: it is activated, or on Azure Local has a subscription.
   *
   * @param host the host
   */
  record Relicense(String host) implements HostCommand {
    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      found.change(Relicense::licensed);
      return true;
    }

    private static HostProfile licensed(HostProfile profile) {
      return profile.platform() == HostPlatform.AZURE_LOCAL
          ? profile.toBuilder()
              .azureLocalLicense(new AzureLocalLicense.Subscription(Ternary.YES))
              .build()
          : profile.toBuilder().activated(Ternary.YES).build();
    }
  }

  /**
   * Upgrades the host in place.
   *
   * @param host the host
   * @param release the release that it has then
   */
  record Upgrade(String host, WindowsRelease release) implements HostCommand {
    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      if (!found.isUp()) {
        return false;
      }
      found.upgrade(release);
      return true;
    }
  }

  /**
   * Clears the host's event log.
   *
   * @param host the host
   */
  record ClearHostLog(String host) implements HostCommand {
    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      found.clearLog();
      return true;
    }
  }

  /**
   * Lets other programs write into the host's event log, until it wraps.
   *
   * @param host the host
   * @param records how many records, 1 or more
   */
  record FillHostLog(String host, int records) implements HostCommand {
    /** Refuses less than one record. */
    public FillHostLog {
      checkArgument(records >= 1, "%s records (expected: at least 1)", records);
    }

    @Override
    public boolean apply(SimulatedHost found, Stage stage) {
      found.fillLog(records);
      return true;
    }
  }
}
