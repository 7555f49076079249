package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads one message: the mirror of {@link MessageWriter}. */
final class MessageReader {
  private final EnvelopeXml xml;
  private final ValueReader values;
  private WsManHeader header = WsManHeader.builder().build();

  MessageReader(byte[] message, WsManLimits limits) throws TransportException {
    this.xml = new EnvelopeXml(message, limits);
    this.values = new ValueReader(xml, limits);
  }

  /** The header alone, for an answer to a message whose body cannot be read. */
  WsManHeader headerOnly() throws TransportException {
    WsManHeader.Builder builder = envelope();
    if (xml.child() && xml.is(Names.SOAP, "Header")) {
      header(builder);
    }
    return builder.build();
  }

  WsManMessage message() throws TransportException {
    WsManHeader.Builder builder = envelope();
    header = builder.build();
    WsManBody body = null;
    while (xml.child()) {
      if (xml.is(Names.SOAP, "Header")) {
        header(builder);
        header = builder.build();
      } else if (xml.is(Names.SOAP, "Body") && body == null) {
        body = body();
      } else {
        throw xml.damaged("unexpected-element", "<" + xml.shownName() + "> in an Envelope");
      }
    }
    if (body == null) {
      throw xml.damaged("no-body", "an Envelope without a Body");
    }
    xml.end();
    return new WsManMessage(header, body);
  }

  /** Goes into the envelope, whose language belongs to the header. */
  private WsManHeader.Builder envelope() throws TransportException {
    xml.root();
    if (!xml.is(Names.SOAP, "Envelope")) {
      throw xml.damaged("no-envelope", "<" + xml.shownName() + "> (expected: a SOAP 1.2 Envelope)");
    }
    WsManHeader.Builder builder = WsManHeader.builder();
    String language = xml.attribute(Names.XML, "lang");
    if (language != null) {
      builder.language(language);
    }
    return builder;
  }

  private void header(WsManHeader.Builder builder) throws TransportException {
    while (xml.child()) {
      if (Addressing.isNamespace(xml.namespace())) {
        addressing(builder);
      } else if (xml.is(Names.WSMAN, "ResourceURI")) {
        builder.resourceUri(xml.text().strip());
      } else if (xml.is(Names.WSMAN, "SelectorSet")) {
        Map<String, CimValue> selectors = new LinkedHashMap<>();
        values.selectors(selectors);
        selectors.forEach(builder::selector);
      } else if (xml.is(Names.WSMAN, "MaxEnvelopeSize")) {
        builder.maxEnvelopeSize(number(CimType.UINT32));
      } else if (xml.is(Names.WSMAN, "OperationTimeout")) {
        builder.operationTimeout(duration());
      } else if (xml.is(Names.WSMAN, "OptionSet")) {
        options(builder);
      } else if (xml.is(Names.MICROSOFT, "OperationID")) {
        builder.operationId(xml.text().strip());
      } else if (xml.is(Names.EVENTING, "Identifier")) {
        builder.subscription(xml.text().strip());
      } else if (xml.is(Names.WSMAN, "Bookmark")) {
        new SubscriptionReader(xml).bookmarks().forEach(builder::bookmark);
      } else {
        unknown(builder);
      }
    }
  }

  private void addressing(WsManHeader.Builder builder) throws TransportException {
    if (xml.namespace().equals(Addressing.AUGUST_2005.uri())) {
      builder.addressing(Addressing.AUGUST_2005);
    }
    switch (xml.name()) {
      case "Action" -> builder.action(xml.text().strip());
      case "To" -> builder.to(xml.text().strip());
      case "MessageID" -> builder.messageId(xml.text().strip());
      case "RelatesTo" -> builder.relatesTo(xml.text().strip());
      case "ReplyTo" -> builder.replyTo(values.reference(xml.child()).address());
      case "FaultTo", "From" -> xml.skip();
      default -> unknown(builder);
    }
  }

  /** Headers of locale and session are understood, and change nothing here. */
  private void unknown(WsManHeader.Builder builder) throws TransportException {
    boolean known =
        xml.namespace().equals(Names.MICROSOFT)
            || xml.is(Names.WSMAN, "Locale")
            || xml.is(Names.WSMAN, "RequestEPR");
    if (!known && xml.isTrue(Names.SOAP, "mustUnderstand")) {
      builder.notUnderstood(ForeignText.escape("{" + xml.namespace() + "}" + xml.name(), 200));
    }
    xml.skip();
  }

  private void options(WsManHeader.Builder builder) throws TransportException {
    while (xml.child()) {
      String name = xml.attribute("", "Name");
      if (xml.is(Names.WSMAN, "Option") && name != null) {
        builder.option(name, xml.text());
      } else {
        xml.skip();
      }
    }
  }

