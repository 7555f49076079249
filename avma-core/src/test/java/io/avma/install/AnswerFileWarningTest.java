package io.avma.install;

import static io.avma.install.AnswerFiles.KEY;
import static io.avma.install.AnswerFiles.KMS_KEY;
import static io.avma.install.AnswerFiles.REST;
import static io.avma.install.AnswerFiles.SHELL_SETUP;
import static io.avma.install.AnswerFiles.edit;
import static io.avma.install.AnswerFiles.file;
import static io.avma.install.AnswerFiles.withComponent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import io.avma.install.AnswerFileWarning.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerFileWarningTest {
  private static String setup(String key) {
    return "<settings pass=\"windowsPE\"><component name=\"Microsoft-Windows-Setup\"><UserData>"
        + "<ProductKey><Key>"
        + key
        + "</Key><WillShowUI>OnError</WillShowUI></ProductKey></UserData></component></settings>";
  }

  @Test
  void anAvmaKeyThatChoosesTheImageIsTheClassicMistake() {
    AnswerFileWarning warning =
        only(edit(file("\n" + setup(" tnk62-rxvtb-4p47b-2d623-4gf74 "))), Kind.AVMA_KEY_FOR_SETUP);
    assertEquals(
        "the AVMA key of Windows Server 2019 Standard (*****-*****-*****-*****-4GF74) stands where"
            + " the key chooses the image, and Setup refuses it there; put the KMS client key of"
            + " the same edition in its place, or none",
        warning.message());
    assertEquals(2, warning.position().line());
    assertEquals(setup("").indexOf("<Key>") + 1, warning.position().column());
    String refusedFile =
        file(
            setup(KEY)
                + "<settings pass=\"specialize\">"
                + SHELL_SETUP
                + "<ProductKey>x</ProductKey>"
                + "</component></settings>");
    only(AnswerFiles.refused(edit(refusedFile)), Kind.AVMA_KEY_FOR_SETUP);
    String second = "<settings pass=\"specialize\">" + SHELL_SETUP + "</component></settings>";
    only(AnswerFiles.refused(edit(file(setup(KEY) + second + second))), Kind.AVMA_KEY_FOR_SETUP);
    String same = file(setup(KEY) + withComponentOnly("<ProductKey>" + KEY + "</ProductKey>"));
    only(edit(same), Kind.AVMA_KEY_FOR_SETUP);
  }

  private static String withComponentOnly(String content) {
    return "<settings pass=\"specialize\">" + SHELL_SETUP + content + "</component></settings>";
  }

  @Test
  void anyOtherKeyForSetupIsInOrder() {
    for (String key : List.of(KMS_KEY, "", "%KEY%", "WMDGN-G9PQG-XVVXX-R3X43-63DFH")) {
      assertTrue(edit(file(setup(key))).warnings().isEmpty(), key);
    }
    assertTrue(
        edit(file(setup(KEY).replace("Windows-Setup", "Windows-Other"))).warnings().isEmpty());
    assertTrue(edit(file(setup(KEY).replace("UserData", "OtherData"))).warnings().isEmpty());
  }

  @Test
  void aKeyForActivationInAnotherPassHasNoEffect() {
    AnswerFileWarning warning =
        only(
            edit(
                file(
                    "\n<settings pass=\"oobeSystem\">"
                        + SHELL_SETUP
                        + "<ProductKey>"
                        + KEY
                        + "</ProductKey></component></settings>")),
            Kind.KEY_IN_OTHER_PASS);
    assertEquals(
        "a key for activation belongs into the pass specialize; remove it from this one",
        warning.message());
    assertEquals(2, warning.position().line());
    assertTrue(
        edit(file("<settings pass=\"oobeSystem\">" + SHELL_SETUP + "</component></settings>"))
            .warnings()
            .isEmpty());
  }

  @Test
  void componentsForOtherArchitecturesAreNamed() {
    String pass = "<settings pass=\"specialize\">%s</settings>";
    String x86 = SHELL_SETUP.replace("amd64", "x\u202E86") + "</component>";
    AnswerFileWarning warning =
        only(edit(file(pass.formatted("\n" + x86))), Kind.OTHER_ARCHITECTURE);
    assertEquals(
        "the component is for x\\u{202E}86; one more is needed beside it unless that is what the"
            + " guest has",
        warning.message());
    assertEquals(2, warning.position().line());
    String none = "<component name=\"Microsoft-Windows-Shell-Setup\"/>";
    assertEquals(
        "the component is for no architecture; one more is needed beside it unless that is what the"
            + " guest has",
        only(edit(file(pass.formatted(none))), Kind.OTHER_ARCHITECTURE).message());
    assertTrue(edit(file(pass.formatted(x86 + SHELL_SETUP + "</component>"))).warnings().isEmpty());
  }

  @Test
  void aProcessedPassWillNotBeReadAgain() {
    String processed = "<settings pass=\"specialize\" wasPassProcessed=\"true\">";
    String message =
        "the pass is marked as processed, so Windows will not read the key from here; take a file"
            + " that Windows has not used yet";
    for (String content :
        List.of("", SHELL_SETUP + "</component>", SHELL_SETUP + "<ProductKey/></component>")) {
      AnswerFileWarning warning =
          only(edit(file("\n" + processed + content + "</settings>")), Kind.PASS_PROCESSED);
      assertEquals(message, warning.message());
      assertEquals(2, warning.position().line());
      assertEquals(1, warning.position().column());
    }
    assertTrue(
        edit(file("<settings pass=\"generalize\" wasPassProcessed=\"true\"/>"))
            .warnings()
            .isEmpty());
    assertTrue(edit(file(processed.replace("true", "false") + "</settings>")).warnings().isEmpty());
  }

  @Test
  void aComponentThatWindowsMayNotKnowIsNamed() {
    for (String attribute : Splitter.on(' ').split(REST)) {
      AnswerFileWarning warning =
          only(edit(withComponent("<ProductKey/>").replace(attribute, "")), Kind.UNUSUAL_COMPONENT);
      assertEquals(
          "Windows may not know the component (expected: publicKeyToken 31bf3856ad364e35, language"
              + " neutral, versionScope nonSxS)",
          warning.message());
      assertEquals(
          file("<settings pass=\"specialize\">").indexOf("</") + 1, warning.position().column());
    }
  }

  @Test
  void aDeclarationThatIsWrongAboutTheEncodingIsNamed() {
    String body = "<?xml version=\"1.0\" encoding=\"%s\"?>" + file("");
    AnswerFileWarning warning =
        only(
            edit(("\uFEFF" + body.formatted("utf-8")).getBytes(StandardCharsets.UTF_16LE)),
            Kind.ENCODING_DISAGREES);
    assertEquals(
        "the file declares utf-8 but its byte-order mark says UTF-16LE; correct the declaration, not"
            + " every program reads such a file",
        warning.message());
    assertEquals("line 1, column 1", warning.position().toString());
    assertEquals(0, warning.position().offsetBytes());
    only(
        edit(("\uFEFF" + body.formatted("Windows-1252")).getBytes(StandardCharsets.UTF_8)),
        Kind.ENCODING_DISAGREES);
    assertTrue(
        edit(("\uFEFF" + body.formatted("UTF-8")).getBytes(StandardCharsets.UTF_8))
            .warnings()
            .isEmpty());
  }

  @Test
  void warningsStandInFileOrderAndAreBounded() {
    String misplaced =
        "<settings pass=\"oobeSystem\">" + SHELL_SETUP + "<ProductKey/></component></settings>";
    String file =
        file(misplaced + "<settings pass=\"specialize\" wasPassProcessed=\"true\"/>" + setup(KEY));
    assertEquals(
        List.of(Kind.KEY_IN_OTHER_PASS, Kind.PASS_PROCESSED, Kind.AVMA_KEY_FOR_SETUP),
        edit(file).warnings().stream().map(AnswerFileWarning::kind).toList());
    assertEquals(Inspection.MAX_WARNINGS, edit(file(setup(KEY).repeat(30))).warnings().size());
  }

  @Test
  void noWarningShowsAWholeKey() {
    for (AnswerFileWarning warning : edit(file(setup(KEY))).warnings()) {
      assertFalse(warning.toString().contains(KEY));
    }
  }

  private static AnswerFileWarning only(AnswerFileEdit edit, Kind kind) {
    assertEquals(
        List.of(kind),
        edit.warnings().stream().map(AnswerFileWarning::kind).toList(),
        edit.toString());
    return edit.warnings().get(0);
  }
}
