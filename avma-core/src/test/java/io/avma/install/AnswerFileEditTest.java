package io.avma.install;

import static io.avma.install.AnswerFiles.KEY;
import static io.avma.install.AnswerFiles.KMS_KEY;
import static io.avma.install.AnswerFiles.MASKED;
import static io.avma.install.AnswerFiles.NAMESPACE;
import static io.avma.install.AnswerFiles.REST;
import static io.avma.install.AnswerFiles.SHELL_SETUP;
import static io.avma.install.AnswerFiles.edit;
import static io.avma.install.AnswerFiles.file;
import static io.avma.install.AnswerFiles.inserted;
import static io.avma.install.AnswerFiles.text;
import static io.avma.install.AnswerFiles.withComponent;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.install.AnswerFileEdit.Inserted.Change;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerFileEditTest {
  private static final AnswerFileOptions REPLACING =
      AnswerFileOptions.standard().withReplacing(true);

  @Test
  void theKeyFollowsTheLastSettingOfTheComponentOnALineOfItsOwn() {
    String before =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- built by hand -->
        <unattend xmlns="urn:schemas-microsoft-com:unattend">
            <settings pass="specialize">
                <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" %1$s>
                    <ComputerName>*</ComputerName> <!-- any -->
                    <TimeZone>UTC</TimeZone> <!-- of the -->\t<!-- house -->
                    <!-- <RegisteredOwner/> -->
                </component>
            </settings>
        </unattend>
        """
            .formatted(REST);
    String after =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- built by hand -->
        <unattend xmlns="urn:schemas-microsoft-com:unattend">
            <settings pass="specialize">
                <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" %1$s>
                    <ComputerName>*</ComputerName> <!-- any -->
                    <TimeZone>UTC</TimeZone> <!-- of the -->\t<!-- house -->
                    <ProductKey>%2$s</ProductKey>
                    <!-- <RegisteredOwner/> -->
                </component>
            </settings>
        </unattend>
        """
            .formatted(REST, KEY);
    assertEquals(after, text(edit(before), Change.ADDED_KEY));
    String windows = before.replace("\n", "\r\n").replace("    ", "\t");
    assertEquals(
        after.replace("\n", "\r\n").replace("    ", "\t"), text(edit(windows), Change.ADDED_KEY));
    String mac = before.replace("\n", "\r");
    assertEquals(after.replace("\n", "\r"), text(edit(mac), Change.ADDED_KEY));
  }

  @Test
  void aFileInOneLineStaysInOneLine() {
    assertEquals(
        withComponent("<TimeZone>UTC</TimeZone><ProductKey>" + KEY + "</ProductKey>"),
        text(edit(withComponent("<TimeZone>UTC</TimeZone>")), Change.ADDED_KEY));
    assertEquals(
        withComponent("<ProductKey>" + KEY + "</ProductKey>"),
        text(edit(withComponent("")), Change.ADDED_KEY));
    assertEquals(
        file(
            "<settings pass=\"specialize\">"
                + SHELL_SETUP
                + "<ProductKey>"
                + KEY
                + "</ProductKey></component></settings>"),
        text(edit(file("<settings pass=\"specialize\"/>")), Change.ADDED_COMPONENT));
    assertEquals(
        withComponent("<ProductKey>" + KEY + "</ProductKey>"),
        text(edit(file("")), Change.ADDED_SETTINGS));
    assertEquals(
        withComponent("<ProductKey>" + KEY + "</ProductKey>"),
        text(edit("<unattend xmlns=\"" + NAMESPACE + "\"/>"), Change.ADDED_SETTINGS));
  }

  @Test
  void anEmptyComponentIsOpenedInTheStyleOfItsSurroundings() {
    String frame =
        "<unattend xmlns='%s'>\r\n<settings pass='specialize'>\r\n   %s\r\n</settings>\r\n</unattend>";
    String tag =
        "<component name='Microsoft-Windows-Shell-Setup' processorArchitecture='amd64' "
            + REST.replace('"', '\'');
    String filled =
        frame.formatted(
            NAMESPACE, "%s\r\n      <ProductKey>" + KEY + "</ProductKey>\r\n   </component>");
    assertEquals(
        filled.formatted(tag + ">"),
        text(edit(frame.formatted(NAMESPACE, tag + "/>")), Change.ADDED_KEY));
    assertEquals(
        filled.formatted(tag + " >"),
        text(edit(frame.formatted(NAMESPACE, tag + " />")), Change.ADDED_KEY));
    assertEquals(
        filled.formatted(tag + ">"),
        text(edit(frame.formatted(NAMESPACE, tag + "></component>")), Change.ADDED_KEY));
    assertEquals(
        filled.formatted(tag + ">"),
        text(edit(frame.formatted(NAMESPACE, tag + ">\r\n   </component>")), Change.ADDED_KEY));
    assertEquals(
        frame.formatted(
            NAMESPACE,
            tag
                + ">\r\n      <ProductKey>"
                + KEY
                + "</ProductKey>\r\n"
                + "      <!-- nothing yet -->\r\n   </component>"),
        text(
            edit(
                frame.formatted(
                    NAMESPACE, tag + ">\r\n      <!-- nothing yet -->\r\n   </component>")),
            Change.ADDED_KEY));
  }

  @Test
  void aMissingComponentIsAddedBesideTheOthersWithTheirPrefixAndQuotes() {
    String before =
        """
        <u:unattend xmlns:u='urn:schemas-microsoft-com:unattend'>
         <u:settings pass='specialize'>
          <u:component name='Microsoft-Windows-Deployment' processorArchitecture='amd64'>
           <u:Reseal/>
          </u:component>
         </u:settings>
         <u:settings pass='oobeSystem'/>
        </u:unattend>
        """;
    String added =
        """
          </u:component>
          <u:component name='Microsoft-Windows-Shell-Setup' processorArchitecture='amd64' %s>
           <u:ProductKey>%s</u:ProductKey>
          </u:component>
        """
            .formatted(REST.replace('"', '\''), KEY);
    assertEquals(
        before.replace("  </u:component>\n", added), text(edit(before), Change.ADDED_COMPONENT));
  }

  @Test
  void aMissingPassIsAddedAfterTheLastOneAndBeforeWhatToolsPutAtTheEnd() {
    String before =
        """
        <unattend xmlns="urn:schemas-microsoft-com:unattend">
          <settings pass="windowsPE"/>
          <settings pass="oobeSystem"/> <!-- last -->
          <cpi:offlineImage cpi:source="wim:x#1" xmlns:cpi="urn:schemas-microsoft-com:cpi" />
        </unattend>
        """;
    String added =
        """
        <!-- last -->
          <settings pass="specialize">
            %s
              <ProductKey>%s</ProductKey>
            </component>
          </settings>
        """
            .formatted(SHELL_SETUP, KEY);
    assertEquals(
        before.replace("<!-- last -->\n", added), text(edit(before), Change.ADDED_SETTINGS));
  }

  @Test
  void aRootWithoutChildrenGetsTheUsualIndentation() {
    assertEquals(
        INSTALLATION_FILE,
        text(
            edit(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<unattend xmlns=\""
                    + NAMESPACE
                    + "\">\n</unattend>\n"),
            Change.ADDED_SETTINGS));
    assertEquals(
        INSTALLATION_FILE,
        text(
            edit(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<unattend xmlns=\""
                    + NAMESPACE
                    + "\"/>\n"),
            Change.ADDED_SETTINGS));
  }

  private static final String INSTALLATION_FILE =
      AnswerFiles.INSTALLATION.answerFile(AnswerFileArchitecture.AMD64);

  @Test
  void theIndentationIsThatOfTheChildrenHoweverOddItIs() {
    String before =
        """
        <unattend xmlns="urn:schemas-microsoft-com:unattend">
         <settings pass="specialize">
             <component name="Other">
        <A/>
             </component>
         </settings>
        </unattend>
        """;
    String component =
        """
             </component>
             %s
                 <ProductKey>%s</ProductKey>
             </component>
        """
            .formatted(SHELL_SETUP, KEY);
    assertEquals(
        before.replace("     </component>\n", component),
        text(edit(before), Change.ADDED_COMPONENT));
    String own = before.replace("<component name=\"Other\">", SHELL_SETUP);
    assertEquals(
        own.replace("<A/>\n", "<A/>\n<ProductKey>" + KEY + "</ProductKey>\n"),
        text(edit(own), Change.ADDED_KEY));
    String shared = own.replace("\n<A/>", "<A/>");
    assertEquals(
        shared.replace("<A/>\n", "<A/>\n         <ProductKey>" + KEY + "</ProductKey>\n"),
        text(edit(shared), Change.ADDED_KEY));
  }

  @Test
  void otherElementsOfTheComponentAreNoKeys() {
    for (String other : new String[] {"<UserData/>", "<Key>x</Key>", "<settings/>"}) {
      assertTrue(
          text(edit(withComponent(other)), Change.ADDED_KEY)
              .contains(other + "<ProductKey>" + KEY + "</ProductKey>"));
    }
  }

  @Test
  void theArchitectureThatWasAskedForGetsTheKeyAndTheOthersAreLeftAlone() {
    String arm = SHELL_SETUP.replace("amd64", "arm64");
    String x86 = SHELL_SETUP.replace("amd64", "x86");
    String other = x86 + "<ProductKey>" + KMS_KEY + "</ProductKey></component>";
    String before =
        file(
            "<settings pass=\"specialize\">"
                + other
                + SHELL_SETUP
                + "</component></settings><settings pass=\"specialize\">"
                + arm
                + "</component></settings>");
    String key = "<ProductKey>" + KEY + "</ProductKey>";
    assertEquals(
        before.replace(SHELL_SETUP, SHELL_SETUP + key), text(edit(before), Change.ADDED_KEY));
    AnswerFileOptions options =
        AnswerFileOptions.standard().withArchitecture(AnswerFileArchitecture.ARM64);
    assertEquals(before.replace(arm, arm + key), text(edit(before, options), Change.ADDED_KEY));
    String bare = file("<settings pass=\"specialize\"></settings>");
    assertEquals(
        file("<settings pass=\"specialize\">" + arm + key + "</component></settings>"),
        text(edit(bare, options), Change.ADDED_COMPONENT));
  }

  @Test
  void theSameKeyLeavesTheFileAsItIs() {
    AnswerFileEdit edit = edit(withComponent("<ProductKey>" + KEY + "</ProductKey>"));
    AnswerFileEdit.Unchanged unchanged = assertInstanceOf(AnswerFileEdit.Unchanged.class, edit);
    assertEquals("the key " + MASKED + " is there already", unchanged.message());
    assertEquals(AnswerFileEdit.Kind.UNCHANGED, unchanged.kind());
    assertEquals(withComponent("").indexOf("</component>") + 1, unchanged.position().column());
    assertInstanceOf(
        AnswerFileEdit.Unchanged.class,
        edit(withComponent("<ProductKey><!-- ours --><![CDATA[" + KEY + "]]></ProductKey>")));
  }

  @Test
  void theSameKeyInAnotherSpellingIsSpelledAsWindowsExpectsIt() {
    String wanted = withComponent("<ProductKey>" + KEY + "</ProductKey>");
    for (String spelling :
        new String[] {
          "\r\n  " + KEY + "\r\n",
          KEY.toLowerCase(java.util.Locale.ROOT),
          KEY.replace("-", ""),
          KEY.replace("W3", "&#87;&#x33;") + " ",
          "<![CDATA[ " + KEY + "]]>"
        }) {
      String before = withComponent("<ProductKey>" + spelling + "</ProductKey>");
      AnswerFileEdit edit = edit(before);
      assertEquals(wanted, text(edit, Change.RESPELLED_KEY), spelling);
      assertEquals(
          "the key " + MASKED + " was inserted in the place of the same key in another spelling",
          edit.message());
    }
  }

  @Test
  void anEmptyKeyIsFilled() {
    String wanted = withComponent("<ProductKey>" + KEY + "</ProductKey>");
    assertEquals(wanted, text(edit(withComponent("<ProductKey></ProductKey>")), Change.FILLED_KEY));
    assertEquals(wanted, text(edit(withComponent("<ProductKey/>")), Change.FILLED_KEY));
    assertEquals(
        wanted, text(edit(withComponent("<ProductKey>\r\n \t</ProductKey>")), Change.FILLED_KEY));
    assertEquals(
        withComponent("<p:ProductKey xmlns:p='" + NAMESPACE + "' >" + KEY + "</p:ProductKey>"),
        text(
            edit(withComponent("<p:ProductKey xmlns:p='" + NAMESPACE + "' />")),
            Change.FILLED_KEY));
  }

  @Test
  void anotherKeyIsReplacedOnlyIfAskedFor() {
    String before = withComponent("<A/>\r\n<ProductKey>\r\n" + KMS_KEY + " </ProductKey><B/>");
    AnswerFileEdit.Refused refused = AnswerFiles.refused(edit(before));
    assertEquals(AnswerFileEdit.Refused.Reason.OTHER_KEY, refused.reason());
    assertEquals(
        "the place holds the KMS client key of Windows Server 2019 Datacenter"
            + " (*****-*****-*****-*****-63DFG); ask to replace it, or leave it",
        refused.message());
    assertEquals(2, refused.position().orElseThrow().line());
    assertEquals(1, refused.position().orElseThrow().column());
    AnswerFileEdit replaced = edit(before, REPLACING);
    assertEquals(
        withComponent("<A/>\r\n<ProductKey>" + KEY + "</ProductKey><B/>"),
        text(replaced, Change.REPLACED_KEY));
    assertFalse(replaced.message().contains(KMS_KEY));
  }

  @Test
  void whateverStandsInThePlaceOfAKeyIsReplacedIfAskedForAndNeverShown() {
    String secret = "%PRODUCT&amp;\r\nKEY% $(secret)";
    String before = withComponent("<ProductKey>" + secret + "</ProductKey>");
    AnswerFileEdit refused = edit(before);
    assertEquals(
        "the place holds a text of 24 characters that is no key of today's format; ask to replace"
            + " it, or leave it",
        refused.message());
    assertEquals(
        withComponent("<ProductKey>" + KEY + "</ProductKey>"),
        text(edit(before, REPLACING), Change.REPLACED_KEY));
  }

  @Test
  void anotherAvmaKeyIsAnotherKey() {
    AnswerFileEdit avma =
        edit(withComponent("<ProductKey>YDFWN-MJ9JR-3DYRK-FXXRW-78VHK</ProductKey>"));
    assertEquals(
        "the place holds the AVMA key of Windows Server 2022 Standard"
            + " (*****-*****-*****-*****-78VHK); ask to replace it, or leave it",
        avma.message());
  }

  @Test
  void everyEncodingIsKeptToTheByte() {
    String body =
        "<unattend xmlns=\"%s\">\n <!-- Größe € -->\n <settings pass=\"specialize\"/>\n</unattend>"
            .formatted(NAMESPACE);
    check(body, StandardCharsets.UTF_8, "");
    check(body, StandardCharsets.UTF_8, "\uFEFF");
    check(body, StandardCharsets.UTF_16LE, "\uFEFF");
    check(body, StandardCharsets.UTF_16BE, "\uFEFF");
    check(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + body, StandardCharsets.UTF_16LE, "\uFEFF");
    check(
        "<?xml version='1.0' encoding='windows-1252'?>" + body,
        Charset.forName("windows-1252"),
        "");
    check(
        "<?xml version=\"1.0\" encoding = \"ISO-8859-15\" standalone=\"yes\"?>" + body,
        Charset.forName("ISO-8859-15"),
        "");
  }

  private static void check(String before, Charset charset, String mark) {
    AnswerFileEdit.Inserted edit = inserted(edit((mark + before).getBytes(charset)));
    String after =
        before.replace(
            "<settings pass=\"specialize\"/>",
            "<settings pass=\"specialize\">\n  %s\n   <ProductKey>%s</ProductKey>\n  </component>\n </settings>"
                .formatted(SHELL_SETUP, KEY));
    assertArrayEquals((mark + after).getBytes(charset), edit.bytes(), charset.name() + after);
    int index = before.indexOf("/>");
    assertEquals(
        (mark + before.substring(0, index)).getBytes(charset).length,
        edit.position().offsetBytes());
    assertEquals(3, edit.position().line());
    assertEquals(" <settings pass=\"specialize\"".length() + 1, edit.position().column());
    assertEquals(0, edit.warnings().size());
  }

  @Test
  void columnsCountCharactersAsEditorsDo() {
    AnswerFileEdit.Inserted edit =
        inserted(edit("<unattend xmlns=\"" + NAMESPACE + "\" a=\"\uD83D\uDE00\"></unattend>"));
    assertEquals(
        ("<unattend xmlns=\"" + NAMESPACE + "\" a=\"x\">").length() + 1, edit.position().column());
    assertEquals(
        ("<unattend xmlns=\"" + NAMESPACE + "\" a=\"xxxx\">").length(),
        edit.position().offsetBytes());
    assertEquals("line 1, column 60", edit.position().toString());
  }

  @Test
  void theBytesOfAnEditBelongToTheCaller() {
    AnswerFileEdit.Inserted edit = inserted(edit(file("")));
    byte[] first = edit.bytes();
    first[0] = 0;
    assertNotSame(first, edit.bytes());
    assertEquals('<', edit.bytes()[0]);
    assertEquals(AnswerFileEdit.Kind.INSERTED, edit.kind());
    assertEquals(
        "Inserted[line 1, column 54: the key "
            + MASKED
            + " was inserted with a new pass specialize]",
        edit.toString());
    assertEquals(
        "the key " + MASKED + " was inserted with a new component Microsoft-Windows-Shell-Setup",
        edit(file("<settings pass=\"specialize\"/>")).message());
    assertEquals(
        "the key " + MASKED + " was inserted into the component Microsoft-Windows-Shell-Setup",
        edit(withComponent("")).message());
    assertEquals(
        "the key " + MASKED + " was inserted into the ProductKey that was empty",
        edit(withComponent("<ProductKey/>")).message());
  }

  @Test
  void whatIsAddedTwiceIsUnchangedTheSecondTime() {
    AnswerFileEdit.Inserted once = inserted(edit(file("")));
    assertInstanceOf(AnswerFileEdit.Unchanged.class, edit(once.bytes()));
  }

  @Test
  void namesThatDifferInCaseOnlyAreNotDoubled() {
    String before =
        withComponent("")
            .replace("specialize", "Specialize")
            .replace("Shell-Setup", "shell-setup")
            .replace("amd64", "AMD64");
    assertEquals(
        before.replace("></component>", "><ProductKey>" + KEY + "</ProductKey></component>"),
        text(edit(before), Change.ADDED_KEY));
  }

  @Test
  void elementsOfOtherNamespacesAndPlacesAreNotMistaken() {
    String decoy =
        "<x:settings xmlns:x=\"urn:other\" pass=\"specialize\">"
            + SHELL_SETUP
            + "</component></x:settings><other><settings pass=\"specialize\">"
            + SHELL_SETUP
            + "</component></settings></other>";
    String key = "<ProductKey>" + KEY + "</ProductKey></component></settings>";
    String before = file(decoy + "<settings xmlns=\"\" pass=\"specialize\"/>");
    assertEquals(
        before.replace(
            "</unattend>", "<settings pass=\"specialize\">" + SHELL_SETUP + key + "</unattend>"),
        text(edit(before), Change.ADDED_SETTINGS));
    String inner = withComponent("<List><ProductKey>x</ProductKey></List>");
    assertEquals(
        inner.replace(
            "</component></settings>",
            "<ProductKey>" + KEY + "</ProductKey></component></settings>"),
        text(edit(inner), Change.ADDED_KEY));
  }
}
