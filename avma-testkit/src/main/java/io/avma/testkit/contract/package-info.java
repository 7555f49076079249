/**
 * The transport contract: whoever implements the ports shows here that it keeps their promises.
 *
 * <p>Start at {@link io.avma.testkit.contract.TransportContract} (Jupiter) and {@link
 * io.avma.testkit.contract.TransportProperties} (jqwik). Both need a {@link
 * io.avma.testkit.contract.TransportFixture}: a guest, and its host as far as a test needs it. The
 * rules are numbered, and {@code docs/spec/transport.md} lists them with their reasons. So far they
 * cover pools and items.
 */
@NullMarked
package io.avma.testkit.contract;

import org.jspecify.annotations.NullMarked;
