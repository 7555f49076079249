package io.avma.cli;

import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.platform.ForeignText;
import io.avma.sim.server.WsManServerBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;

/** The key and certificates of a server over HTTPS. */
final class ServedKeys {
  private ServedKeys() {}

  /** Gives the key in a file of PKCS #12 to a server. */
  static void read(Path file, Optional<Path> passwordFile, WsManServerBuilder server)
      throws InputException {
    char[] password = passwordFile.isPresent() ? firstLine(passwordFile.get()) : new char[0];
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      server.tls(store, password);
    } catch (IOException | GeneralSecurityException e) {
      throw complaint(
          file, "holds no key that can be used", "Check the file and --tls-password-file.");
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static char[] firstLine(Path file) throws InputException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      return line == null ? new char[0] : line.toCharArray();
    } catch (IOException e) {
      throw complaint(file, "cannot be read" + FileTrouble.because(e), "Check the path.");
    }
  }

  private static InputException complaint(Path path, String what, String remedy) {
    return new InputException(
        Complaint.about(ForeignText.escape(path.toString(), 200), what + ".", remedy));
  }
}
