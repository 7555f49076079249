package io.avma.transport.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * As much of WMI as {@link WsManHost} asks for: instances by class, equality in WQL, selectors,
 * pages, and the limit of an envelope.
 */
final class ScriptedHyperv implements ScriptedPeer.Script {
  private static final Pattern FROM = Pattern.compile("FROM (\\w+)");
  private static final Pattern CONDITION =
      Pattern.compile("(\\w+)(>=|=|<)(?:'((?:[^'\\\\]|\\\\.)*)'|(\\d+))");

  private static final Pattern ANY = Pattern.compile("\\(([^()']*)\\)");

  final Map<String, List<CimInstance>> classes = new HashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final Map<String, WsManBody> faults = new HashMap<>();

  /** Faults of Gets, by the value of one of their selectors. */
  final Map<String, WsManBody> getFaults = new HashMap<>();

  /** What becomes of an envelope on its way. */
  UnaryOperator<String> wire = UnaryOperator.identity();

  BiFunction<WsManBody.Invoke, WsManHeader, CimInstance> methods = (call, header) -> null;
  int envelope = 512_000;

  /** How many items were given. */
  int handed;

  private final Map<String, List<CimInstance>> contexts = new HashMap<>();
  private int number;

  void add(CimInstance instance) {
    classes.computeIfAbsent(instance.className(), name -> new ArrayList<>()).add(instance);
  }

  static CimInstance instance(String className, Object... properties) {
    ImmutableList.Builder<CimProperty> all = ImmutableList.builder();
    for (int i = 0; i < properties.length; i += 2) {
      Object value = properties[i + 1];
      all.add(
          CimProperty.of(
              (String) properties[i],
              value instanceof CimValue cim
                  ? cim
                  : value instanceof Number whole
                      ? CimValue.of(CimType.SINT64, whole.longValue())
                      : value instanceof List<?> list
                          ? CimValue.of(list.stream().map(e -> CimValue.of((String) e)).toList())
                          : CimValue.of((String) value)));
    }
    return new CimInstance(className, all.build());
  }

  @Override
  public synchronized boolean answer(ScriptedPeer.Request request, OutputStream out)
      throws Exception {
    WsManMessage message = WsManCodec.decode(request.body(), WsManLimits.STANDARD);
    WsManBody body = answer(message);
    if (ScriptedPeer.envelope("", body).length > envelope) {
      body = fault(FaultSubcode.wsman("EncodingLimit"));
    }
    boolean fault = body instanceof WsManBody.Fault;
    String text = new String(ScriptedPeer.envelope(request.messageId(), body), UTF_8);
    ScriptedPeer.http(
        out, fault ? 500 : 200, SealedPart.ENVELOPE_UTF_8, wire.apply(text).getBytes(UTF_8));
    return true;
  }

  private WsManBody answer(WsManMessage message) throws Exception {
    WsManBody body = message.body();
    if (body instanceof WsManBody.Enumerate enumerate) {
      String query = enumerate.filter().orElseThrow().text();
      asked.add(query);
      Matcher from = FROM.matcher(query);
      if (!from.find()) {
        throw new AssertionError(query);
      }
      if (faults.containsKey(from.group(1))) {
        return faults.get(from.group(1));
      }
      List<CimInstance> found = new ArrayList<>();
      for (CimInstance each : classes.getOrDefault(from.group(1), List.of())) {
        if (matches(each, query)) {
          found.add(projected(each, query));
        }
      }
      return page(found, (int) enumerate.maxElements().orElse(1), true);
    }
    if (body instanceof WsManBody.Pull pull) {
      asked.add("pull");
      return page(contexts.remove(pull.context()), (int) pull.maxElements().orElse(1), false);
    }
    if (body instanceof WsManBody.Get) {
      asked.add("get " + message.header().resourceUri().orElseThrow());
      String className =
          new CimReference(
                  "", message.header().resourceUri().orElseThrow(), message.header().selectors())
              .className();
      for (CimValue key : message.header().selectors().values()) {
        if (className.equals(Hyperv.EXCHANGE) && getFaults.containsKey(key.text())) {
          return getFaults.get(key.text());
        }
      }
      for (CimInstance each : classes.getOrDefault(className, List.of())) {
        if (message.header().selectors().entrySet().stream()
            .allMatch(
                key ->
                    each.value(key.getKey()).isNil()
                        || each.value(key.getKey())
                            .text()
                            .equalsIgnoreCase(key.getValue().text()))) {
          return new WsManBody.GetResponse(message.header().resourceUri().orElseThrow(), each);
        }
      }
      return fault(FaultSubcode.addressing("DestinationUnreachable"));
    }
    if (body instanceof WsManBody.Invoke invoke) {
      asked.add(invoke.method());
      return new WsManBody.InvokeResponse(
          invoke.resourceUri(), invoke.method(), methods.apply(invoke, message.header()));
    }
    return new WsManBody.ReleaseResponse();
  }

