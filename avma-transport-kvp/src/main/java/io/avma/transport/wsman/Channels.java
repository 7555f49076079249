package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated connections of one client: to one endpoint, by one login, and handed to one
 * call at a time. No other client ever gets one of them.
 */
final class Channels implements AutoCloseable {
  private final WsManEndpoint endpoint;
  private final WsManLogin login;
  private final WsManOptions options;
  private final @Nullable SSLSocketFactory tls;
  private final Semaphore permits;
  private final Deque<Channel> idle = new ArrayDeque<>();
  private final Set<OwnedConnection> open = new HashSet<>();
  private boolean closed;

  Channels(WsManEndpoint endpoint, WsManLogin login, WsManOptions options)
      throws TransportException {
    this.endpoint = endpoint;
    this.login = login;
    this.options = options;
    this.permits = new Semaphore(options.maxConnections(), true);
    try {
      this.tls = endpoint.tls() ? options.trust().context(login.keys()).getSocketFactory() : null;
    } catch (GeneralSecurityException e) {
      throw new TransportException(
          Reason.REFUSED, endpoint + ": the trusted certificates cannot be used", e);
    }
  }

  /**
   * A connection and what protects it.
   *
   * @param reused whether it has carried a call before, so that the peer may have closed it since
   */
  record Channel(OwnedConnection connection, Security security, boolean reused) {}

  /** One call's use of the client: at most one connection at a time. */
  final class Use implements CallThreads.Handle {
    private final String asked;
    private final Deadline deadline;
    private @Nullable OwnedConnection current;
    private boolean aborted;

    Use(String asked, Deadline deadline) {
      this.asked = asked;
      this.deadline = deadline;
    }

    /**
     * Sends an envelope and returns the answer in clear text.
     *
     * @param repeatable whether the host may carry the request out twice
     */
    HttpAnswer exchange(byte[] envelope, boolean repeatable) throws TransportException {
      acquire();
      try {
        Channel channel = take(true);
        try {
          return exchange(channel, envelope);
        } catch (ConnectionLostException e) {
          if (!channel.reused() || !(repeatable || e.nothingDone())) {
            throw channel.connection().failure("waiting for an answer", e);
          }
        }
        channel = take(false);
        try {
          return exchange(channel, envelope);
        } catch (ConnectionLostException e) {
          throw channel.connection().failure("waiting for an answer", e);
        }
      } finally {
        permits.release();
      }
    }

    private HttpAnswer exchange(Channel channel, byte[] envelope)
        throws TransportException, ConnectionLostException {
      boolean whole = false;
      try {
        Security.Sending sending = channel.security().seal(envelope);
        HttpAnswer answer =
            channel
                .connection()
                .post(sending.contentType(), sending.body(), channel.security().authorization());
        if (answer.status() == 401 && channel.reused()) {
          // The host has forgotten the login; what it refuses it has not carried out. But a status
          // stands outside of the seal: whoever is in between may have let the message through.
          throw new ConnectionLostException(
              !channel.security().seals(), new IOException("HTTP 401"));
        }
        HttpAnswer clear = channel.security().unseal(answer);
        whole = answer.status() != 401 && channel.connection().isUsable();
        return clear;
      } finally {
        giveBack(channel, whole);
      }
    }

    private void acquire() throws TransportException {
      try {
        if (!permits.tryAcquire(deadline.left(), TimeUnit.NANOSECONDS)) {
          throw deadline.passed(asked);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TransportException(Reason.INTERRUPTED, asked + ": interrupted", e);
      }
    }

    private Channel take(boolean mayReuse) throws TransportException {
      Channel waiting = mayReuse ? waiting() : null;
      if (waiting != null) {
        return waiting;
      }
      OwnedConnection connection = new OwnedConnection(endpoint, options);
      begin(connection);
      boolean done = false;
      try {
        Security security = login.security(endpoint, options);
        connection.open(tls, login.protocols());
        security.handshake(connection);
        done = true;
        return new Channel(connection, security, false);
      } catch (ConnectionLostException e) {
        throw connection.failure("authenticating", e);
      } finally {
        if (!done) {
          end(connection);
        }
      }
    }

    private @Nullable Channel waiting() throws TransportException {
      while (true) {
        Channel next;
        synchronized (Channels.this) {
          next = idle.pollLast();
        }
        if (next == null) {
          return null;
        }
        begin(next.connection());
        if (next.security().isFresh() && next.connection().isUsable()) {
          return new Channel(next.connection(), next.security(), true);
        }
        end(next.connection());
      }
    }

    private void begin(OwnedConnection connection) throws TransportException {
      synchronized (Channels.this) {
        open.add(connection);
        current = connection;
        if (closed || aborted) {
          end(connection);
          throw new TransportException(
              Reason.INTERRUPTED, asked + (closed ? ": client closed" : ": cancelled"));
        }
      }
    }

    private void end(OwnedConnection connection) {
      synchronized (Channels.this) {
        open.remove(connection);
        current = null;
      }
      connection.close();
    }

    private void giveBack(Channel channel, boolean whole) {
      synchronized (Channels.this) {
        current = null;
        if (whole && !closed && !aborted) {
          idle.addLast(channel);
          return;
        }
        open.remove(channel.connection());
      }
      channel.connection().close();
    }

    @Override
    public Deadline step() {
      synchronized (Channels.this) {
        return Optional.ofNullable(current)
            .flatMap(OwnedConnection::step)
            .orElseGet(() -> new Deadline(options.responseTimeout()));
      }
    }

    @Override
    public void abort() {
      OwnedConnection connection;
      synchronized (Channels.this) {
        aborted = true;
        connection = current;
      }
      if (connection != null) {
        connection.close();
      }
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    ImmutableList<OwnedConnection> all;
    synchronized (this) {
      closed = true;
      all = ImmutableList.copyOf(open);
      open.clear();
      idle.clear();
    }
    all.forEach(OwnedConnection::close);
  }
}
