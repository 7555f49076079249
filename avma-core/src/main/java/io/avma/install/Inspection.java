package io.avma.install;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.install.AnswerFileEdit.Inserted.Change;
import io.avma.install.AnswerFileWarning.Kind;
import io.avma.platform.ForeignText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks for what does not hinder an edit and will still go wrong. */
final class Inspection {
  /** More would not be read, and each costs a walk to its line. */
  static final int MAX_WARNINGS = 20;

  private final FileText file;
  private final KeyCatalog catalog;
  private final List<AnswerFileWarning> warnings = new ArrayList<>();

  private Inspection(FileText file, KeyCatalog catalog) {
    this.file = file;
    this.catalog = catalog;
  }

  /** Returns the warnings in file order, at most {@link #MAX_WARNINGS}. */
  static ImmutableList<AnswerFileWarning> of(
      FileText file, OutlineElement root, Optional<Target> target, KeyCatalog catalog) {
    Inspection inspection = new Inspection(file, catalog);
    file.disagreement()
        .ifPresent(message -> inspection.warn(Kind.ENCODING_DISAGREES, message, Optional.empty()));
    target.ifPresent(inspection::lookAtTarget);
    root.children("settings").forEach(inspection::lookAtKeys);
    return inspection.warnings.stream()
        .sorted(Comparator.comparingInt(warning -> warning.position().offsetBytes()))
        .collect(ImmutableList.toImmutableList());
  }

  private void lookAtTarget(Target target) {
    OutlineElement element = target.element();
    if (target.change() == Change.ADDED_SETTINGS) {
      return;
    }
    if (target.change() == Change.ADDED_COMPONENT) {
      lookForOtherArchitecture(element);
    }
    for (Optional<OutlineElement> e = Optional.of(element); e.isPresent(); e = e.get().parent()) {
      if (Target.is(e.get(), "wasPassProcessed", "true")) {
        warn(
            Kind.PASS_PROCESSED,
            "the pass is marked as processed, so Windows will not read the key from here; take a"
                + " file that Windows has not used yet",
            e);
      }
      if (e.get().localName().equals("component")) {
        lookAtIdentity(e.get());
      }
    }
  }

  private void lookForOtherArchitecture(OutlineElement pass) {
    for (OutlineElement component : Target.shellSetups(pass)) {
      warn(
          Kind.OTHER_ARCHITECTURE,
          "the component is for "
              + component
                  .attribute("processorArchitecture")
                  .map(name -> ForeignText.escape(name, 40))
                  .orElse("no architecture")
              + "; one more is needed beside it unless that is what the guest has",
          Optional.of(component));
    }
  }

  private void lookAtIdentity(OutlineElement component) {
    boolean usual =
        Target.is(component, "publicKeyToken", AnswerFileText.PUBLIC_KEY_TOKEN)
            && Target.is(component, "language", AnswerFileText.LANGUAGE)
            && Target.is(component, "versionScope", AnswerFileText.VERSION_SCOPE);
    if (!usual) {
      warn(
          Kind.UNUSUAL_COMPONENT,
          "Windows may not know the component (expected: publicKeyToken "
              + AnswerFileText.PUBLIC_KEY_TOKEN
              + ", language "
              + AnswerFileText.LANGUAGE
              + ", versionScope "
              + AnswerFileText.VERSION_SCOPE
              + ")",
          Optional.of(component));
    }
  }

  private void lookAtKeys(OutlineElement settings) {
    for (OutlineElement component : settings.children("component")) {
      if (Target.is(component, "name", "Microsoft-Windows-Setup")) {
        component.children("UserData").stream()
            .flatMap(userData -> userData.children("ProductKey").stream())
            .flatMap(productKey -> productKey.children("Key").stream())
            .forEach(this::lookAtSetupKey);
      }
    }
    if (!Target.is(settings, "pass", AnswerFileText.PASS)) {
      Target.shellSetups(settings).stream()
          .flatMap(component -> component.children("ProductKey").stream())
          .forEach(this::lookAtMisplacedKey);
    }
  }

  private void lookAtSetupKey(OutlineElement key) {
    FoundKey.parse(XmlCharacters.strip(key.content()))
        .flatMap(catalog::find)
        .filter(AvmaKey.class::isInstance)
        .ifPresent(
            avma ->
                warn(
                    Kind.AVMA_KEY_FOR_SETUP,
                    "the AVMA key of "
                        + avma.product()
                        + " ("
                        + avma.key()
                        + ") stands where the key chooses the image, and Setup refuses it there;"
                        + " put the KMS client key of the same edition in its place, or none",
                    Optional.of(key)));
  }

  private void lookAtMisplacedKey(OutlineElement key) {
    warn(
        Kind.KEY_IN_OTHER_PASS,
        "a key for activation belongs into the pass "
            + AnswerFileText.PASS
            + "; remove it from this one",
        Optional.of(key));
  }

  private void warn(Kind kind, String message, Optional<OutlineElement> place) {
    if (warnings.size() < MAX_WARNINGS) {
      TextPosition position =
          place.map(element -> file.position(element.start())).orElse(TextPosition.START);
      warnings.add(new AnswerFileWarning(kind, message, position));
    }
  }
}
