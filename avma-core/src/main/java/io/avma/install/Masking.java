package io.avma.install;

import java.util.regex.Pattern;

/** Hides product keys in texts that go to logs; commands hold whole keys. */
final class Masking {
  private static final Pattern KEY =
      Pattern.compile("[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-([A-Z0-9]{5})");

  private Masking() {}

  /** Returns {@code text} with only the last five symbols of each key, as Windows shows them. */
  static String mask(String text) {
    return KEY.matcher(text).replaceAll("*****-*****-*****-*****-$1");
  }
}
