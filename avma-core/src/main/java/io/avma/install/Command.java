package io.avma.install;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.catalog.KeyMask;

/**
 * One line to type in the guest.
 *
 * @param shell where to type it
 * @param line the line, whole keys included
 * @param purpose what it does, in one sentence
 * @param elevated whether the shell must run as administrator
 * @param restart whether the guest has to be restarted afterwards
 */
@CheckReturnValue
public record Command(Shell shell, String line, String purpose, boolean elevated, Restart restart) {
  /** The shells that lines are written for; a line of one does not always work in another. */
  public enum Shell {
    /** {@code cmd.exe}. */
    COMMAND_PROMPT("Command Prompt"),
    /** Windows PowerShell 5.1 or PowerShell 7. */
    POWERSHELL("PowerShell");

    private final String displayName;

    Shell(String displayName) {
      this.displayName = displayName;
    }

    /** Returns the name that Windows shows. */
    public String displayName() {
      return displayName;
    }
  }

  /** Whether the guest has to be restarted after a command. */
  public enum Restart {
    /** No. */
    NONE,
    /** It works without, but Microsoft advises it or the effect shows only then. */
    ADVISED,
    /** Nothing has happened before the restart. */
    REQUIRED
  }

  static Command prompt(String line, String purpose, boolean elevated, Restart restart) {
    return new Command(Shell.COMMAND_PROMPT, line, purpose, elevated, restart);
  }

  static Command powerShell(String line, String purpose, boolean elevated) {
    return new Command(Shell.POWERSHELL, line, purpose, elevated, Restart.NONE);
  }

  /** Returns shell and line, keys masked: {@link #line()} is what to type. */
  @Override
  public String toString() {
    return shell.displayName() + "> " + KeyMask.mask(line);
  }
}
