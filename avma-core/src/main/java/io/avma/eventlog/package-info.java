/**
 * What Windows writes into its event logs about activation, in whatever form it reaches us.
 *
 * <p>Start at {@link io.avma.eventlog.ActivationLogEntry}: event 12309 of a guest and 12310 of a
 * host, to and from the {@link io.avma.eventlog.WindowsEvent} that carries them. {@link
 * io.avma.eventlog.LogEntry#of} also knows their neighbours, which tell a machine's license state,
 * key and observed expiry, and the records of Hyper-V about its machines ({@link
 * io.avma.eventlog.MachineEvent}).
 *
 * <p>All types are immutable and safe for any thread. Reading never throws on what a log holds, and
 * keeps the text beside the meaning: the second string of both events is documented nowhere.
 * Nothing here opens a log.
 */
@NullMarked
package io.avma.eventlog;

import org.jspecify.annotations.NullMarked;
