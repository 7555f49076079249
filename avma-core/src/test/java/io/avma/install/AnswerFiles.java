package io.avma.install;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.KeyCatalog;
import io.avma.platform.Edition;
import io.avma.platform.WindowsRelease;
import java.nio.charset.StandardCharsets;

/** Answer files and what the tests ask of their edits. */
final class AnswerFiles {
  static final String KEY = "W3GNR-8DDXR-2TFRP-H8P33-DV9BG";
  static final String MASKED = "*****-*****-*****-*****-DV9BG";
  static final String KMS_KEY = "WMDGN-G9PQG-XVVXX-R3X43-63DFG";
  static final String NAMESPACE = "urn:schemas-microsoft-com:unattend";

  /** The attributes of the component after its name and architecture. */
  static final String REST =
      "publicKeyToken=\"31bf3856ad364e35\" language=\"neutral\" versionScope=\"nonSxS\"";

  static final String SHELL_SETUP =
      "<component name=\"Microsoft-Windows-Shell-Setup\" processorArchitecture=\"amd64\" "
          + REST
          + ">";

  static final KeyInstallation INSTALLATION =
      KeyInstallation.of(WindowsRelease.WS_2022, Edition.DATACENTER, KeyCatalog.standard())
          .orElseThrow();

  private AnswerFiles() {}

  /** An answer file with {@code settings} in its root, and nothing else. */
  static String file(String settings) {
    return "<unattend xmlns=\"" + NAMESPACE + "\">" + settings + "</unattend>";
  }

  /** An answer file whose component that takes the key holds {@code content}. */
  static String withComponent(String content) {
    return file(
        "<settings pass=\"specialize\">" + SHELL_SETUP + content + "</component></settings>");
  }

  static AnswerFileEdit edit(byte[] file) {
    return edit(file, AnswerFileOptions.standard());
  }

  static AnswerFileEdit edit(String file) {
    return edit(file.getBytes(StandardCharsets.UTF_8));
  }

  static AnswerFileEdit edit(String file, AnswerFileOptions options) {
    return edit(file.getBytes(StandardCharsets.UTF_8), options);
  }

  /** Edits, and checks what holds for every edit. */
  static AnswerFileEdit edit(byte[] file, AnswerFileOptions options) {
    byte[] before = file.clone();
    AnswerFileEdit edit = INSTALLATION.insertInto(file, options);
    assertArrayEquals(before, file, "the input was touched");
    if (edit instanceof AnswerFileEdit.Refused refused) {
      assertTrue(
          refused.reason() != AnswerFileEdit.Refused.Reason.NOT_VERIFIED, refused.toString());
    }
    assertTrue(edit.message().length() < 400, edit.message());
    return edit;
  }

  static AnswerFileEdit.Inserted inserted(AnswerFileEdit edit) {
    return assertInstanceOf(AnswerFileEdit.Inserted.class, edit, edit.toString());
  }

  static AnswerFileEdit.Refused refused(AnswerFileEdit edit) {
    return assertInstanceOf(AnswerFileEdit.Refused.class, edit, edit.toString());
  }

  /** The edited file as UTF-8 text; what was changed is checked on the way. */
  static String text(AnswerFileEdit edit, AnswerFileEdit.Inserted.Change change) {
    AnswerFileEdit.Inserted inserted = inserted(edit);
    assertEquals(change, inserted.change());
    return new String(inserted.bytes(), StandardCharsets.UTF_8);
  }
}
