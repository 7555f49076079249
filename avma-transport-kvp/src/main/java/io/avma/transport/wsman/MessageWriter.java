package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import io.avma.transport.cim.XmlText;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes one message, in the order and with the prefixes of Windows; some clients look for literal
 * prefixes. Texts get in escaped and no other way.
 */
final class MessageWriter {
  private final StringBuilder out = new StringBuilder(1024);
  private final WsManHeader header;

  /** The class whose properties are being written, and their prefix. */
  private String classUri = "";

  private String prefix = "p";

  MessageWriter(WsManHeader header) {
    this.header = header;
  }

  String write(WsManBody body) {
    out.append("<s:Envelope");
    header.language().ifPresent(language -> attribute("xml:lang", language));
    attribute("xmlns:s", Names.SOAP);
    attribute("xmlns:a", header.addressing().uri());
    attribute("xmlns:n", Names.ENUMERATION);
    attribute("xmlns:w", Names.WSMAN);
    out.append("><s:Header>");
    header();
    out.append("</s:Header><s:Body>");
    body(body);
    return out.append("</s:Body></s:Envelope>").toString();
  }

  private void header() {
    boolean answer = header.relatesTo().isPresent();
    String must = answer ? "" : " s:mustUnderstand=\"true\"";
    element("a:Action", must, header.action());
    if (answer) {
      element("a:MessageID", must, header.messageId());
      element("a:To", must, header.to());
      element("a:RelatesTo", "", header.relatesTo());
    } else {
      element("a:To", must, header.to());
      element("w:ResourceURI", must, header.resourceUri());
      element("a:MessageID", must, header.messageId());
    }
    header
        .replyTo()
        .ifPresent(
            uri -> {
              out.append("<a:ReplyTo>");
              element("a:Address", "", uri);
              out.append("</a:ReplyTo>");
            });
    if (answer) {
      element("w:ResourceURI", "", header.resourceUri());
    }
    number("w:MaxEnvelopeSize", header.maxEnvelopeSize());
    duration("w:OperationTimeout", header.operationTimeout());
    header
        .operationId()
        .ifPresent(id -> element("m:OperationID", " xmlns:m=\"" + Names.MICROSOFT + "\"", id));
    header
        .subscription()
        .ifPresent(id -> element("e:Identifier", " xmlns:e=\"" + Names.EVENTING + "\"", id));
    bookmarks(header.bookmarks());
    if (!header.options().isEmpty()) {
      out.append("<w:OptionSet>");
      header.options().forEach((name, value) -> named("w:Option", name, value));
      out.append("</w:OptionSet>");
    }
    selectors(header.selectors());
  }

