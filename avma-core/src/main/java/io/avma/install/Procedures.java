package io.avma.install;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KmsClientKey;
import io.avma.install.Command.Restart;
import io.avma.platform.Standing;
import java.util.Optional;

/** Writes down the procedures that hold for every guest, evaluation media aside. */
final class Procedures {
  private static final String SLMGR_OPTIONS = "Microsoft \"Slmgr.vbs options\" (2019-09)";
  private static final String AVMA_PAGE =
      "Microsoft \"Automatic Virtual Machine Activation in Windows Server\" (2023-09)";
  private static final String LICENSING_CLASSES =
      "Microsoft \"SoftwareLicensingService class\" and \"SoftwareLicensingProduct class\"";

  /** The script from a shell: a console instead of a window for the answer. */
  private static final String HEADLESS = "cscript //nologo %windir%\\System32\\slmgr.vbs ";

  private static final String SERVICE =
      "Get-CimInstance -ClassName SoftwareLicensingService | Invoke-CimMethod -MethodName ";

  private static final Note WHEN =
      Note.documented(
          "The guest asks its host when it starts, so no /ato is needed. After a new key Microsoft"
              + " advises to restart the guest, or its Software Protection service.");
  private static final Note DATA_EXCHANGE =
      Note.documented(
          "The Data Exchange integration service must be enabled for the VM, and the host itself"
              + " must be activated.");

  private Procedures() {}

  static Command slmgr(AvmaKey key) {
    return Command.prompt("slmgr /ipk " + key.key().reveal(), installs(key), true, Restart.ADVISED);
  }

  static Procedure installWithSlmgr(AvmaKey key) {
    return new Procedure(
        Procedure.Kind.INSTALL_WITH_SLMGR,
        "Install the key by hand",
        ImmutableList.of(slmgr(key)),
        ImmutableList.of(
            WHEN,
            DATA_EXCHANGE,
            Note.documented("A key that is already installed is replaced without a question.")),
        Standing.DOCUMENTED,
        AVMA_PAGE);
  }

  static Procedure installHeadless(AvmaKey key) {
    return new Procedure(
        Procedure.Kind.INSTALL_HEADLESS,
        "Install the key from a script, without a window",
        ImmutableList.of(
            Command.prompt(
                HEADLESS + "/ipk " + key.key().reveal(), installs(key), true, Restart.ADVISED)),
        ImmutableList.of(WHEN, DATA_EXCHANGE),
        Standing.DOCUMENTED,
        SLMGR_OPTIONS);
  }

  static Procedure installWithCim(AvmaKey key) {
    return new Procedure(
        Procedure.Kind.INSTALL_WITH_CIM,
        "Install the key where Windows has no VBScript",
        ImmutableList.of(
            Command.powerShell(
                SERVICE
                    + "InstallProductKey -Arguments @{ ProductKey = '"
                    + key.key().reveal()
                    + "' }",
                installs(key),
                true),
            Command.powerShell(
                SERVICE + "RefreshLicenseStatus",
                "Makes Windows look at its license again, as slmgr does.",
                true)),
        ImmutableList.of(WHEN, DATA_EXCHANGE),
        Standing.DOCUMENTED,
        LICENSING_CLASSES);
  }

  static Procedure lookWithSlmgr(AvmaKey key) {
    return new Procedure(
        Procedure.Kind.LOOK_WITH_SLMGR,
        "See whether it worked",
        ImmutableList.of(
            Command.prompt(
                "slmgr /dlv",
                "Shows key, license status and what the host answered.",
                false,
                Restart.NONE),
            Command.prompt(
                "slmgr /xpr", "Shows until when the guest is activated.", false, Restart.NONE)),
        ImmutableList.of(
            Note.documented(
                "The partial product key is "
                    + key.key().lastFive()
                    + " and the description contains VIRTUAL_MACHINE_ACTIVATION; the other words"
                    + " are in the language of Windows."),
            Note.documented("In a script, write " + HEADLESS + "/dlv to have them as text."),
            Note.documented(
                "Errors are not shown: look for event 12309 in the guest's Application log and for"
                    + " 12310 in the host's.")),
        Standing.DOCUMENTED,
        SLMGR_OPTIONS);
  }

  static Procedure lookWithCim(AvmaKey key) {
    return new Procedure(
        Procedure.Kind.LOOK_WITH_CIM,
        "See the same as objects",
        ImmutableList.of(
            Command.powerShell(
                "Get-CimInstance -ClassName SoftwareLicensingProduct -Filter \"ApplicationID ="
                    + " '55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey IS NOT NULL\""
                    + " | Select-Object -Property Description, ProductKeyChannel,"
                    + " PartialProductKey, LicenseStatus, GracePeriodRemaining, IAID,"
                    + " AutomaticVMActivationHostMachineName",
                "Shows key, channel, license status and the host that answered.",
                false)),
        ImmutableList.of(
            Note.documented(
                "LicenseStatus 1 is licensed; PartialProductKey is " + key.key().lastFive() + "."),
            Note.secondary("The channel of an AVMA key is VT:IA.")),
        Standing.DOCUMENTED,
        LICENSING_CLASSES);
  }

  static Procedure upgradeInPlace(AvmaKey key, Optional<KmsClientKey> kmsClientKey) {
    ImmutableList.Builder<Command> commands = ImmutableList.builder();
    kmsClientKey.ifPresent(
        kms ->
            commands.add(
                Command.prompt(
                    "setup.exe /auto upgrade /pkey " + kms.key().reveal(),
                    "Upgrades, from the media of the new release, with the KMS client key of "
                        + kms.product()
                        + ".",
                    true,
                    Restart.REQUIRED)));
    commands.add(slmgr(key));
    return new Procedure(
        Procedure.Kind.UPGRADE_IN_PLACE,
        "Upgrade a guest to " + key.product(),
        commands.build(),
        ImmutableList.of(
            Note.secondary(
                "Setup refuses an AVMA key as the key that chooses the image, in its window, with"
                    + " /pkey (error 0xC1900215) and in the answer file's UserData. Give it "
                    + (kmsClientKey.isPresent() ? "the KMS client key" : "no key")
                    + " and install the AVMA key afterwards.")),
        Standing.SECONDARY,
        "reports by administrators, collected in Microsoft's documentation repository");
  }

  static Procedure remove() {
    return new Procedure(
        Procedure.Kind.REMOVE,
        "Take the key out, or replace it by one of another kind",
        ImmutableList.of(
            Command.prompt(
                "slmgr /upk",
                "Uninstalls the key; after the next start the guest is unlicensed.",
                true,
                Restart.ADVISED),
            Command.prompt(
                "slmgr /cpky", "Removes the key from the registry.", true, Restart.NONE)),
        ImmutableList.of(
            Note.documented(
                "To replace the key, install the other one: it takes the place of this one."),
            Note.documented(
                "Microsoft says that the guest's KVP data should be removed when a retail, OEM or"
                    + " volume key replaces an AVMA key; nothing says that Windows removes it."),
            Note.secondary(
                "No source names the items. They are looked for in the guest under"
                    + " HKLM\\SOFTWARE\\Microsoft\\Virtual Machine\\Guest; look before you"
                    + " delete.")),
        Standing.DOCUMENTED,
        SLMGR_OPTIONS);
  }

  private static String installs(AvmaKey key) {
    return "Installs the AVMA key of " + key.product() + ".";
  }
}
