/**
 * Wire level: what WMI answers with: values of the Common Information Model, and the instances that
 * Hyper-V embeds as XML in strings, both directions.
 *
 * <p>Start at {@link io.avma.transport.cim.KvpDataItemCodec} for {@code Msvm_KvpExchangeDataItem},
 * at {@link io.avma.transport.cim.CimXmlCodec} for instances of any class. Sources: DMTF DSP0004
 * (types), DSP0201 (CIM-XML), Microsoft "Msvm_KvpExchangeDataItem"; the order and form of what is
 * written are those recorded from real hosts.
 *
 * <p>A text is read in one pass, within {@link io.avma.transport.cim.CimLimits}. A document type is
 * refused, so there are no entities but the five of XML; nothing outside the text is ever read.
 * What is wrong is a {@link io.avma.transport.TransportException} for {@code DAMAGED} with a flaw;
 * its offset counts UTF-16 units from the beginning of the text, which has no bytes of its own. All
 * types are immutable and safe for any thread.
 */
@NullMarked
package io.avma.transport.cim;

import org.jspecify.annotations.NullMarked;
