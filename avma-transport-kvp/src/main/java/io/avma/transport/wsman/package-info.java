/**
 * Hyper-V hosts over WS-Management: the client, and wire level, the messages in both directions.
 *
 * <p>Start at {@link io.avma.transport.wsman.WsManHost}, which is a host like any other, or at
 * {@link io.avma.transport.wsman.WsManClient} for what it does not ask. The client needs Apache
 * HttpCore 5, an optional dependency. Its types are safe for any thread where nothing else is said.
 *
 * <p>Wire level: {@link io.avma.transport.wsman.WsManCodec}. A {@link
 * io.avma.transport.wsman.WsManMessage} is a header and a body; bodies are {@link
 * io.avma.transport.wsman.WsManBody} records, faults among them. What is written has the order,
 * name spaces and prefixes of recorded answers of real hosts. Read is any prefix, both addressing
 * name spaces and any order of headers; elements of other name spaces are passed over. Sealed
 * messages are {@link io.avma.transport.wsman.SealedMessage} and {@link
 * io.avma.transport.wsman.KerberosWrap}.
 *
 * <p>Sources: DMTF DSP0226 and DSP0230, Microsoft [MS-WSMV]. A document type is refused, nothing
 * outside a message is read, and {@link io.avma.transport.wsman.WsManLimits} bound it. Offsets of
 * flaws count UTF-16 units. All types of the wire level are immutable and safe for any thread.
 */
@NullMarked
package io.avma.transport.wsman;

import org.jspecify.annotations.NullMarked;