  private void body(WsManBody body) {
    if (body instanceof WsManBody.Identify) {
      out.append("<i:Identify xmlns:i=\"" + Names.IDENTITY + "\"/>");
    } else if (body instanceof WsManBody.IdentifyResponse identity) {
      out.append("<i:IdentifyResponse xmlns:i=\"" + Names.IDENTITY + "\">");
      element("i:ProtocolVersion", "", identity.protocolVersion());
      element("i:ProductVendor", "", identity.productVendor());
      element("i:ProductVersion", "", identity.productVersion());
      out.append("</i:IdentifyResponse>");
    } else if (body instanceof WsManBody.Enumerate enumerate) {
      enumerate(enumerate);
    } else if (body instanceof WsManBody.EnumerateResponse answer) {
      out.append("<n:EnumerateResponse>");
      element("n:Expires", "", answer.expires());
      // Empty after the end, and never left out, as Windows does.
      element("n:EnumerationContext", "", answer.context().orElse(""));
      if (answer.endOfSequence() || !answer.items().isEmpty()) {
        items("w", answer.items(), answer.endOfSequence());
      }
      out.append("</n:EnumerateResponse>");
    } else if (body instanceof WsManBody.Pull pull) {
      out.append("<n:Pull>");
      element("n:EnumerationContext", "", pull.context());
      duration("n:MaxTime", pull.maxTime());
      number("n:MaxElements", pull.maxElements());
      number("n:MaxCharacters", pull.maxCharacters());
      out.append("</n:Pull>");
    } else if (body instanceof WsManBody.PullResponse answer) {
      out.append("<n:PullResponse>");
      element("n:EnumerationContext", "", answer.context());
      items("n", answer.items(), answer.endOfSequence());
      out.append("</n:PullResponse>");
    } else if (body instanceof WsManBody.Release release) {
      out.append("<n:Release>");
      element("n:EnumerationContext", "", release.context());
      out.append("</n:Release>");
    } else if (body instanceof WsManBody.GetResponse answer) {
      instance(answer.resourceUri(), answer.instance());
    } else if (body instanceof WsManBody.Invoke invoke) {
      checkName(invoke.method());
      open("p:" + invoke.method() + Names.INPUT, invoke.resourceUri());
      invoke.parameters().forEach(this::property);
      out.append("</p:").append(invoke.method()).append(Names.INPUT).append('>');
    } else if (body instanceof WsManBody.InvokeResponse answer) {
      checkName(answer.method());
      open("p:" + answer.method() + Names.OUTPUT, answer.resourceUri());
      answer.results().properties().forEach(this::property);
      out.append("</p:").append(answer.method()).append(Names.OUTPUT).append('>');
    } else if (body instanceof WsManBody.Subscribe subscribe) {
      subscribe(subscribe);
    } else if (body instanceof WsManBody.SubscribeResponse answer) {
      out.append("<e:SubscribeResponse xmlns:e=\"" + Names.EVENTING + "\"><e:SubscriptionManager>");
      element("a:Address", "", CimReference.ANONYMOUS);
      out.append("<a:ReferenceParameters>");
      element("e:Identifier", "", answer.identifier());
      out.append("</a:ReferenceParameters></e:SubscriptionManager>");
      element("e:Expires", "", answer.expires());
      element("n:EnumerationContext", "", answer.context());
      out.append("</e:SubscribeResponse>");
    } else if (body instanceof WsManBody.Unsubscribe) {
      out.append("<e:Unsubscribe xmlns:e=\"" + Names.EVENTING + "\"/>");
    } else if (body instanceof WsManBody.Fault fault) {
      fault(fault);
    }
  }

  private void enumerate(WsManBody.Enumerate enumerate) {
    out.append("<n:Enumerate>");
    duration("n:Expires", enumerate.expires());
    enumerate
        .filter()
        .ifPresent(
            filter -> {
              out.append("<w:Filter");
              attribute("Dialect", filter.dialect());
              out.append('>');
              XmlText.appendContent(out, filter.text());
              out.append("</w:Filter>");
            });
    out.append(enumerate.optimize() ? "<w:OptimizeEnumeration/>" : "");
    number("w:MaxElements", enumerate.maxElements());
    switch (enumerate.mode()) {
      case OBJECT -> {}
      case EPR -> element("w:EnumerationMode", "", "EnumerateEPR");
      case OBJECT_AND_EPR -> element("w:EnumerationMode", "", "EnumerateObjectAndEPR");
    }
    out.append("</n:Enumerate>");
  }

  /** Their element is there without items as well: clients do not ask whether it is. */
  private void items(String prefix, Iterable<WsManItem> items, boolean end) {
    out.append('<').append(prefix).append(":Items>");
    items.forEach(this::item);
    out.append("</").append(prefix).append(":Items>");
    out.append(end ? "<" + prefix + ":EndOfSequence/>" : "");
  }

  private void item(WsManItem item) {
    if (item instanceof WsManItem.Epr epr) {
      endpoint(epr.reference());
    } else if (item instanceof WsManItem.Event event) {
      // As text, which is what the option CDATA asks for: a tenant's event stays one event.
      element("w:Event", "", event.xml());
    } else if (item instanceof WsManItem.Instance instance) {
      out.append(instance.reference().isPresent() ? "<w:Item>" : "");
      instance(instance.resourceUri(), instance.instance());
      instance
          .reference()
          .ifPresent(
              reference -> {
                endpoint(reference);
                out.append("</w:Item>");
              });
    }
  }

