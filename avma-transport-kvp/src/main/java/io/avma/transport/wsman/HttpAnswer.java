package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.Optional;

/**
 * What came back over HTTP, whole and bounded.
 *
 * @param status the status
 * @param contentType {@code ""} if the answer has none
 * @param challenges the values of {@code WWW-Authenticate}
 * @param location where a redirect points
 * @param body the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record HttpAnswer(
    int status,
    String contentType,
    ImmutableList<String> challenges,
    Optional<String> location,
    byte[] body) {
  HttpAnswer withBody(String type, byte[] bytes) {
    return new HttpAnswer(status, type, challenges, location, bytes);
  }

  boolean isEnvelope() {
    String media = contentType.strip().toLowerCase(Locale.ROOT);
    return media.startsWith("application/soap+xml") || media.startsWith("text/xml");
  }

  /** The token of a challenge; empty without that scheme, {@code ""} without a token. */
  Optional<String> challenge(String scheme) {
    return challenges.stream()
        .filter(
            value ->
                value.regionMatches(true, 0, scheme, 0, scheme.length())
                    && (value.length() == scheme.length()
                        || value.charAt(scheme.length()) == ' '
                        || value.charAt(scheme.length()) == ','))
        .map(value -> value.substring(scheme.length()).strip())
        .findFirst();
  }
}
