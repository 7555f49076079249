package io.avma.catalog;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * A published key that a text resembles.
 *
 * @param key the published key
 * @param edits how many symbols to change, add or leave out to get from the text to the key, 1 or 2
 */
@CheckReturnValue
public record SimilarKey(PublishedKey key, int edits) {}