  private WsManBody body() throws TransportException {
    if (!xml.child()) {
      return empty();
    }
    WsManBody body =
        switch (xml.namespace()) {
          case Names.SOAP ->
              xml.name().equals("Fault") ? new FaultReader(xml, values).fault() : null;
          case Names.IDENTITY -> identity();
          case Names.ENUMERATION -> enumeration();
          case Names.EVENTING -> eventing();
          default -> resource();
        };
    if (body == null) {
      // Some clients put a method's input into a name space of the protocol.
      body = resource();
    }
    if (xml.child()) {
      throw xml.damaged("unexpected-element", "<" + xml.shownName() + "> beside another body");
    }
    return body;
  }

  private WsManBody empty() throws TransportException {
    return switch (header.action().orElse("")) {
      case Names.TRANSFER + "/Get" -> new WsManBody.Get();
      case Names.ENUMERATION + "/ReleaseResponse" -> new WsManBody.ReleaseResponse();
      case Names.EVENTING + "/UnsubscribeResponse" -> new WsManBody.UnsubscribeResponse();
      case Names.END -> new WsManBody.End();
      case Names.END + "Response" -> new WsManBody.EndResponse();
      default ->
          throw xml.damaged(
              "unknown-action",
              "an empty body of action '"
                  + ForeignText.escape(header.action().orElse(""), 100)
                  + "'");
    };
  }

  private @Nullable WsManBody identity() throws TransportException {
    if (xml.name().equals("Identify")) {
      xml.skip();
      return new WsManBody.Identify();
    } else if (!xml.name().equals("IdentifyResponse")) {
      return null;
    }
    Map<String, String> told = new LinkedHashMap<>();
    while (xml.child()) {
      if (xml.namespace().equals(Names.IDENTITY) && xml.name().startsWith("Pro")) {
        told.putIfAbsent(xml.name(), xml.text());
      } else {
        xml.skip();
      }
    }
    return new WsManBody.IdentifyResponse(
        told.getOrDefault("ProtocolVersion", ""),
        told.getOrDefault("ProductVendor", ""),
        told.getOrDefault("ProductVersion", ""));
  }

  private @Nullable WsManBody enumeration() throws TransportException {
    return switch (xml.name()) {
      case "Enumerate" -> enumerate();
      case "EnumerateResponse", "PullResponse" -> items();
      case "Pull" -> pull();
      case "Release" -> new WsManBody.Release(releasedContext());
      case "ReleaseResponse" -> {
        xml.skip();
        yield new WsManBody.ReleaseResponse();
      }
      default -> null;
    };
  }

  private WsManBody enumerate() throws TransportException {
    Optional<WsManFilter> filter = Optional.empty();
    Optional<Duration> expires = Optional.empty();
    OptionalLong maxElements = OptionalLong.empty();
    WsManBody.EnumerationMode mode = WsManBody.EnumerationMode.OBJECT;
    boolean optimize = false;
    while (xml.child()) {
      if (xml.is(Names.WSMAN, "Filter") || xml.is(Names.ENUMERATION, "Filter")) {
        String dialect = xml.attribute("", "Dialect");
        filter = Optional.of(new WsManFilter(dialect == null ? "" : dialect, xml.text()));
      } else if (xml.is(Names.ENUMERATION, "Expires")) {
        expires = Optional.of(duration());
      } else if (xml.is(Names.WSMAN, "OptimizeEnumeration")) {
        xml.skip();
        optimize = true;
      } else if (xml.is(Names.WSMAN, "MaxElements")) {
        maxElements = OptionalLong.of(number(CimType.UINT32));
      } else if (xml.is(Names.WSMAN, "EnumerationMode")) {
        mode = mode(xml.text().strip());
      } else {
        xml.skip();
      }
    }
    return new WsManBody.Enumerate(filter, optimize, maxElements, mode, expires);
  }

  private WsManBody.EnumerationMode mode(String text) throws TransportException {
    return switch (text) {
      case "EnumerateEPR" -> WsManBody.EnumerationMode.EPR;
      case "EnumerateObjectAndEPR" -> WsManBody.EnumerationMode.OBJECT_AND_EPR;
      case "EnumerateObject" -> WsManBody.EnumerationMode.OBJECT;
      default ->
          throw xml.damaged(
              "wrong-type",
              "mode '" + ForeignText.escape(text, 40) + "' (expected: one of EnumerationMode)");
    };
  }

  private WsManBody items() throws TransportException {
    boolean first = xml.name().equals("EnumerateResponse");
    Optional<String> expires = Optional.empty();
    Optional<String> context = Optional.empty();
    ImmutableList.Builder<WsManItem> items = ImmutableList.builder();
    boolean end = false;
    while (xml.child()) {
      boolean ours =
          xml.namespace().equals(Names.ENUMERATION) || xml.namespace().equals(Names.WSMAN);
      if (ours && xml.name().equals("Items")) {
        while (xml.child()) {
          items.add(item());
        }
      } else if (ours && xml.name().equals("EndOfSequence")) {
        xml.skip();
        end = true;
      } else if (xml.is(Names.ENUMERATION, "EnumerationContext")) {
        String text = xml.text().strip();
        context = text.isEmpty() ? Optional.empty() : Optional.of(text);
      } else if (xml.is(Names.ENUMERATION, "Expires")) {
        expires = Optional.of(xml.text().strip());
      } else {
        xml.skip();
      }
    }
    return first
        ? new WsManBody.EnumerateResponse(expires, context, items.build(), end)
        : new WsManBody.PullResponse(context, items.build(), end);
  }

