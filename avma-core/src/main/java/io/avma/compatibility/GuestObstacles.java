package io.avma.compatibility;

import io.avma.catalog.KeyAbsence;
import io.avma.platform.GuestSystem;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;

/** The obstacles that come from the guest, or from guest and host together, in words. */
final class GuestObstacles {
  static final Obstacle DATA_EXCHANGE =
      new Obstacle(
          Obstacle.Kind.DATA_EXCHANGE_OFF,
          "The Data Exchange integration service is disabled for the VM.",
          "Enable it in the VM's settings on the host, under Integration Services.",
          Standing.DOCUMENTED);
  static final Obstacle SHIELDED_VM =
      new Obstacle(
          Obstacle.Kind.SHIELDED,
          "The VM is shielded, which blocks Data Exchange.",
          "Activate it by KMS or Active Directory instead.",
          Standing.SECONDARY);
  static final Obstacle EVALUATION_MEDIA =
      new Obstacle(
          Obstacle.Kind.GUEST_EVALUATION,
          "The guest runs from evaluation media, which takes no AVMA key.",
          "Convert it first: DISM /Online /Set-Edition with the AVMA key and /AcceptEula, then"
              + " restart.",
          Standing.SECONDARY);
  static final Obstacle AZURE_EDITION =
      new Obstacle(
          Obstacle.Kind.AZURE_EDITION_OUTSIDE_AZURE,
          "The guest is Azure Edition, which Microsoft offers on Azure and Azure Local only.",
          "Move it to an Azure Local host, or install Datacenter or Standard.",
          Standing.ASSUMED);

  private GuestObstacles() {}

  static Obstacle tooOld(GuestSystem system) {
    return new Obstacle(
        Obstacle.Kind.GUEST_TOO_OLD,
        "The guest is " + system.displayName() + "; AVMA begins with Windows Server 2012 R2.",
        "Activate it by KMS or MAK, or upgrade it.",
        Standing.DOCUMENTED);
  }

  static Obstacle client(GuestSystem system) {
    return new Obstacle(
        Obstacle.Kind.GUEST_NOT_WINDOWS_SERVER,
        "The guest is " + system.displayName() + ", a client; AVMA is for Windows Server only.",
        "Activate it by KMS, Active Directory or subscription.",
        Standing.DOCUMENTED);
  }

  static Obstacle notWindows(GuestSystem system) {
    return new Obstacle(
        Obstacle.Kind.GUEST_NOT_WINDOWS_SERVER,
        "The guest is " + system.displayName() + "; AVMA is for Windows Server only.",
        "It needs no activation by Windows; leave it out of the plan.",
        Standing.DOCUMENTED);
  }

  static Obstacle noKey(KeyAbsence absence) {
    return new Obstacle(
        Obstacle.Kind.NO_AVMA_KEY,
        "No AVMA key is published for "
            + absence.release().displayName()
            + " "
            + absence.edition().displayName()
            + ": "
            + absence.reason()
            + ".",
        "Activate it by KMS or MAK, or install a release and edition that has a key.",
        absence.standing());
  }

  /** The host's release does not take the guest's; the builds say which of the two is older. */
  static Obstacle pair(WindowsRelease host, WindowsRelease guest, Standing standing) {
    return guest.build() > host.build()
        ? newerThanHost(host, guest, standing)
        : notTaken(host, guest, standing);
  }

  private static Obstacle newerThanHost(
      WindowsRelease host, WindowsRelease guest, Standing standing) {
    boolean sameBaseline = host.baseline() == guest.baseline();
    return new Obstacle(
        Obstacle.Kind.GUEST_NEWER_THAN_HOST,
        "The guest ("
            + guest.displayName()
            + ") is newer than the host ("
            + host.displayName()
            + "), which does not know it.",
        "Move the VM to a Datacenter host of "
            + (sameBaseline ? guest : guest.baseline()).displayName()
            + " or later, or upgrade the host.",
        standing);
  }

  /** No published table has such a pair; a user's matrix may. */
  private static Obstacle notTaken(WindowsRelease host, WindowsRelease guest, Standing standing) {
    return new Obstacle(
        Obstacle.Kind.GUEST_TOO_OLD,
        "A host of "
            + host.displayName()
            + " does not activate guests of "
            + guest.displayName()
            + ".",
        "Move the VM to a Datacenter host of another release, or upgrade the guest.",
        standing);
  }

  static Obstacle newerThanHostKey(WindowsRelease key, WindowsRelease guest, Standing standing) {
    return new Obstacle(
        Obstacle.Kind.GUEST_NEWER_THAN_HOST,
        "The guest ("
            + guest.displayName()
            + ") is newer than the host key ("
            + key.displayName()
            + ").",
        "Set host keys of "
            + guest.baseline().displayName()
            + " on every machine of the cluster, or use the subscription.",
        standing);
  }

  static Obstacle notInSubscription(WindowsRelease guest, Standing standing) {
    return new Obstacle(
        Obstacle.Kind.GUEST_TOO_OLD,
        "The subscription does not cover " + guest.displayName() + " guests.",
        "Activate it by KMS or MAK, or upgrade it.",
        standing);
  }

  static Obstacle notOnHub(WindowsRelease guest, boolean newer, Standing standing) {
    return new Obstacle(
        newer ? Obstacle.Kind.GUEST_NEWER_THAN_HOST : Obstacle.Kind.GUEST_TOO_OLD,
        "Azure Stack Hub does not activate guests of " + guest.displayName() + ".",
        "Activate it by KMS there.",
        standing);
  }
}
