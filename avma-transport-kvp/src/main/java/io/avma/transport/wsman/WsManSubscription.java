package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A subscription to event logs of a host. One thread at a time. */
@CheckReturnValue
public final class WsManSubscription implements AutoCloseable {
  /** The one resource that has subscriptions; documented ([MS-WSMV] 3.1.4.6). */
  static final String EVENT_LOG = "http://schemas.microsoft.com/wbem/wsman/1/windows/EventLog";

  private static final String WHAT = "subscription";

  private final WsManClient client;
  private final Duration heartbeat;
  private @Nullable String context;
  private ImmutableMap<String, Long> bookmarks;

  private WsManSubscription(
      WsManClient client,
      Duration heartbeat,
      String context,
      ImmutableMap<String, Long> bookmarks) {
    this.client = client;
    this.heartbeat = heartbeat;
    this.context = context;
    this.bookmarks = bookmarks;
  }

  /** Whoever hangs up before the heartbeat never hears that there was nothing. */
  static void check(WsManClient client, Duration heartbeat) {
    checkArgument(
        heartbeat.compareTo(Duration.ofMillis(1)) >= 0
            && heartbeat.compareTo(client.options().responseTimeout()) < 0,
        "heartbeat is %s (expected: less than the client's responseTimeout, %s)",
        heartbeat,
        client.options().responseTimeout());
  }

  static WsManSubscription begin(
      WsManClient client,
      ImmutableMap<String, String> queries,
      ImmutableMap<String, Long> bookmarks,
      Duration heartbeat)
      throws TransportException {
    check(client, heartbeat);
    WsManBody.Subscribe subscribe =
        new WsManBody.Subscribe(Optional.of(heartbeat), Optional.empty(), queries, bookmarks, true);
    WsManBody answer =
        client.call(
            client
                .header(Names.EVENTING + "/Subscribe", EVENT_LOG)
                .option("ReadExistingEvents", "TRUE")
                .option("ContentFormat", "RenderedText")
                .option("CDATA", "TRUE"),
            subscribe,
            WHAT,
            false);
    String context =
        client
            .expect(WsManBody.SubscribeResponse.class, answer)
            .context()
            .orElseThrow(
                () ->
                    WsManClient.damaged(
                        "answer",
                        client.endpoint() + ": subscription without a context to pull",
                        client.endpoint()));
    return new WsManSubscription(client, heartbeat, context, bookmarks);
  }

  /**
   * Returns the next events as XML, oldest first; none if none came before the heartbeat.
   *
   * @param max how many at most, 1 or more
   * @throws IllegalStateException if it is closed, or the host has ended it
   */
  public ImmutableList<String> pull(int max) throws TransportException {
    String current = context;
    if (current == null) {
      throw new IllegalStateException(client.endpoint() + ": subscription has ended");
    }
    WsManBody.PullResponse answer;
    try {
      WsManMessage message =
          client.message(
              client.header(Names.ENUMERATION + "/Pull", EVENT_LOG).operationTimeout(heartbeat),
              new WsManBody.Pull(
                  current, Optional.empty(), OptionalLong.of(max), OptionalLong.empty()),
              WHAT,
              false,
              new Deadline(client.options().callTimeout()),
              length -> {});
      answer = client.expect(WsManBody.PullResponse.class, message.body());
      Map<String, Long> newest = new LinkedHashMap<>(bookmarks);
      newest.putAll(message.header().bookmarks());
      bookmarks = ImmutableMap.copyOf(newest);
    } catch (TransportException e) {
      // By a fault of this kind a host says that nothing came in time; the context stays.
      if (e.reason() == Reason.TIMED_OUT && e.code().orElse(0) == NOTHING_CAME) {
        return ImmutableList.of();
      }
      throw e;
    }
    context = answer.endOfSequence() ? null : answer.context().orElse(current);
    ImmutableList.Builder<String> events = ImmutableList.builder();
    for (WsManItem item : answer.items()) {
      if (item instanceof WsManItem.Event event) {
        events.add(event.xml());
      }
    }
    return events.build();
  }

  /** ERROR_WSMAN_OPERATION_TIMEDOUT; documented. */
  private static final long NOTHING_CAME = 0x80338029L;

  /**
   * Returns where the last pull has ended, to subscribe anew behind it when the connection or the
   * host is lost; as far as the host tells it, else where this subscription began.
   */
  public ImmutableMap<String, Long> bookmarks() {
    return bookmarks;
  }

  /** Returns whether there is nothing more to pull. */
  public boolean hasEnded() {
    return context == null;
  }

  /** Tells the host that no more is wanted. Does nothing the second time. */
  @Override
  public void close() {
    String left = context;
    context = null;
    if (left == null || client.isClosed()) {
      return;
    }
    try {
      WsManBody ignored =
          client.call(
              client.header(Names.ENUMERATION + "/Release", EVENT_LOG),
              new WsManBody.Release(left),
              WHAT,
              true);
    } catch (TransportException | IllegalStateException e) {
      // The host ends it by itself when nobody pulls.
    }
  }
}