  private WsManBody page(List<CimInstance> rest, int max, boolean first) {
    ImmutableList.Builder<WsManItem> items = ImmutableList.builder();
    int count = 0;
    int length = 2000;
    for (CimInstance each : rest) {
      WsManItem item =
          new WsManItem.Instance(
              CimReference.WMI + "x/" + each.className(), each, Optional.empty());
      length += 200;
      for (CimProperty property : each.properties()) {
        length += property.toString().length();
        length +=
            property.value() instanceof CimValue.Array array
                ? array.values().stream().mapToInt(value -> value.text().length() * 2).sum()
                : property.value().text().length();
      }
      if (count > 0 && (count >= max || length > envelope)) {
        break;
      }
      items.add(item);
      handed++;
      count++;
    }
    boolean end = count == rest.size();
    String context = "c" + number++;
    if (!end) {
      contexts.put(context, new ArrayList<>(rest.subList(count, rest.size())));
    }
    Optional<String> next = end ? Optional.empty() : Optional.of(context);
    return first
        ? new WsManBody.EnumerateResponse(Optional.empty(), next, items.build(), end)
        : new WsManBody.PullResponse(next, items.build(), end);
  }

  private static boolean matches(CimInstance each, String query) {
    int where = query.indexOf(" WHERE ");
    if (where < 0) {
      return true;
    }
    Matcher any = ANY.matcher(query.substring(where));
    String rest = any.replaceAll("");
    any.reset();
    while (any.find()) {
      if (Stream.of(any.group(1).split(" OR ", -1))
          .noneMatch(one -> matches(each, " WHERE " + one))) {
        return false;
      }
    }
    Matcher matcher = CONDITION.matcher(rest);
    while (matcher.find()) {
      String value = each.value(matcher.group(1)).text();
      int order =
          matcher.group(4) == null
              ? 0
              : Long.compare(Long.parseLong(value), Long.parseLong(matcher.group(4)));
      boolean matches =
          matcher.group(4) != null
              ? switch (matcher.group(2)) {
                case ">=" -> order >= 0;
                case "<" -> order < 0;
                default -> order == 0;
              }
              : value.equalsIgnoreCase(matcher.group(3).replace("\\\\", "\\").replace("\\'", "'"));
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  private static CimInstance projected(CimInstance each, String query) {
    String wanted = query.substring("SELECT ".length(), query.indexOf(" FROM "));
    if (wanted.equals("*")) {
      return each;
    }
    List<String> names = List.of(wanted.split(",", -1));
    return new CimInstance(
        each.className(),
        each.properties().stream()
            .filter(property -> names.contains(property.name()))
            .collect(ImmutableList.toImmutableList()));
  }

  static WsManBody.Fault fault(FaultSubcode kind) {
    return new WsManBody.Fault(
        true,
        Optional.of(kind),
        "so",
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
