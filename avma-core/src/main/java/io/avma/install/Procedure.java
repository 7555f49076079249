package io.avma.install;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Standing;

/**
 * Commands that belong together, in the order in which they are typed, all of them in the guest.
 *
 * @param kind what the commands achieve and by which tool
 * @param title the same for people
 * @param commands the commands, at least one
 * @param notes what to know before
 * @param standing how well it is founded that the commands achieve it
 * @param source where they come from
 */
@CheckReturnValue
public record Procedure(
    Kind kind,
    String title,
    ImmutableList<Command> commands,
    ImmutableList<Note> notes,
    Standing standing,
    String source) {

  /** What a procedure achieves and by which tool. Constants in the order in which they are told. */
  public enum Kind {
    /** Makes a licensed installation of one from evaluation media. */
    CONVERT_EVALUATION,
    /** Installs the key by hand. */
    INSTALL_WITH_SLMGR,
    /** Installs the key from a script: output on the console, no window. */
    INSTALL_HEADLESS,
    /** Installs the key where Windows has no VBScript. */
    INSTALL_WITH_CIM,
    /** Shows what is installed and whether it is activated. */
    LOOK_WITH_SLMGR,
    /** Shows the same as objects. */
    LOOK_WITH_CIM,
    /** Upgrades the guest to another release, which no AVMA key can do. */
    UPGRADE_IN_PLACE,
    /** Takes the key out. */
    REMOVE
  }
}
