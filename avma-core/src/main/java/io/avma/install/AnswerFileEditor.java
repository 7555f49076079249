package io.avma.install;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.ProductKey;
import io.avma.install.AnswerFileEdit.Inserted;
import io.avma.install.AnswerFileEdit.Inserted.Change;
import io.avma.install.AnswerFileEdit.Refused;
import io.avma.install.AnswerFileEdit.Refused.Reason;
import io.avma.install.AnswerFileEdit.Unchanged;
import io.avma.platform.ForeignText;
import java.util.Optional;

/**
 * The way of an answer file: bytes, text, outline, second opinion, place, change, and back through
 * the parser before anybody gets it.
 */
final class AnswerFileEditor {
  private final ProductKey key;
  private final KeyCatalog catalog;
  private final AnswerFileOptions options;

  AnswerFileEditor(ProductKey key, KeyCatalog catalog, AnswerFileOptions options) {
    this.key = key;
    this.catalog = catalog;
    this.options = options;
  }

  AnswerFileEdit edit(byte[] bytes) {
    if (bytes.length > options.maxSizeBytes()) {
      return new Refused(
          Reason.TOO_LARGE,
          bytes.length + " bytes (expected: at most " + options.maxSizeBytes() + ", maxSizeBytes)",
          Optional.empty(),
          ImmutableList.of());
    }
    FileReading reading = FileText.read(bytes);
    if (reading instanceof FileReading.Flawed flawed) {
      return new Refused(
          flawed.reason(), flawed.message(), Optional.of(flawed.position()), ImmutableList.of());
    }
    return edit(((FileReading.Sound) reading).file());
  }

  private AnswerFileEdit edit(FileText file) {
    Reading<OutlineElement> outline = Outline.read(file.text(), options.maxDepth());
    if (outline instanceof Reading.Flawed<OutlineElement> flawed) {
      return refused(file, flawed.flaw(), ImmutableList.of());
    }
    Reading<Infoset> infoset = Infoset.read(file.text());
    if (infoset instanceof Reading.Flawed<Infoset> flawed) {
      return refused(file, flawed.flaw(), ImmutableList.of());
    }
    OutlineElement root = ((Reading.Sound<OutlineElement>) outline).value();
    if (!root.localName().equals("unattend") || !root.namespace().equals(Outline.NAMESPACE)) {
      return refused(file, noAnswerFile(root), ImmutableList.of());
    }
    Reading<Target> found = Target.find(root, options.architecture());
    if (found instanceof Reading.Flawed<Target> flawed) {
      return refused(file, flawed.flaw(), Inspection.of(file, root, Optional.empty(), catalog));
    }
    Target target = ((Reading.Sound<Target>) found).value();
    ImmutableList<AnswerFileWarning> warnings =
        Inspection.of(file, root, Optional.of(target), catalog);
    Infoset before = ((Reading.Sound<Infoset>) infoset).value();
    return target.change() == Change.REPLACED_KEY
        ? present(file, before, target.element(), warnings)
        : changed(file, before, target, warnings);
  }

  /** A {@code ProductKey} element is there; what it holds decides. */
  private AnswerFileEdit present(
      FileText file,
      Infoset before,
      OutlineElement element,
      ImmutableList<AnswerFileWarning> warnings) {
    String content = element.content();
    String stripped = XmlCharacters.strip(content);
    if (content.equals(key.reveal()) && element.lastChildStart() < 0) {
      return new Unchanged(
          "the key " + key + " is there already", file.position(element.start()), warnings);
    }
    if (!element.isTextOnly()) {
      return refused(
          file,
          new Flaw(
              Reason.UNEXPECTED_CONTENT,
              element.start(),
              "ProductKey holds more than text, which an edit would lose; write the key there by"
                  + " hand"),
          warnings);
    }
    if (stripped.isEmpty()) {
      return changed(file, before, new Target(Change.FILLED_KEY, element), warnings);
    }
    if (FoundKey.parse(stripped).equals(Optional.of(key))) {
      return changed(file, before, new Target(Change.RESPELLED_KEY, element), warnings);
    }
    if (!options.replacing()) {
      return refused(
          file,
          new Flaw(
              Reason.OTHER_KEY,
              element.start(),
              "the place holds "
                  + FoundKey.describe(stripped, catalog)
                  + "; ask to replace it, or leave it"),
          warnings);
    }
    return changed(file, before, new Target(Change.REPLACED_KEY, element), warnings);
  }

  private AnswerFileEdit changed(
      FileText file, Infoset before, Target target, ImmutableList<AnswerFileWarning> warnings) {
    Splice splice = Splicing.of(target, file.text(), key, options.architecture());
    byte[] edited = file.with(splice);
    if (!isAsMeant(before, target, edited)) {
      return refused(
          file,
          new Flaw(
              Reason.NOT_VERIFIED,
              splice.start(),
              "the edited file does not read as it should, so it is not handed out; please report"
                  + " this"),
          warnings);
    }
    return new Inserted(
        edited, target.change(), message(target), file.position(splice.start()), warnings);
  }

  /** Reads the edited file as if it came from outside. */
  private boolean isAsMeant(Infoset before, Target target, byte[] edited) {
    if (FileText.read(edited) instanceof FileReading.Sound sound
        && Infoset.read(sound.file().text()) instanceof Reading.Sound<Infoset> after) {
      String removed = XmlCharacters.strip(target.element().content());
      return EditCheck.holds(
          before,
          after.value(),
          removed.isEmpty() ? "" : '"' + removed + InfosetHandler.END,
          Infoset.expected(key, options.architecture(), depth(target.change())),
          options.architecture().label() + "=" + key.reveal());
    }
    return false;
  }

  /** Returns how many elements of a whole answer file are around what is added. */
  private static int depth(Change change) {
    return switch (change) {
      case ADDED_SETTINGS -> 1;
      case ADDED_COMPONENT -> 2;
      case ADDED_KEY -> 3;
      case FILLED_KEY, RESPELLED_KEY, REPLACED_KEY -> 4;
    };
  }

  private String message(Target target) {
    String where =
        switch (target.change()) {
          case ADDED_SETTINGS -> "with a new pass " + AnswerFileText.PASS;
          case ADDED_COMPONENT -> "with a new component " + AnswerFileText.COMPONENT;
          case ADDED_KEY -> "into the component " + AnswerFileText.COMPONENT;
          case FILLED_KEY -> "into the ProductKey that was empty";
          case RESPELLED_KEY -> "in the place of the same key in another spelling";
          case REPLACED_KEY ->
              "in the place of "
                  + FoundKey.describe(XmlCharacters.strip(target.element().content()), catalog);
        };
    return "the key " + key + " was inserted " + where;
  }

  private static Flaw noAnswerFile(OutlineElement root) {
    return new Flaw(
        Reason.NOT_AN_ANSWER_FILE,
        root.start(),
        "the root element is <"
            + ForeignText.escape(root.localName(), 40)
            + "> in the namespace '"
            + ForeignText.escape(root.namespace(), 80)
            + "' (expected: <unattend> in "
            + Outline.NAMESPACE
            + ")");
  }

  private static Refused refused(
      FileText file, Flaw flaw, ImmutableList<AnswerFileWarning> warnings) {
    return new Refused(
        flaw.reason(), flaw.message(), Optional.of(file.position(flaw.index())), warnings);
  }
}
