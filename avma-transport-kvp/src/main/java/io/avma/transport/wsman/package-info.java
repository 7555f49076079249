/**
 * Wire level: the messages of WS-Management as Windows hosts speak it, both directions.
 *
 * <p>Start at {@link io.avma.transport.wsman.WsManCodec}. A {@link
 * io.avma.transport.wsman.WsManMessage} is a header and a body; bodies are {@link
 * io.avma.transport.wsman.WsManBody} records, faults among them. What is written has the order,
 * name spaces and prefixes of recorded answers of real hosts. Read is any prefix, both addressing
 * name spaces and any order of headers; elements of other name spaces are passed over.
 *
 * <p>Sources: DMTF DSP0226 and DSP0230, Microsoft [MS-WSMV]. A document type is refused, nothing
 * outside a message is read, and {@link io.avma.transport.wsman.WsManLimits} bound it. Offsets of
 * flaws count UTF-16 units. All types are immutable and safe for any thread. Nothing here opens a
 * connection.
 */
@NullMarked
package io.avma.transport.wsman;

import org.jspecify.annotations.NullMarked;