  private WsManItem item() throws TransportException {
    if (xml.isAddressing("EndpointReference")) {
      return new WsManItem.Epr(values.reference(xml.child()));
    }
    if (xml.is(Names.WSMAN, "Event")) {
      return new WsManItem.Event(new ForeignXml(xml).content());
    }
    if (!xml.is(Names.WSMAN, "Item")) {
      return instance(Optional.empty());
    }
    WsManItem.Instance instance = null;
    CimReference reference = null;
    while (xml.child()) {
      if (xml.isAddressing("EndpointReference")) {
        reference = values.reference(xml.child());
      } else {
        instance = instance(Optional.empty());
      }
    }
    if (instance == null) {
      throw xml.damaged("unexpected-element", "an item without an instance");
    }
    return new WsManItem.Instance(
        instance.resourceUri(), instance.instance(), Optional.ofNullable(reference));
  }

  private WsManItem.Instance instance(Optional<CimReference> reference) throws TransportException {
    String uri = xml.namespace();
    CimInstance instance = values.instance(xml.name());
    return new WsManItem.Instance(uri, instance, reference);
  }

  private WsManBody pull() throws TransportException {
    Optional<Duration> maxTime = Optional.empty();
    OptionalLong maxElements = OptionalLong.empty();
    OptionalLong maxCharacters = OptionalLong.empty();
    String context = "";
    while (xml.child()) {
      if (xml.is(Names.ENUMERATION, "EnumerationContext")) {
        context = xml.text().strip();
      } else if (xml.is(Names.ENUMERATION, "MaxTime")) {
        maxTime = Optional.of(duration());
      } else if (xml.is(Names.ENUMERATION, "MaxElements")) {
        maxElements = OptionalLong.of(number(CimType.UINT32));
      } else if (xml.is(Names.ENUMERATION, "MaxCharacters")) {
        maxCharacters = OptionalLong.of(number(CimType.UINT32));
      } else {
        xml.skip();
      }
    }
    return new WsManBody.Pull(required(context), maxTime, maxElements, maxCharacters);
  }

  private String releasedContext() throws TransportException {
    String context = "";
    while (xml.child()) {
      if (xml.is(Names.ENUMERATION, "EnumerationContext")) {
        context = xml.text().strip();
      } else {
        xml.skip();
      }
    }
    return required(context);
  }

  private String required(String context) throws TransportException {
    if (context.isEmpty()) {
      throw xml.damaged("no-context", "no EnumerationContext");
    }
    return context;
  }

  private @Nullable WsManBody eventing() throws TransportException {
    return switch (xml.name()) {
      case "Subscribe" -> new SubscriptionReader(xml).subscribe();
      case "SubscribeResponse" -> new SubscriptionReader(xml).response();
      case "Unsubscribe" -> {
        xml.skip();
        yield new WsManBody.Unsubscribe();
      }
      default -> null;
    };
  }

  /** A body of the resource's own: a method's input or output, or an instance. */
  private WsManBody resource() throws TransportException {
    String uri = xml.namespace();
    String name = xml.name();
    if (name.endsWith(Names.INPUT)) {
      String method = name.substring(0, name.length() - Names.INPUT.length());
      return new WsManBody.Invoke(uri, method, values.parameters());
    }
    if (name.endsWith(Names.OUTPUT)) {
      String method = name.substring(0, name.length() - Names.OUTPUT.length());
      return new WsManBody.InvokeResponse(uri, method, values.instance(name));
    }
    if (header.action().orElse("").equals(Names.TRANSFER + "/GetResponse")) {
      return new WsManBody.GetResponse(uri, values.instance(name));
    }
    throw xml.damaged(
        "unknown-action",
        "<"
            + xml.shownName()
            + "> for action '"
            + ForeignText.escape(header.action().orElse(""), 100)
            + "'");
  }

  private long number(CimType type) throws TransportException {
    String text = xml.text();
    CimValue value =
        type.parse(text)
            .orElseThrow(
                () ->
                    xml.damaged(
                        "wrong-type",
                        "'" + ForeignText.escape(text, 40) + "' (expected: " + type + ")"));
    return ((CimValue.Whole) value).bits();
  }

  private Duration duration() throws TransportException {
    return duration(xml);
  }

  static Duration duration(EnvelopeXml xml) throws TransportException {
    String text = xml.text().strip();
    if (text.startsWith("P")
        && CimDateTime.parse(text).orElse(null) instanceof CimDateTime.Interval interval) {
      return interval.duration();
    }
    throw xml.damaged(
        "wrong-type", "'" + ForeignText.escape(text, 40) + "' (expected: a duration, PT60S)");
  }
}