  private void subscribe(WsManBody.Subscribe subscribe) {
    out.append("<e:Subscribe xmlns:e=\"" + Names.EVENTING + "\"><e:Delivery");
    attribute("Mode", Names.PULL_DELIVERY);
    out.append('>');
    duration("w:Heartbeats", subscribe.heartbeats());
    out.append("</e:Delivery>");
    duration("e:Expires", subscribe.expires());
    out.append("<w:Filter");
    attribute("Dialect", Names.EVENT_QUERY);
    out.append("><QueryList>");
    int[] id = {0};
    subscribe
        .queries()
        .forEach(
            (path, query) -> {
              out.append("<Query Id=\"").append(id[0]++).append('"');
              attribute("Path", path);
              out.append("><Select");
              attribute("Path", path);
              out.append('>');
              XmlText.appendContent(out, query);
              out.append("</Select></Query>");
            });
    out.append("</QueryList></w:Filter>");
    bookmarks(subscribe.bookmarks());
    out.append(subscribe.sendBookmarks() ? "<w:SendBookmarks/>" : "").append("</e:Subscribe>");
  }

  private void bookmarks(Map<String, Long> records) {
    if (records.isEmpty()) {
      return;
    }
    out.append("<w:Bookmark><BookmarkList>");
    records.forEach(
        (channel, record) -> {
          out.append("<Bookmark");
          attribute("Channel", channel);
          attribute("RecordId", Long.toUnsignedString(record));
          out.append("/>");
        });
    out.append("</BookmarkList></w:Bookmark>");
  }

  private void fault(WsManBody.Fault fault) {
    out.append("<s:Fault><s:Code><s:Value>")
        .append(fault.bySender() ? "s:Sender" : "s:Receiver")
        .append("</s:Value>");
    fault
        .subcode()
        .ifPresent(
            subcode -> {
              checkName(subcode.name());
              checkNamespace(subcode.namespace());
              String prefix = prefix(subcode.namespace());
              out.append("<s:Subcode><s:Value");
              if (prefix.equals("c")) {
                attribute("xmlns:c", subcode.namespace());
              }
              out.append('>').append(prefix).append(':').append(subcode.name());
              out.append("</s:Value></s:Subcode>");
            });
    out.append("</s:Code><s:Reason><s:Text");
    attribute("xml:lang", header.language().orElse("en-US"));
    out.append('>');
    XmlText.appendContent(out, fault.reason());
    out.append("</s:Text></s:Reason><s:Detail>");
    element("w:FaultDetail", "", fault.detail());
    out.append("<f:WSManFault");
    attribute("xmlns:f", Names.FAULT);
    fault.code().ifPresent(code -> attribute("Code", Long.toString(code)));
    fault.machine().ifPresent(machine -> attribute("Machine", machine));
    out.append('>');
    element("f:Message", "", fault.message());
    out.append("</f:WSManFault>");
    fault.wmiError().ifPresent(error -> instance(Names.WMI_ERROR, error));
    out.append("</s:Detail></s:Fault>");
  }

  /** The envelope's own prefixes if it has one, for some clients know of no others in a text. */
  private String prefix(String namespace) {
    if (namespace.equals(header.addressing().uri())) {
      return "a";
    }
    return namespace.equals(Names.ENUMERATION) ? "n" : namespace.equals(Names.WSMAN) ? "w" : "c";
  }

  private void instance(String uri, CimInstance instance) {
    checkName(instance.className());
    open("p:" + instance.className(), uri);
    instance.properties().forEach(this::property);
    out.append("</p:").append(instance.className()).append('>');
  }

  /** With the name spaces that instances need, in the order in which Windows tells them. */
  private void open(String name, String uri) {
    checkNamespace(uri);
    classUri = uri;
    out.append('<').append(name);
    attribute("xmlns:xsi", Names.XSI);
    attribute("xmlns:p", uri);
    attribute("xmlns:cim", Names.CIM);
    if (!name.endsWith(Names.INPUT) && !name.endsWith(Names.OUTPUT)) {
      attribute("xsi:type", name + "_Type");
    }
    out.append('>');
  }

