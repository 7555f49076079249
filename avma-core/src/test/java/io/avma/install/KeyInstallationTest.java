package io.avma.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.install.Command.Restart;
import io.avma.install.Command.Shell;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyInstallationTest {
  private static final KeyCatalog CATALOG = KeyCatalog.standard();

  private static KeyInstallation of(WindowsRelease release, Edition edition) {
    return KeyInstallation.of(release, edition, CATALOG).orElseThrow();
  }

  private static ImmutableList<Command> commands(
      KeyInstallation installation, Procedure.Kind kind) {
    return installation.procedure(kind).orElseThrow().commands();
  }

  private static List<String> lines(KeyInstallation installation, Procedure.Kind kind) {
    return commands(installation, kind).stream().map(Command::line).toList();
  }

  @Test
  void everyReleaseAndEditionWithAKeyHasAnInstallationAndNoOther() {
    for (WindowsRelease release : WindowsRelease.values()) {
      for (Edition edition : Edition.values()) {
        Optional<AvmaKey> key = CATALOG.find(release, edition);
        Optional<KeyInstallation> installation = KeyInstallation.of(release, edition, CATALOG);
        assertEquals(key, installation.map(KeyInstallation::key));
        installation.ifPresent(
            found -> {
              assertEquals(release, found.release());
              assertFalse(found.evaluation());
            });
      }
    }
  }

  @Test
  void everyKeyIsInstalledWithTheLinesThatMicrosoftGives() {
    for (AvmaKey key : CATALOG.avmaKeys()) {
      KeyInstallation installation = KeyInstallation.of(key);
      String text = key.key().reveal();
      assertEquals(key.release(), installation.release());
      assertEquals("slmgr /ipk " + text, installation.slmgr().line());
      assertEquals(
          ImmutableList.of(installation.slmgr()),
          commands(installation, Procedure.Kind.INSTALL_WITH_SLMGR));
      assertEquals(
          List.of("cscript //nologo %windir%\\System32\\slmgr.vbs /ipk " + text),
          lines(installation, Procedure.Kind.INSTALL_HEADLESS));
      assertEquals(
          List.of(
              "Get-CimInstance -ClassName SoftwareLicensingService | Invoke-CimMethod -MethodName"
                  + " InstallProductKey -Arguments @{ ProductKey = '"
                  + text
                  + "' }",
              "Get-CimInstance -ClassName SoftwareLicensingService | Invoke-CimMethod -MethodName"
                  + " RefreshLicenseStatus"),
          lines(installation, Procedure.Kind.INSTALL_WITH_CIM));
      assertTrue(
          installation
              .procedure(Procedure.Kind.LOOK_WITH_SLMGR)
              .orElseThrow()
              .notes()
              .get(0)
              .text()
              .contains(" is " + key.key().lastFive() + " "));
    }
  }

  @Test
  void commandsSayWhereToTypeThemAndWhetherAsAdministrator() {
    KeyInstallation installation = of(WindowsRelease.WS_2022, Edition.DATACENTER);
    Command slmgr = installation.slmgr();
    assertEquals(Shell.COMMAND_PROMPT, slmgr.shell());
    assertEquals("Command Prompt", slmgr.shell().displayName());
    assertEquals("PowerShell", Shell.POWERSHELL.displayName());
    assertTrue(slmgr.elevated());
    assertEquals(Restart.ADVISED, slmgr.restart());
    assertEquals("Installs the AVMA key of Windows Server 2022 Datacenter.", slmgr.purpose());
    for (Command command : commands(installation, Procedure.Kind.INSTALL_WITH_CIM)) {
      assertEquals(Shell.POWERSHELL, command.shell());
      assertTrue(command.elevated());
      assertEquals(Restart.NONE, command.restart());
    }
    for (Procedure.Kind kind :
        List.of(Procedure.Kind.LOOK_WITH_SLMGR, Procedure.Kind.LOOK_WITH_CIM)) {
      for (Command command : commands(installation, kind)) {
        assertFalse(command.elevated(), command.line());
        assertEquals(Restart.NONE, command.restart());
      }
    }
    assertEquals(
        List.of("slmgr /dlv", "slmgr /xpr"), lines(installation, Procedure.Kind.LOOK_WITH_SLMGR));
    assertTrue(
        lines(installation, Procedure.Kind.LOOK_WITH_CIM)
            .get(0)
            .startsWith(
                "Get-CimInstance -ClassName SoftwareLicensingProduct -Filter \"ApplicationID ="
                    + " '55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey IS NOT"
                    + " NULL\" | Select-Object -Property "));
    assertEquals(List.of("slmgr /upk", "slmgr /cpky"), lines(installation, Procedure.Kind.REMOVE));
    assertTrue(commands(installation, Procedure.Kind.REMOVE).stream().allMatch(Command::elevated));
  }

  @Test
  void whatIsDoneComesInOneOrderAndEachOnce() {
    List<Procedure.Kind> kinds =
        of(WindowsRelease.WS_2022, Edition.DATACENTER).procedures().stream()
            .map(Procedure::kind)
            .toList();
    assertEquals(
        List.of(
            Procedure.Kind.INSTALL_WITH_SLMGR,
            Procedure.Kind.INSTALL_HEADLESS,
            Procedure.Kind.INSTALL_WITH_CIM,
            Procedure.Kind.LOOK_WITH_SLMGR,
            Procedure.Kind.LOOK_WITH_CIM,
            Procedure.Kind.UPGRADE_IN_PLACE,
            Procedure.Kind.REMOVE),
        kinds);
    List<Procedure.Kind> evaluation =
        of(WindowsRelease.WS_2022, Edition.DATACENTER).withEvaluation(true).procedures().stream()
            .map(Procedure::kind)
            .toList();
    assertEquals(
        List.of(
            Procedure.Kind.CONVERT_EVALUATION,
            Procedure.Kind.LOOK_WITH_SLMGR,
            Procedure.Kind.LOOK_WITH_CIM,
            Procedure.Kind.UPGRADE_IN_PLACE,
            Procedure.Kind.REMOVE),
        evaluation);
  }

  @Test
  void everyProcedureSaysWhyAndWhereFrom() {
    Set<String> titles = new HashSet<>();
    for (AvmaKey key : CATALOG.avmaKeys()) {
      for (boolean evaluation : new boolean[] {true, false}) {
        for (Procedure procedure :
            KeyInstallation.of(key).withEvaluation(evaluation).procedures()) {
          titles.add(procedure.title());
          assertFalse(procedure.commands().isEmpty());
          assertFalse(procedure.notes().isEmpty());
          assertFalse(procedure.source().isBlank());
          procedure.notes().forEach(note -> assertTrue(note.text().endsWith("."), note.text()));
          procedure.commands().forEach(it -> assertTrue(it.purpose().endsWith("."), it.purpose()));
          assertFalse(procedure.toString().contains(key.key().reveal()), procedure.toString());
        }
      }
    }
    assertTrue(titles.size() > 7);
  }

  @Test
  void aStandardOrDatacenterEvaluationIsConvertedWithDism() {
    for (AvmaKey key : CATALOG.avmaKeys()) {
      if (key.edition() == Edition.STANDARD || key.edition() == Edition.DATACENTER) {
        KeyInstallation installation = KeyInstallation.of(key).withEvaluation(true);
        String name = "Server" + key.edition().displayName();
        assertEquals(
            List.of(
                "DISM /Online /Get-CurrentEdition",
                "DISM /Online /Get-TargetEditions",
                "DISM /Online /Set-Edition:"
                    + name
                    + " /ProductKey:"
                    + key.key().reveal()
                    + " /AcceptEula"),
            lines(installation, Procedure.Kind.CONVERT_EVALUATION));
        Procedure procedure =
            installation.procedure(Procedure.Kind.CONVERT_EVALUATION).orElseThrow();
        assertTrue(procedure.commands().stream().allMatch(Command::elevated));
        assertEquals(
            List.of(Restart.NONE, Restart.NONE, Restart.REQUIRED),
            procedure.commands().stream().map(Command::restart).toList());
        assertEquals(Standing.SECONDARY, procedure.standing());
        assertEquals(
            List.of(
                "Only an edition that the second command lists can be had. A Datacenter evaluation"
                    + " does not become Standard, and since 2016 a Standard evaluation on Server"
                    + " Core becomes Datacenter only. Otherwise install afresh.",
                "On Server Core the name is " + name + "Cor instead of " + name + ".",
                "A domain controller cannot be converted.",
                "Microsoft documents the command with retail keys; others report that it takes AVMA"
                    + " keys. If it does not, convert with the KMS client key "
                    + installation.kmsClientKey().orElseThrow().key().reveal()
                    + " and install the AVMA key after the restart."),
            procedure.notes().stream().map(Note::text).toList());
      }
    }
  }

  @Test
  void anEssentialsEvaluationIsConvertedByItsKeyAndThatIsAssumed() {
    Procedure procedure =
        of(WindowsRelease.WS_2019, Edition.ESSENTIALS)
            .withEvaluation(true)
            .procedure(Procedure.Kind.CONVERT_EVALUATION)
            .orElseThrow();
    assertEquals(
        List.of("slmgr /ipk 2CTP7-NHT64-BP62M-FV6GG-HFV28"),
        procedure.commands().stream().map(Command::line).toList());
    assertEquals(Standing.ASSUMED, procedure.standing());
    assertEquals(Standing.DOCUMENTED, procedure.notes().get(0).standing());
    assertEquals(Standing.ASSUMED, procedure.notes().get(1).standing());
  }

  @Test
  void noEvaluationOfTheAzureEditionIsKnownAndTheProcedureSaysSo() {
    Procedure procedure =
        of(WindowsRelease.WS_2025, Edition.AZURE_EDITION)
            .withEvaluation(true)
            .procedure(Procedure.Kind.CONVERT_EVALUATION)
            .orElseThrow();
    assertEquals(Standing.ASSUMED, procedure.standing());
    assertTrue(procedure.commands().get(2).line().contains("/Set-Edition:ServerTurbine "));
    Note note = procedure.notes().get(0);
    assertEquals(Standing.ASSUMED, note.standing());
    assertEquals(
        "Microsoft describes no evaluation media of Datacenter: Azure Edition; the name"
            + " ServerTurbine is the one that public scripts use. Go on only if the second command"
            + " lists it.",
        note.text());
    assertEquals(5, procedure.notes().size());
  }

  @Test
  void setupIsGivenTheKmsClientKeyAndTheAvmaKeyFollows() {
    KeyInstallation installation = of(WindowsRelease.WS_2022, Edition.STANDARD);
    assertEquals(
        List.of(
            "setup.exe /auto upgrade /pkey VDYBN-27WPP-V4HQT-9VMD4-VMK7H",
            "slmgr /ipk YDFWN-MJ9JR-3DYRK-FXXRW-78VHK"),
        lines(installation, Procedure.Kind.UPGRADE_IN_PLACE));
    Procedure procedure = installation.procedure(Procedure.Kind.UPGRADE_IN_PLACE).orElseThrow();
    assertEquals("Upgrade a guest to Windows Server 2022 Standard", procedure.title());
    assertEquals(Restart.REQUIRED, procedure.commands().get(0).restart());
    assertTrue(procedure.notes().get(0).text().contains("Give it the KMS client key and"));
    assertTrue(procedure.notes().get(0).text().contains("0xC1900215"));
  }

  @Test
  void theKmsClientKeyIsThatOfTheGuestsOwnRelease() {
    assertEquals(
        "N2KJX-J94YW-TQVFB-DG9YT-724CC",
        of(WindowsRelease.WS_1809, Edition.STANDARD).kmsClientKey().orElseThrow().key().reveal());
    assertEquals(
        "N69G4-B89J2-4G8F4-WWYCC-J464C",
        of(WindowsRelease.WS_2019, Edition.STANDARD).kmsClientKey().orElseThrow().key().reveal());
  }

  @Test
  void withoutAKmsClientKeySetupIsGivenNone() {
    AvmaKey known = CATALOG.find(WindowsRelease.WS_2025, Edition.DATACENTER).orElseThrow();
    AvmaKey own =
        new AvmaKey(
            known.key(),
            ImmutableSet.of(WindowsRelease.WS_23H2),
            Edition.DATACENTER,
            Standing.ASSUMED,
            "a user");
    KeyInstallation installation =
        KeyInstallation.of(WindowsRelease.WS_23H2, Edition.DATACENTER, CATALOG.with(own))
            .orElseThrow();
    assertTrue(installation.kmsClientKey().isEmpty());
    assertEquals(
        List.of("slmgr /ipk YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67"),
        lines(installation, Procedure.Kind.UPGRADE_IN_PLACE));
    assertTrue(
        installation
            .procedure(Procedure.Kind.UPGRADE_IN_PLACE)
            .orElseThrow()
            .notes()
            .get(0)
            .text()
            .contains("Give it no key and"));
    Procedure evaluation =
        installation
            .withEvaluation(true)
            .procedure(Procedure.Kind.CONVERT_EVALUATION)
            .orElseThrow();
    assertTrue(evaluation.notes().get(3).text().endsWith("that it takes AVMA keys."));
  }

  @Test
  void aGuestBringsItsReleaseEditionAndEvaluation() {
    KeyInstallation plain =
        KeyInstallation.forGuest(GuestProfile.of(WindowsRelease.WS_1903, Edition.STANDARD), CATALOG)
            .orElseThrow();
    assertEquals("TNK62-RXVTB-4P47B-2D623-4GF74", plain.key().key().reveal());
    assertEquals(WindowsRelease.WS_1903, plain.release());
    assertFalse(plain.evaluation());
    GuestSystem evaluation =
        new GuestSystem.WindowsServer(WindowsRelease.WS_2016, Edition.DATACENTER, Ternary.YES);
    KeyInstallation fromMedia =
        KeyInstallation.forGuest(GuestProfile.of(evaluation), CATALOG).orElseThrow();
    assertTrue(fromMedia.evaluation());
    assertEquals(
        "Windows Server 2016 Datacenter (evaluation), *****-*****-*****-*****-CWG3J",
        fromMedia.toString());
    assertEquals("Windows Server 2019 Standard, *****-*****-*****-*****-4GF74", plain.toString());
  }

  @Test
  void guestsWithoutAKeyHaveNoInstallation() {
    assertTrue(
        KeyInstallation.forGuest(
                GuestProfile.of(WindowsRelease.WS_2022, Edition.ESSENTIALS), CATALOG)
            .isEmpty());
    for (GuestSystem system :
        List.of(
            new GuestSystem.WindowsClient("Windows 11"),
            new GuestSystem.EarlierWindowsServer("Windows Server 2012"),
            new GuestSystem.NotWindows("Debian"),
            new GuestSystem.Unknown())) {
      assertTrue(KeyInstallation.forGuest(GuestProfile.of(system), CATALOG).isEmpty());
    }
  }

  @Test
  void keysAreMaskedWhereTextsGoToLogs() {
    KeyInstallation installation = of(WindowsRelease.WS_2022, Edition.DATACENTER);
    assertEquals(
        "Command Prompt> slmgr /ipk *****-*****-*****-*****-DV9BG",
        installation.slmgr().toString());
    assertEquals(
        "with *****-*****-*****-*****-DV9BG or *****-*****-*****-*****-78VHK.",
        Note.assumed("with W3GNR-8DDXR-2TFRP-H8P33-DV9BG or YDFWN-MJ9JR-3DYRK-FXXRW-78VHK.")
            .toString());
    assertEquals(
        "or *****-*****-*****-*****-dv9bg.",
        Note.assumed("or w3gnr8ddxr2tfrph8p33dv9bg.").toString());
  }

  @Test
  void anAnswerFileHoldsTheKeyWhereMicrosoftDocumentsIt() {
    assertEquals(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <unattend xmlns="urn:schemas-microsoft-com:unattend">
          <settings pass="specialize">
            <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">
              <ProductKey>W3GNR-8DDXR-2TFRP-H8P33-DV9BG</ProductKey>
            </component>
          </settings>
        </unattend>
        """,
        AnswerFiles.INSTALLATION.answerFile(AnswerFileArchitecture.AMD64));
    assertEquals(
        """
        <settings pass="specialize">
          <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="arm64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">
            <ProductKey>W3GNR-8DDXR-2TFRP-H8P33-DV9BG</ProductKey>
          </component>
        </settings>
        """,
        AnswerFiles.INSTALLATION.answerFileFragment(AnswerFileArchitecture.ARM64));
  }

  @Test
  void architecturesAreKnownByTheWordsOfAnswerFiles() {
    assertEquals(
        Optional.of(AnswerFileArchitecture.AMD64), AnswerFileArchitecture.named(" AMD64 "));
    assertEquals(Optional.of(AnswerFileArchitecture.ARM64), AnswerFileArchitecture.named("arm64"));
    assertEquals(Optional.empty(), AnswerFileArchitecture.named("x86"));
  }
}
