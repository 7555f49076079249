/**
 * The handshake: what a guest asks its host, what the host answers, and what becomes of the guest.
 *
 * <p>Start at {@link io.avma.activation.GuestActivation} and {@link
 * io.avma.activation.HostActivation}. Both are immutable values, safe for any thread; {@code
 * on(input, now)} returns a {@link io.avma.activation.Transition} and changes nothing. Time, nonces
 * and carrying out the {@link io.avma.activation.Effect}s are the caller's. What Microsoft does not
 * document stands in {@link io.avma.activation.ActivationTerms}. {@link
 * io.avma.activation.SlmgrOutput} reads what {@code slmgr} prints in a guest.
 *
 * <p>Nothing here activates a real Windows: the real exchange is cryptographic and Microsoft's.
 */
@NullMarked
package io.avma.activation;

import org.jspecify.annotations.NullMarked;