  private void property(CimProperty property) {
    checkName(property.name());
    if (property.value() instanceof CimValue.Array array) {
      array.values().forEach(value -> property(property.name(), value));
    } else {
      property(property.name(), property.value());
    }
  }

  private void property(String name, CimValue value) {
    out.append('<').append(prefix).append(':').append(name);
    if (value.isNil()) {
      out.append(" xsi:nil=\"true\"/>");
      return;
    }
    if (value instanceof CimValue.Reference reference) {
      attribute("xmlns:a", header.addressing().uri());
      attribute("xmlns:w", Names.WSMAN);
      out.append('>');
      reference(reference.reference());
    } else if (value instanceof CimValue.Embedded embedded) {
      embedded(embedded.instance());
    } else if (value instanceof CimValue.Time time) {
      out.append('>');
      boolean interval = time.time() instanceof CimDateTime.Interval;
      element(interval ? "cim:Interval" : "cim:Datetime", "", time.time().xmlText());
    } else {
      out.append('>');
      // XML Schema has true and false in lower case only.
      String text = value.text();
      boolean bool = value instanceof CimValue.Bool;
      XmlText.appendContent(out, bool ? (value == CimValue.Bool.TRUE ? "true" : "false") : text);
    }
    out.append("</").append(prefix).append(':').append(name).append('>');
  }

  /** An instance within another one has the name space of its own class. */
  private void embedded(CimInstance instance) {
    checkName(instance.className());
    String outerUri = classUri;
    String outerPrefix = prefix;
    prefix = prefix + "1";
    classUri = outerUri.substring(0, outerUri.lastIndexOf('/') + 1) + instance.className();
    attribute("xmlns:" + prefix, classUri);
    attribute("xsi:type", prefix + ":" + instance.className() + "_Type");
    out.append('>');
    instance.properties().forEach(this::property);
    prefix = outerPrefix;
    classUri = outerUri;
  }

  private void endpoint(CimReference reference) {
    out.append("<a:EndpointReference>");
    reference(reference);
    out.append("</a:EndpointReference>");
  }

  private void reference(CimReference reference) {
    element("a:Address", "", reference.address());
    out.append("<a:ReferenceParameters>");
    element("w:ResourceURI", "", reference.resourceUri());
    selectors(reference.keys());
    out.append("</a:ReferenceParameters>");
  }

  private void selectors(ImmutableMap<String, CimValue> selectors) {
    if (selectors.isEmpty()) {
      return;
    }
    out.append("<w:SelectorSet>");
    selectors.forEach(
        (name, value) -> {
          if (value instanceof CimValue.Reference inner) {
            out.append("<w:Selector");
            attribute("Name", name);
            out.append('>');
            endpoint(inner.reference());
            out.append("</w:Selector>");
          } else {
            named("w:Selector", name, value.text());
          }
        });
    out.append("</w:SelectorSet>");
  }

  private void named(String element, String name, String text) {
    out.append('<').append(element);
    attribute("Name", name);
    out.append('>');
    XmlText.appendContent(out, text);
    out.append("</").append(element).append('>');
  }

  private void element(String name, String attributes, Optional<String> text) {
    text.ifPresent(present -> element(name, attributes, present));
  }

  private void element(String name, String attributes, String text) {
    out.append('<').append(name).append(attributes).append('>');
    XmlText.appendContent(out, text);
    out.append("</").append(name).append('>');
  }

  private void number(String name, OptionalLong number) {
    number.ifPresent(value -> element(name, "", Long.toString(value)));
  }

  private void duration(String name, Optional<Duration> duration) {
    duration.ifPresent(value -> element(name, "", CimDateTime.of(value).xmlText()));
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"");
    XmlText.appendAttribute(out, value);
    out.append('"');
  }

  /** A prefix cannot stand for no name space. */
  private static void checkNamespace(String uri) {
    checkArgument(!uri.isEmpty(), "an empty name space (expected: a URI)");
  }

  /** Names become names of elements, which have no way to be escaped. */
  private static void checkName(String name) {
    boolean plain = !name.isEmpty() && !Character.isDigit(name.charAt(0));
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain &=
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    checkArgument(plain, "a name that no element can have (expected: letters, digits and _)");
  }
}
