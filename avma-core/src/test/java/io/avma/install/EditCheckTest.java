package io.avma.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The check is the last guard, so nothing that the editor does today makes it say no. */
class EditCheckTest {
  private static final List<String> KEYS = List.of("amd64=K");

  private static boolean holds(String before, String after, String removed, String added) {
    return EditCheck.holds(
        new Infoset(before, List.of()), new Infoset(after, KEYS), removed, added, "amd64=K");
  }

  @Test
  void oneInsertionWhereverItStandsIsFine() {
    assertTrue(holds("ab", "XYab", "", "XY"));
    assertTrue(holds("ab", "aXYb", "", "XY"));
    assertTrue(holds("ab", "abXY", "", "XY"));
  }

  @Test
  void anInsertionThatLooksLikeWhatFollowsIsFound() {
    assertTrue(holds("aXYXYb", "aXYXYXYb", "", "XY"));
    assertTrue(holds("aXb", "aXYXb", "", "XY"));
    assertTrue(holds("aXXXb", "aXXXXb", "", "X"));
  }

  @Test
  void oneReplacementIsFine() {
    assertTrue(holds("aOLDb", "aNEWERb", "OLD", "NEWER"));
    assertTrue(holds("aOLDb", "aOb", "OLD", "O"));
    assertTrue(holds("same", "same", "am", "am"));
  }

  @Test
  void anythingElseIsNot() {
    assertFalse(holds("ab", "ab", "", "XY"));
    assertFalse(holds("ab", "aXY", "", "XY"));
    assertFalse(holds("ab", "aXZb", "", "XY"));
    assertFalse(holds("ab", "aXYc", "", "XY"));
    assertFalse(holds("ab", "aXYXYb", "", "XY"));
    assertFalse(holds("aOLDb", "aOLDNEWb", "OLD", "NEW"));
    assertFalse(holds("aODDb", "aNEWb", "OLD", "NEW"));
    assertFalse(holds("same", "other", "am", "am"));
    assertFalse(holds("ab", "ba", "a", "a"));
  }

  @Test
  void theKeyMustBeThereOnceForItsArchitecture() {
    assertTrue(check("x86=other", "amd64=K", "arm64=K"));
    assertFalse(check());
    assertFalse(check("amd64=L"));
    assertFalse(check("amd64=K", "amd64=K"));
    assertFalse(check("arm64=K"));
  }

  private static boolean check(String... keys) {
    return EditCheck.holds(
        new Infoset("ab", List.of()), new Infoset("aXb", List.of(keys)), "", "X", "amd64=K");
  }

  @Test
  void theInfosetNamesTheKeysThatSetupWouldFind() {
    String file =
        AnswerFiles.file(
            "<settings pass=\"Specialize\">"
                + AnswerFiles.SHELL_SETUP.replace("amd64", "AMD64")
                + "<ProductKey> K\r\n</ProductKey><a><ProductKey>inner</ProductKey></a></component>"
                + "<component name=\"other\"><ProductKey>other</ProductKey></component></settings>"
                + "<settings pass=\"oobeSystem\">"
                + AnswerFiles.SHELL_SETUP
                + "<ProductKey>late</ProductKey><Key>x</Key></component></settings>"
                + "<x:settings xmlns:x=\"urn:x\" pass=\"specialize\">"
                + AnswerFiles.SHELL_SETUP
                + "<ProductKey>foreign</ProductKey></component></x:settings>");
    assertEquals(List.of("amd64=K"), infoset(file).keys());
  }

  @Test
  void whateverAnInfosetSaysChangesItsEvents() {
    String base = "<r><a b='1' c='2'>t<d/></a><?p q?></r>";
    String same = "<!-- x --><r >\n<a  b=\"1\" c='&#50;'> t<!-- y --><d></d>\r\n</a><?p q?></r>";
    assertEquals(infoset(base).events(), infoset(same).events());
    for (String other :
        List.of(
            "<r><a b='1' c='3'>t<d/></a><?p q?></r>",
            "<r><a b='1'>t<d/></a><?p q?></r>",
            "<r><a x='1' c='2'>t<d/></a><?p q?></r>",
            "<r><a b='1' c='2'>u<d/></a><?p q?></r>",
            "<r><a b='1' c='2'><d/></a><?p q?></r>",
            "<r><a b='1' c='2'>t<e/></a><?p q?></r>",
            "<r><a b='1' c='2'>t</a><d/><?p q?></r>",
            "<r><a b='1' c='2'>t<d/></a><?p r?></r>",
            "<r><a b='1' c='2'>t<d/></a><?o q?></r>",
            "<r><a b='1' c='2'>t<d/></a></r>",
            "<r xmlns='urn:x'><a b='1' c='2'>t<d/></a><?p q?></r>")) {
      assertFalse(infoset(base).events().equals(infoset(other).events()), other);
    }
    assertFalse(
        infoset("<r xmlns:p='u' xmlns:q='v' p:a='1'/>")
                .events()
                .equals(infoset("<r xmlns:p='u' xmlns:q='v' q:a='1'/>").events())
            && infoset("<r xmlns:p='u' p:a='1'/>").events().equals(infoset("<r a='1'/>").events()));
  }

  @Test
  void theParserOfTheJdkRefusesADoctypeToo() {
    for (String doctype : List.of("<!DOCTYPE r>", "<!DOCTYPE r SYSTEM 'file:///x'>")) {
      assertInstanceOf(Reading.Flawed.class, Infoset.read(doctype + "<r/>"));
    }
  }

  @Test
  void aFlawStandsWhereTheParserStopped() {
    for (String lineEnd : List.of("\n", "\r\n", "\r")) {
      String before = "<r>" + lineEnd + lineEnd + "  <b/>" + lineEnd + " ";
      String flawed = "<a b='1' b='2'/>";
      String after = lineEnd + "<c/>" + lineEnd.repeat(3) + "</r>";
      Reading<Infoset> reading = Infoset.read(before + flawed + after);
      if (reading instanceof Reading.Flawed<Infoset> flaw) {
        int index = flaw.flaw().index() - before.length();
        assertTrue(index > "<a b='1' ".length(), "index " + index);
        assertTrue(index <= flawed.length(), "index " + index);
      } else {
        assertFalse(true, reading.toString());
      }
    }
  }

  private static Infoset infoset(String text) {
    Reading<Infoset> reading = Infoset.read(text);
    return assertInstanceOf(Reading.Sound.class, reading).value() instanceof Infoset infoset
        ? infoset
        : null;
  }
}
