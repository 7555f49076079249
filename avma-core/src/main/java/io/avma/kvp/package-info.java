/**
 * What a virtual machine and its host tell each other by Data Exchange (KVP), and how far it can be
 * read.
 *
 * <p>Start at {@link io.avma.kvp.KvpSnapshot}: the items of one VM by where they come from. {@link
 * io.avma.kvp.GuestClaims} reads what the guest says about itself, {@link io.avma.kvp.HostFacts}
 * what the host tells the guest. Nothing of it is protected: whoever rules the guest can write any
 * item, so a claim is hearsay and never a ground to grant anything.
 *
 * <p>All types are immutable and safe for any thread. Reading never throws on what it finds: what
 * cannot be understood is kept as text beside a {@link io.avma.kvp.KvpProblem}. Nothing here opens
 * a file or asks a host.
 */
@NullMarked
package io.avma.kvp;

import org.jspecify.annotations.NullMarked;
