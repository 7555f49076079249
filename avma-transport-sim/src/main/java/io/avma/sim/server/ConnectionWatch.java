package io.avma.sim.server;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * The connections of one endpoint: how many there are, and how long each takes over a request. A
 * client that sends a byte now and then is never idle, but a request has to end all the same.
 *
 * <p>A host that is down cuts every connection at once, without a byte: it keeps its port, which
 * another process could take meanwhile. One that hangs takes connections and says nothing.
 */
final class ConnectionWatch implements Connection.Listener {
  /** Whether the host can be heard. */
  enum Presence {
    THERE,
    SILENT,
    GONE
  }

  private static final class State {
    /** When the exchange began that is not over, in nanoseconds. */
    long since;

    boolean exchanging = true; // a new connection owes a request
    boolean loggedIn;
    long bytesBetween;
  }

  private final Ticker ticker;
  private final int most;
  private final long longestNanos;
  private final Map<Connection, State> open = new HashMap<>();
  private volatile Presence presence = Presence.THERE;

  ConnectionWatch(ServerLimits limits, Ticker ticker) {
    this.ticker = ticker;
    this.most = limits.maxConnections();
    this.longestNanos = limits.requestTimeout().toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection && presence != Presence.GONE) {
      return; // what it carries is told of on its own
    }
    Connection victim = null;
    synchronized (this) {
      if (presence == Presence.GONE) {
        victim = connection;
      } else if (open.size() >= most) {
        victim = stranger(connection);
      }
      if (victim != connection) {
        State state = new State();
        state.since = ticker.read();
        open.put(connection, state);
        open.remove(victim);
      }
    }
    if (victim != null) {
      close(victim, "too many connections, or the host is down");
    }
  }

  /** Notes how the host is; what was asked of one that went down or hung is never answered. */
  void becomes(Presence now) {
    List<Connection> lost = new ArrayList<>();
    synchronized (this) {
      if (now == presence) {
        return;
      }
      presence = now;
      if (now != Presence.SILENT) {
        lost.addAll(open.keySet());
      }
    }
    lost.forEach(connection -> close(connection, "the host went down"));
  }

  boolean isSilent() {
    return presence == Presence.SILENT;
  }

  /** Notes that the answer on a connection may take so much longer. */
  synchronized void holds(Connection connection, Duration time) {
    State state = open.get(connection);
    if (state != null) {
      state.exchanging = true;
      state.since = ticker.read() + time.toNanos();
    }
  }

  /** The oldest whose caller has not logged in; without one, the newcomer. */
  private Connection stranger(Connection newcomer) {
    return open.entrySet().stream()
        .filter(entry -> !entry.getValue().loggedIn)
        .min(Comparator.comparingLong(entry -> entry.getValue().since))
        .map(Map.Entry::getKey)
        .orElse(newcomer);
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    open.remove(connection);
  }

  /** Notes that the caller on a connection is one who may ask. */
  synchronized void admitted(Connection connection) {
    State state = open.get(connection);
    if (state != null) {
      state.loggedIn = true;
    }
  }

  /** Notes that a request was answered in full. */
  synchronized void answered(Connection connection) {
    State state = open.get(connection);
    if (state != null) {
      state.exchanging = false;
      state.bytesBetween = connection.getBytesIn();
    }
  }

  /** Closes what has taken too long; called now and then. */
  void sweep() {
    if (isSilent()) {
      return; // for that, too, would be a sign of life
    }
    long now = ticker.read();
    List<Connection> late = new ArrayList<>();
    synchronized (this) {
      for (Map.Entry<Connection, State> entry : open.entrySet()) {
        State state = entry.getValue();
        if (!state.exchanging && entry.getKey().getBytesIn() != state.bytesBetween) {
          state.exchanging = true;
          state.since = now;
        } else if (state.exchanging && now - state.since > longestNanos) {
          late.add(entry.getKey());
        }
      }
    }
    for (Connection connection : late) {
      close(connection, "request takes too long");
    }
  }

  /** Returns how many connections owe a request, or wait for an answer. */
  synchronized int exchanging() {
    return (int) open.values().stream().filter(state -> state.exchanging).count();
  }

  /** Returns how many connections there are. */
  synchronized int size() {
    return open.size();
  }

  private static void close(Connection connection, String why) {
    connection.getEndPoint().close(new TimeoutException(why));
  }
}
