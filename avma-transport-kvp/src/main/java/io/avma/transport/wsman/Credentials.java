package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.util.Arrays;

/** A user and a password, which no text form shows and which is overwritten when closed. */
@CheckReturnValue
public final class Credentials implements AutoCloseable {
  private final String user;
  private final char[] password;

  /**
   * Copies both; the caller overwrites its own password.
   *
   * @param user the name, for Kerberos with its realm in capitals ({@code user@EXAMPLE.COM})
   */
  public Credentials(String user, char[] password) {
    checkArgument(
        !user.isEmpty() && user.chars().noneMatch(c -> c < ' '), "user is no name of one line");
    this.user = user;
    this.password = password.clone();
  }

  /** Returns the user. */
  public String user() {
    return user;
  }

  /** Returns a copy of the password, which the caller overwrites. */
  char[] password() {
    return password.clone();
  }

  /** Overwrites the password. */
  @Override
  public void close() {
    Arrays.fill(password, '\0');
  }

  /** Returns the user alone. */
  @Override
  public String toString() {
    return "Credentials[" + ForeignText.escape(user, 80) + "]";
  }
}
