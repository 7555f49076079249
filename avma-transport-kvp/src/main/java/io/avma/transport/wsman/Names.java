package io.avma.transport.wsman;

/** Name spaces and URIs of the protocol. Sources: DMTF DSP0226, [MS-WSMV]; documented. */
final class Names {
  static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
  static final String ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration";
  static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
  static final String EVENTING = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
  static final String WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
  static final String IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
  static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/common";
  static final String MICROSOFT = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd";
  static final String FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
  static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  static final String XML = "http://www.w3.org/XML/1998/namespace";
  static final String EVENT_QUERY = "http://schemas.microsoft.com/win/2004/08/events/eventquery";
  static final String PULL_DELIVERY = "http://schemas.dmtf.org/wbem/wsman/1/wsman/Pull";
  static final String FAULT_ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
  static final String END = "http://schemas.microsoft.com/wbem/wsman/1/wsman/End";
  static final String WMI_ERROR = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError";
  static final String INPUT = "_INPUT";
  static final String OUTPUT = "_OUTPUT";

  private Names() {}
}
