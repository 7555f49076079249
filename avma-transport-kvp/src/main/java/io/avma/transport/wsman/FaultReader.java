package io.avma.transport.wsman;

import io.avma.transport.TransportException;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a fault; what of its detail is not known is passed over, because hosts put much there. */
final class FaultReader {
  private final EnvelopeXml xml;
  private final ValueReader values;
  private boolean bySender;
  private Optional<FaultSubcode> subcode = Optional.empty();
  private String reason = "";
  private Optional<String> detail = Optional.empty();
  private OptionalLong code = OptionalLong.empty();
  private Optional<String> machine = Optional.empty();
  private Optional<String> message = Optional.empty();
  private Optional<CimInstance> wmiError = Optional.empty();

  FaultReader(EnvelopeXml xml, ValueReader values) {
    this.xml = xml;
    this.values = values;
  }

  /** Reads the fault on which the reader stands. */
  WsManBody.Fault fault() throws TransportException {
    while (xml.child()) {
      if (xml.is(Names.SOAP, "Code")) {
        code();
      } else if (xml.is(Names.SOAP, "Reason")) {
        while (xml.child()) {
          String text = xml.text();
          reason = reason.isEmpty() ? text : reason;
        }
      } else if (xml.is(Names.SOAP, "Detail")) {
        while (xml.child()) {
          detail();
        }
      } else {
        xml.skip();
      }
    }
    return new WsManBody.Fault(bySender, subcode, reason, detail, code, machine, message, wmiError);
  }

  private void code() throws TransportException {
    while (xml.child()) {
      if (xml.is(Names.SOAP, "Value")) {
        bySender = name().name().equals("Sender");
      } else if (xml.is(Names.SOAP, "Subcode")) {
        while (xml.child()) {
          if (xml.is(Names.SOAP, "Value")) {
            subcode = Optional.of(name());
          } else {
            xml.skip(); // a subcode of the subcode, which only refines it
          }
        }
      } else {
        xml.skip();
      }
    }
  }

  /** Prefixes count where the element begins, so they are looked up while still there. */
  private FaultSubcode name() throws TransportException {
    StringBuilder text = new StringBuilder();
    boolean child = xml.textToChild(text);
    String name = text.toString().strip();
    int colon = name.indexOf(':');
    FaultSubcode read =
        new FaultSubcode(
            child ? "" : xml.namespaceOf(colon < 0 ? "" : name.substring(0, colon)),
            name.substring(colon + 1));
    if (child) {
      throw xml.damaged("unexpected-element", "an element in the code of a fault");
    }
    return read;
  }

  private void detail() throws TransportException {
    if (xml.is(Names.WSMAN, "FaultDetail")) {
      detail = Optional.of(xml.text().strip());
    } else if (xml.is(Names.FAULT, "WSManFault")) {
      String number = xml.attribute("", "Code");
      Optional<CimValue> read =
          Optional.ofNullable(number).flatMap(text -> CimType.UINT32.parse(text));
      if (read.isPresent()) {
        code = OptionalLong.of(((CimValue.Whole) read.get()).bits());
      }
      machine = Optional.ofNullable(xml.attribute("", "Machine"));
      windows();
    } else if (xml.name().equals("MSFT_WmiError")) {
      wmiError = Optional.of(values.instance(xml.name()));
    } else {
      nested();
    }
  }

  private void windows() throws TransportException {
    while (xml.child()) {
      if (!xml.is(Names.FAULT, "Message")) {
        nested();
        continue;
      }
      StringBuilder text = new StringBuilder();
      for (boolean child = xml.textToChild(text); child; child = xml.textToChild(text)) {
        nestedIn();
      }
      String plain = text.toString().strip();
      message = plain.isEmpty() ? message : Optional.of(plain);
    }
  }

  /** The error of WMI may be anywhere, also in the fault of a provider. */
  private void nestedIn() throws TransportException {
    if (xml.name().equals("MSFT_WmiError")) {
      wmiError = Optional.of(values.instance(xml.name()));
    } else {
      nested();
    }
  }

  private void nested() throws TransportException {
    while (xml.child()) {
      nestedIn();
    }
  }
}
