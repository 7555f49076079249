package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Asks one endpoint by one login. Safe for any thread; at most {@link WsManOptions#maxConnections}
 * calls run at once, others wait.
 *
 * <p>What goes wrong is a {@link TransportException} that names the endpoint: a fault by its
 * meaning, with the code of Windows or WMI; {@code TOO_LARGE} beyond the envelope's limit, the
 * host's or ours; {@code TIMED_OUT} when a time is over, or the host has given an enumeration up;
 * {@code INTERRUPTED} when the calling thread is interrupted or the client closed; {@code REFUSED}
 * for a login that is not taken, a host that is not trusted, or a redirect, none of which is
 * followed. A request is repeated only if the host cannot have carried it out, or may carry it out
 * twice, and only on a connection that had been idle.
 */
@CheckReturnValue
public final class WsManClient implements AutoCloseable {
  /** The bytes of all answers whose items are kept; the VMs of the largest host have a third. */
  private static final long MOST_KEPT = 64L << 20;

  private static final String IDENTIFY = "identify";

  private final WsManEndpoint endpoint;
  private final WsManOptions options;
  private final Channels channels;

  private WsManClient(WsManEndpoint endpoint, WsManOptions options, Channels channels) {
    this.endpoint = endpoint;
    this.options = options;
    this.channels = channels;
  }

  /**
   * Returns a client; connects only when it asks.
   *
   * @throws TransportException {@code REFUSED} if the login would send a secret unprotected
   */
  public static WsManClient open(WsManEndpoint endpoint, WsManLogin login, WsManOptions options)
      throws TransportException {
    login.check(endpoint, options);
    return new WsManClient(endpoint, options, new Channels(endpoint, login, options));
  }

  /** Returns whom this client asks. */
  public WsManEndpoint endpoint() {
    return endpoint;
  }

  WsManOptions options() {
    return options;
  }

  /** Asks who answers. */
  public WsManBody.IdentifyResponse identify() throws TransportException {
    WsManHeader.Builder header = WsManHeader.request(endpoint.toString(), newId());
    return expect(
        WsManBody.IdentifyResponse.class, call(header, new WsManBody.Identify(), IDENTIFY, true));
  }

  /**
   * Returns all items of an enumeration.
   *
   * @throws TransportException also as {@code TOO_LARGE}, if its answers have more than 64 MiB
   */
  public ImmutableList<WsManItem> enumerate(WsManQuery query) throws TransportException {
    ImmutableList.Builder<WsManItem> items = ImmutableList.builder();
    enumerateKept(query, items::add);
    return items.build();
  }

  /** Hands the items over to one who keeps them: a host does not say how much that will be. */
  void enumerateKept(WsManQuery query, Consumer<? super WsManItem> sink) throws TransportException {
    new Enumeration(this, query, new Deadline(options.callTimeout()), MOST_KEPT).run(sink);
  }

  /**
   * Hands the items of an enumeration over as they come. If it fails, what was handed over stays
   * sound; if {@code sink} fails, the host is told that no more is wanted.
   */
  public void enumerate(WsManQuery query, Consumer<? super WsManItem> sink)
      throws TransportException {
    new Enumeration(this, query, new Deadline(options.callTimeout()), Long.MAX_VALUE).run(sink);
  }

  /** Returns the instance at {@code reference}, whose address does not count. */
  public CimInstance get(CimReference reference) throws TransportException {
    WsManHeader.Builder header =
        header(Names.TRANSFER + "/Get", reference.resourceUri()).instance(reference);
    return expect(
            WsManBody.GetResponse.class,
            call(header, new WsManBody.Get(), "Get of " + shown(reference.className()), true))
        .instance();
  }

  /**
   * Calls a method and returns what comes out, {@code ReturnValue} among it. Not repeated, but
   * where the host has refused the connection's login and messages are not sealed.
   *
   * @param target the instance; its address does not count
   */
  public CimInstance invoke(CimReference target, String method, List<CimProperty> parameters)
      throws TransportException {
    WsManBody.Invoke invoke =
        new WsManBody.Invoke(target.resourceUri(), method, ImmutableList.copyOf(parameters));
    WsManHeader.Builder header = header(invoke.action(), target.resourceUri()).instance(target);
    return expect(
            WsManBody.InvokeResponse.class, call(header, invoke, "call of " + shown(method), false))
        .results();
  }

  /**
   * Subscribes to event logs; events are pulled.
   *
   * @param queries of each log an XPath
   * @param bookmarks of each log the record behind which to begin; one that is not there begins
   *     with the log
   * @param heartbeat after how long without an event a pull returns all the same; less than {@link
   *     WsManOptions#responseTimeout}
   */
  public WsManSubscription subscribe(
      ImmutableMap<String, String> queries,
      ImmutableMap<String, Long> bookmarks,
      Duration heartbeat)
      throws TransportException {
    return WsManSubscription.begin(this, queries, bookmarks, heartbeat);
  }

  /** Ends calls in progress, which fail as {@code INTERRUPTED}, and all connections. */
  @Override
  public void close() {
    channels.close();
  }

  boolean isClosed() {
    return channels.isClosed();
  }

  /** The header of a request to a resource. */
  WsManHeader.Builder header(String action, String resourceUri) {
    return WsManHeader.request(endpoint.toString(), newId())
        .action(action)
        .resourceUri(resourceUri)
        .maxEnvelopeSize(options.maxEnvelopeBytes())
        // Less than our own patience: a fault that says so tells more than silence.
        .operationTimeout(options.responseTimeout().multipliedBy(4).dividedBy(5));
  }

  WsManBody call(WsManHeader.Builder header, WsManBody body, String what, boolean repeatable)
      throws TransportException {
    return call(header, body, what, repeatable, new Deadline(options.callTimeout()));
  }

  WsManBody call(
      WsManHeader.Builder builder,
      WsManBody body,
      String what,
      boolean repeatable,
      Deadline deadline)
      throws TransportException {
    return call(builder, body, what, repeatable, deadline, length -> {});
  }

  /** A call of which {@code received} is told how many bytes the answer has. */
  WsManBody call(
      WsManHeader.Builder builder,
      WsManBody body,
      String what,
      boolean repeatable,
      Deadline deadline,
      IntConsumer received)
      throws TransportException {
    return message(builder, body, what, repeatable, deadline, received).body();
  }

  /** A call that wants the answer's header as well. */
  WsManMessage message(
      WsManHeader.Builder builder,
      WsManBody body,
      String what,
      boolean repeatable,
      Deadline deadline,
      IntConsumer received)
      throws TransportException {
    if (channels.isClosed()) {
      throw new IllegalStateException(endpoint + ": client is closed");
    }
    WsManHeader header = builder.build();
    String asked = endpoint + ": " + what;
    byte[] envelope = encoded(new WsManMessage(header, body), asked);
    Channels.Use use = channels.new Use(asked, deadline);
    HttpAnswer answer;
    try {
      answer = CallThreads.call(() -> use.exchange(envelope, repeatable), deadline, use, asked);
    } catch (TransportException e) {
      if (channels.isClosed()) {
        throw new TransportException(Reason.INTERRUPTED, asked + ": client closed", e);
      }
      throw e;
    }
    received.accept(answer.body().length);
    return message(answer, header.messageId().orElse(""), asked);
  }

  private static byte[] encoded(WsManMessage message, String asked) throws TransportException {
    try {
      return WsManCodec.encode(message);
    } catch (IllegalArgumentException e) {
      throw new TransportException(Reason.INVALID, asked + ": " + e.getMessage());
    }
  }

  private WsManMessage message(HttpAnswer answer, String messageId, String asked)
      throws TransportException {
    boolean plausible = answer.status() == 200 || answer.status() == 400 || answer.status() == 500;
    if (!plausible || !answer.isEnvelope()) {
      throw HttpFailures.of(endpoint, answer);
    }
    if (answer.body().length > options.maxEnvelopeBytes()) {
      throw new TransportException(
          Reason.TOO_LARGE,
          asked
              + ": answer has "
              + answer.body().length
              + " bytes (limit: "
              + options.maxEnvelopeBytes()
              + "; ask for less, or raise maxEnvelopeBytes)");
    }
    WsManMessage message = decoded(answer.body(), asked);
    if (message.body() instanceof WsManBody.Fault fault) {
      throw Faults.exception(fault, asked);
    }
    if (!message
        .header()
        .relatesTo()
        .map(id -> id.strip().equalsIgnoreCase(messageId))
        .orElse(true)) {
      throw damaged("answer", asked + ": answer to another request", endpoint);
    }
    if (answer.status() != 200) {
      throw damaged("answer", asked + ": HTTP " + answer.status() + " with no fault", endpoint);
    }
    return message;
  }

  private WsManMessage decoded(byte[] body, String asked) throws TransportException {
    try {
      return WsManCodec.decode(body, options.limits());
    } catch (TransportException e) {
      Flaw flaw =
          e.flaw().orElse(new Flaw("malformed", Flaw.Effect.LOST, Position.in("message"), ""));
      throw TransportException.damaged(
          new Flaw(
              flaw.code(),
              flaw.effect(),
              flaw.position(),
              asked + ": the answer cannot be read: " + flaw.message()));
    }
  }

  /** Wants an answer of that kind. */
  <T extends WsManBody> T expect(Class<T> kind, WsManBody body) throws TransportException {
    if (!kind.isInstance(body)) {
      throw damaged(
          "answer",
          endpoint
              + ": answer is "
              + body.getClass().getSimpleName()
              + " (expected: "
              + kind.getSimpleName()
              + ")",
          endpoint);
    }
    return kind.cast(body);
  }

  static TransportException damaged(String code, String what, WsManEndpoint endpoint) {
    return TransportException.damaged(
        new Flaw(code, Flaw.Effect.LOST, Position.in(endpoint.toString()), what));
  }

  static String shown(String name) {
    return ForeignText.escape(name, 100);
  }

  private static String newId() {
    return "uuid:" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
  }

  /** Returns the endpoint. */
  @Override
  public String toString() {
    return "WsManClient[" + endpoint + "]";
  }
}
