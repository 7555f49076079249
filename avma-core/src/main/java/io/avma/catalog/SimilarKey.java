package io.avma.catalog;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * A published key that a text resembles.
 *
 * @param key the published key
 * @param edits how many symbols to change, add or leave out to get from the text to the key, 1 or 2
 * @param wanted if {@code key} is a KMS client key, the AVMA key of the same release and edition,
 *     if one is published; empty for an AVMA key, which is wanted itself
 */
@CheckReturnValue
public record SimilarKey(PublishedKey key, int edits, Optional<AvmaKey> wanted) {}
