package io.avma.transport.wsman;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.TransportException;
import java.nio.file.Path;

/** Where a password comes from, each time that one is needed. Called by any thread. */
@CheckReturnValue
@FunctionalInterface
public interface CredentialSource {
  /**
   * Returns the credentials for an endpoint; whoever asked closes them, so each time new ones.
   *
   * @throws TransportException {@code REFUSED} if there are none for it
   */
  Credentials credentials(WsManEndpoint endpoint) throws TransportException;

  /**
   * Returns what a file says, read each time; no other user may have rights on it.
   *
   * <p>In UTF-8, a line {@code user=NAME}, a line {@code password=TEXT} to the line's end, and if
   * wanted a line {@code endpoint=URL}: then they are for that scheme, host and port alone.
   */
  static CredentialSource file(Path file) {
    return endpoint -> new CredentialFile(file).read(endpoint);
  }
}
