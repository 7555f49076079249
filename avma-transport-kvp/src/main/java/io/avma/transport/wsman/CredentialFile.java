package io.avma.transport.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.avma.transport.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file with credentials. The password never becomes a string, which could not be overwritten. */
final class CredentialFile {
  private static final int MAX_BYTES = 16_384;
  private static final Set<String> WINDOWS_ITSELF =
      Set.of("NT AUTHORITY\\SYSTEM", "BUILTIN\\Administrators");

  private final Path file;

  CredentialFile(Path file) {
    this.file = file;
  }

  Credentials read(WsManEndpoint endpoint) throws TransportException {
    byte[] bytes = new byte[0];
    char[] text = new char[0];
    try {
      checkRights();
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(MAX_BYTES + 1);
      }
      if (bytes.length > MAX_BYTES) {
        throw refused("has more than " + MAX_BYTES + " bytes (expected: user=, password=)");
      }
      text = decoded(bytes);
      return parse(text, endpoint);
    } catch (IOException e) {
      throw refused("cannot be read: " + e.getClass().getSimpleName());
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(text, '\0');
    }
  }

  private char[] decoded(byte[] bytes) throws TransportException {
    try {
      CharBuffer chars = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      char[] text = Arrays.copyOf(chars.array(), chars.limit());
      Arrays.fill(chars.array(), '\0');
      return text;
    } catch (CharacterCodingException e) {
      throw refused("is not in UTF-8");
    }
  }

  private Credentials parse(char[] text, WsManEndpoint endpoint) throws TransportException {
    String user = null;
    char[] password = null;
    int from = 0;
    int number = 0;
    try {
      while (from < text.length) {
        int end = from;
        while (end < text.length && text[end] != '\n') {
          end++;
        }
        number++;
        int stop = end > from && text[end - 1] == '\r' ? end - 1 : end;
        if (starts(text, from, stop, "password=") && password == null) {
          password = Arrays.copyOfRange(text, from + "password=".length(), stop);
        } else if (starts(text, from, stop, "user=") && user == null) {
          user = new String(text, from + 5, stop - from - 5).strip();
        } else if (starts(text, from, stop, "endpoint=")) {
          checkEndpoint(new String(text, from + 9, stop - from - 9), endpoint);
        } else if (stop > from && text[from] != '#') {
          throw refused(
              "line " + number + " is neither user=, password= nor endpoint=, or comes twice");
        }
        from = end + 1;
      }
      if (user == null || user.isEmpty() || password == null) {
        throw refused("has no " + (password == null ? "password=" : "user=") + " line");
      }
      return new Credentials(user, password);
    } finally {
      if (password != null) {
        Arrays.fill(password, '\0');
      }
    }
  }

  private void checkEndpoint(String url, WsManEndpoint endpoint) throws TransportException {
    WsManEndpoint bound;
    try {
      bound = WsManEndpoint.parse(url);
    } catch (IllegalArgumentException e) {
      throw refused("has an endpoint= line that is no URL of a host");
    }
    if (!bound.sameOrigin(endpoint)) {
      throw refused("is for " + bound + ", not for " + endpoint);
    }
  }

  private static boolean starts(char[] text, int from, int stop, String word) {
    return stop - from >= word.length() && new String(text, from, word.length()).equals(word);
  }

  private void checkRights() throws IOException, TransportException {
    PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    AclFileAttributeView acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (posix != null) {
      for (PosixFilePermission permission : posix.readAttributes().permissions()) {
        if (!permission.name().startsWith("OWNER_")) {
          throw refused("can be used by others (expected: chmod 600)");
        }
      }
      checkOwner(posix.getOwner());
    } else if (acl != null) {
      String owner = acl.getOwner().getName();
      for (AclEntry entry : acl.getAcl()) {
        String name = entry.principal().getName();
        if (entry.type() == AclEntryType.ALLOW
            && !name.equals(owner)
            && !WINDOWS_ITSELF.contains(name)) {
          throw refused("can be used by others (expected: rights of its owner alone)");
        }
      }
    } else {
      throw refused("lies where files have no rights (expected: a file only its owner may use)");
    }
  }

  /** Whose file it is, says what is in it: another user's file logs in as whom that user wants. */
  private void checkOwner(@Nullable UserPrincipal owner) throws TransportException {
    String user = System.getProperty("user.name", "");
    if (owner != null && !owner.getName().equals(user) && !owner.getName().equals("root")) {
      throw refused("belongs to another user (expected: " + user + ")");
    }
  }

  private TransportException refused(String what) {
    return new TransportException(
        TransportException.Reason.REFUSED, "credential file " + file.getFileName() + " " + what);
  }
}
