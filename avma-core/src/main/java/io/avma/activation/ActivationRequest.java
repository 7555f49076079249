package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.VmId;

/**
 * What a guest asks of its parent partition: activate this AVMA ID. The form of the real message is
 * not documented.
 *
 * @param vm the virtual machine that asks
 * @param avmaId what it asks for
 * @param nonce ties the answer to this request
 */
@CheckReturnValue
public record ActivationRequest(VmId vm, AvmaId avmaId, Nonce nonce) {}
