package io.avma.install;

import io.avma.install.AnswerFileEdit.Inserted.Change;
import io.avma.install.AnswerFileEdit.Refused.Reason;
import java.util.List;

/**
 * Where the key belongs in a given answer file, as far as the way there exists.
 *
 * @param change what has to be done there, were nothing else in the way; {@link
 *     Change#REPLACED_KEY} if a {@code ProductKey} element exists, whatever it holds
 * @param element the element to do it in: the root, the pass, the component or the key's element
 */
record Target(Change change, OutlineElement element) {

  /** Finds the place; two of them are a flaw, because nobody documents which one Setup takes. */
  static Reading<Target> find(OutlineElement root, AnswerFileArchitecture architecture) {
    List<OutlineElement> passes = passes(root);
    if (passes.isEmpty()) {
      return sound(Change.ADDED_SETTINGS, root);
    }
    List<OutlineElement> components =
        passes.stream()
            .flatMap(pass -> shellSetups(pass).stream())
            .filter(component -> is(component, "processorArchitecture", architecture.label()))
            .toList();
    if (components.isEmpty()) {
      return sound(Change.ADDED_COMPONENT, passes.get(0));
    }
    if (components.size() > 1) {
      return ambiguous(
          components.get(1),
          "a second component "
              + AnswerFileText.COMPONENT
              + " for "
              + architecture.label()
              + " in the pass "
              + AnswerFileText.PASS
              + "; make one of them");
    }
    List<OutlineElement> keys = components.get(0).children("ProductKey");
    if (keys.isEmpty()) {
      return sound(Change.ADDED_KEY, components.get(0));
    }
    return keys.size() == 1
        ? sound(Change.REPLACED_KEY, keys.get(0))
        : ambiguous(keys.get(1), "a second ProductKey in the same component; remove one of them");
  }

  /** Returns the {@code settings} elements of the pass that takes the key. */
  static List<OutlineElement> passes(OutlineElement root) {
    return root.children("settings").stream()
        .filter(settings -> is(settings, "pass", AnswerFileText.PASS))
        .toList();
  }

  /** Returns the components of a pass that can take the key, of whatever architecture. */
  static List<OutlineElement> shellSetups(OutlineElement pass) {
    return pass.children("component").stream()
        .filter(component -> is(component, "name", AnswerFileText.COMPONENT))
        .toList();
  }

  /** Returns whether an attribute has a value. Ignoring case: a near miss must not be doubled. */
  static boolean is(OutlineElement element, String attribute, String value) {
    return element.attribute(attribute).filter(value::equalsIgnoreCase).isPresent();
  }

  private static Reading<Target> sound(Change change, OutlineElement element) {
    return new Reading.Sound<>(new Target(change, element));
  }

  private static Reading<Target> ambiguous(OutlineElement second, String message) {
    return new Reading.Flawed<>(new Flaw(Reason.AMBIGUOUS, second.start(), message));
  }
}
