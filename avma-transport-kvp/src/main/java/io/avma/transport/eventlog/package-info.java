/**
 * Windows event logs in files: {@code .evtx} logs, and the event XML that {@code wevtutil} and
 * Event Viewer write.
 *
 * <p>Start at {@link io.avma.transport.eventlog.EventLogReader}, which finds out what a file is and
 * returns its events one by one; {@link io.avma.transport.eventlog.FileEventSource} is the same as
 * a port, with bookmarks and gaps. {@link io.avma.transport.eventlog.EvtxScan} decides on raw
 * values and decodes only what it is asked for; {@link io.avma.transport.eventlog.EvtxToXml} turns
 * a whole log into XML. {@link io.avma.transport.eventlog.EvtxWriter} makes logs.
 *
 * <pre>
 * file  = header (4 KiB), chunks (64 KiB each)
 * chunk = header (512 bytes), records, free space
 * record = size, id, time, binary XML: a template and the values for its slots
 * </pre>
 *
 * <p>Readers are for one thread each; options, limits and events are immutable. A damaged file
 * costs what is damaged and no more: every loss is a {@link io.avma.transport.Flaw} with its place.
 * What an event means is the business of {@link io.avma.eventlog}; nothing here asks a live
 * Windows. Sources: MS-EVEN6 and the libevtx format description.
 */
@NullMarked
package io.avma.transport.eventlog;

import org.jspecify.annotations.NullMarked;
