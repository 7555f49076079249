package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimValue;
import java.util.Optional;

/** What a message is when it comes back: the wire tells neither types nor arrays. */
final class AsRead {
  private AsRead() {}

  static WsManMessage message(WsManMessage message) {
    return new WsManMessage(message.header(), body(message.body()));
  }

  private static WsManBody body(WsManBody body) {
    if (body instanceof WsManBody.EnumerateResponse answer) {
      return new WsManBody.EnumerateResponse(
          answer.expires(), answer.context(), items(answer.items()), answer.endOfSequence());
    } else if (body instanceof WsManBody.PullResponse answer) {
      return new WsManBody.PullResponse(
          answer.context(), items(answer.items()), answer.endOfSequence());
    } else if (body instanceof WsManBody.GetResponse answer) {
      return new WsManBody.GetResponse(answer.resourceUri(), instance(answer.instance()));
    } else if (body instanceof WsManBody.Invoke invoke) {
      return new WsManBody.Invoke(
          invoke.resourceUri(), invoke.method(), properties(invoke.parameters()));
    } else if (body instanceof WsManBody.InvokeResponse answer) {
      return new WsManBody.InvokeResponse(
          answer.resourceUri(), answer.method(), instance(answer.results()));
    } else if (body instanceof WsManBody.Fault fault) {
      return new WsManBody.Fault(
          fault.bySender(),
          fault.subcode(),
          fault.reason(),
          fault.detail(),
          fault.code(),
          fault.machine(),
          fault.message(),
          fault.wmiError().map(AsRead::instance));
    }
    return body;
  }

  private static ImmutableList<WsManItem> items(ImmutableList<WsManItem> items) {
    return items.stream()
        .map(
            item ->
                item instanceof WsManItem.Instance instance
                    ? new WsManItem.Instance(
                        instance.resourceUri(), instance(instance.instance()), instance.reference())
                    : item)
        .collect(ImmutableList.toImmutableList());
  }

  private static CimInstance instance(CimInstance instance) {
    return new CimInstance(instance.className(), properties(instance.properties()));
  }

  private static ImmutableList<CimProperty> properties(ImmutableList<CimProperty> properties) {
    return properties.stream()
        .flatMap(
            property ->
                value(property.value())
                    .map(value -> CimProperty.of(property.name(), value))
                    .stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** An array of none is nothing, an array of one the one. */
  private static Optional<CimValue> value(CimValue value) {
    if (value instanceof CimValue.Array array) {
      ImmutableList<CimValue> all =
          array.values().stream().map(AsRead::scalar).collect(ImmutableList.toImmutableList());
      return all.size() > 1 ? Optional.of(CimValue.of(all)) : all.stream().findFirst();
    }
    return Optional.of(scalar(value));
  }

  private static CimValue scalar(CimValue value) {
    if (value instanceof CimValue.Embedded embedded) {
      CimInstance inner = instance(embedded.instance());
      return inner.properties().isEmpty() ? CimValue.of("") : new CimValue.Embedded(inner);
    } else if (value instanceof CimValue.Bool bool) {
      return CimValue.of(bool == CimValue.Bool.TRUE ? "true" : "false");
    } else if (value.isNil()
        || value instanceof CimValue.Time
        || value instanceof CimValue.Reference) {
      return value;
    }
    return CimValue.of(value.text());
  }
}
