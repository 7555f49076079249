package io.avma.transport.wsman;

import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One enumeration from its beginning to its end, within one deadline. */
final class Enumeration {
  /** A host that waits for items answers without one now and then; endlessly none is a defect. */
  private static final int MAX_EMPTY = 16;

  private final WsManClient client;
  private final WsManQuery query;
  private final Deadline deadline;
  private final String what;
  private final OptionalLong maxElements;
  private @Nullable String context;
  private final long maxBytes;
  private long bytes;
  private long items;
  private int empty;

  Enumeration(WsManClient client, WsManQuery query, Deadline deadline, long maxBytes) {
    this.client = client;
    this.query = query;
    this.deadline = deadline;
    this.maxBytes = maxBytes;
    this.maxElements = OptionalLong.of(query.maxElements().orElse(client.options().maxElements()));
    String uri = query.resourceUri();
    this.what =
        "enumeration of "
            + WsManClient.shown(
                query.query().map(Wql::toString).orElse(uri.substring(uri.lastIndexOf('/') + 1)));
  }

  void run(Consumer<? super WsManItem> sink) throws TransportException {
    boolean done = false;
    try {
      WsManBody.EnumerateResponse first = begin();
      context = first.context().orElse(null);
      hand(first.items(), first.endOfSequence(), sink);
      while (context != null) {
        WsManBody.PullResponse next = pull(context);
        // The newest context counts; a host that names none goes on with the old one.
        String old = context;
        context = next.endOfSequence() ? null : next.context().orElse(old);
        hand(next.items(), next.endOfSequence(), sink);
      }
      done = true;
    } finally {
      if (!done) {
        release();
      }
    }
  }

  private WsManBody.EnumerateResponse begin() throws TransportException {
    WsManBody.Enumerate enumerate =
        new WsManBody.Enumerate(
            query.query().map(WsManFilter::of), true, maxElements, query.mode(), Optional.empty());
    WsManBody answer =
        client.call(
            client.header(Names.ENUMERATION + "/Enumerate", query.resourceUri()),
            enumerate,
            what,
            true,
            deadline,
            this::received);
    return client.expect(WsManBody.EnumerateResponse.class, answer);
  }

  private WsManBody.PullResponse pull(String current) throws TransportException {
    WsManBody.Pull pull =
        new WsManBody.Pull(current, Optional.empty(), maxElements, OptionalLong.empty());
    WsManBody answer =
        client.call(
            client.header(Names.ENUMERATION + "/Pull", query.resourceUri()),
            pull,
            what,
            false,
            deadline,
            this::received);
    return client.expect(WsManBody.PullResponse.class, answer);
  }

  private void received(int length) {
    bytes += length;
  }

  private void hand(List<WsManItem> batch, boolean end, Consumer<? super WsManItem> sink)
      throws TransportException {
    if (end) {
      context = null;
    }
    items += batch.size();
    if (items > client.options().maxItems()) {
      throw new TransportException(
          Reason.TOO_LARGE,
          client.endpoint()
              + ": "
              + what
              + " has more than "
              + client.options().maxItems()
              + " items (narrow it, or raise maxItems)");
    }
    if (bytes > maxBytes) {
      throw new TransportException(
          Reason.TOO_LARGE,
          client.endpoint()
              + ": "
              + what
              + " has more than "
              + maxBytes
              + " bytes in all (narrow it, or take its items as they come)");
    }
    empty = batch.isEmpty() ? empty + 1 : 0;
    if (empty > MAX_EMPTY && !end) {
      throw WsManClient.damaged(
          "answer",
          client.endpoint() + ": " + what + " goes on without an item or an end",
          client.endpoint());
    }
    batch.forEach(sink);
  }

  /** Tells the host that no more is wanted; it would find out by itself, only later. */
  private void release() {
    String left = context;
    if (left == null || client.isClosed() || Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      WsManBody ignored =
          client.call(
              client.header(Names.ENUMERATION + "/Release", query.resourceUri()),
              new WsManBody.Release(left),
              what,
              true,
              deadline);
    } catch (TransportException | IllegalStateException e) {
      // What made it end early is what the caller has to hear of.
    }
  }
}
