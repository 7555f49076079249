package io.avma.sim.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Users and what their passwords hash to. A guess costs one SHA-256 of what was sent, right or
 * wrong, in a time that does not tell how much of it was right: thousands of wrong ones are a load
 * like any other, and a guess at the speed of a network finds no generated password.
 */
final class PasswordLogins {
  @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest alone
  private record Entry(String user, byte[] hash) {
    @Override
    public String toString() {
      return user;
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  /** Adds a user; the password is copied into nothing but its hash. */
  void add(String user, char[] password) {
    ByteBuffer encoded = UTF_8.encode(CharBuffer.wrap(password));
    entries.add(new Entry(user, hash(user, encoded)));
    encoded.clear().put(new byte[encoded.capacity()]);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /**
   * Returns the user whose login this is.
   *
   * @param token of Basic: Base64 of {@code user:password} in UTF-8
   */
  Optional<String> user(String token) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(token.strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = 0;
    while (colon < decoded.length && decoded[colon] != ':') {
      colon++;
    }
    if (colon == decoded.length) {
      return Optional.empty();
    }
    byte[] hash =
        hash(
            new String(decoded, 0, colon, UTF_8),
            ByteBuffer.wrap(decoded, colon + 1, decoded.length - colon - 1));
    Arrays.fill(decoded, (byte) 0);
    Optional<String> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash(), hash)) {
        found = Optional.of(entry.user());
      }
    }
    return found;
  }

  /** Of the user as Windows compares it, a separator that no name has, and the password. */
  private static byte[] hash(String user, ByteBuffer password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(user.toLowerCase(Locale.ROOT).getBytes(UTF_8));
      digest.update((byte) ':');
      digest.update(password);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
