package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.SimulatedDatacenter;
import java.io.IOException;
import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A simulated data centre behind WS-Management, as Windows hosts speak it: each host has an
 * endpoint of its own.
 *
 * <p>It is as strict as a host is by default: messages over HTTP have to be sealed by Kerberos, and
 * passwords come over TLS, unless {@link WsManServerBuilder} is told otherwise. It is made for
 * tests and listens on the loopback interface unless told otherwise.
 *
 * <p>Needs Jetty's {@code jetty-server} on the class or module path. Safe for any thread.
 */
@CheckReturnValue
public final class WsManServer implements AutoCloseable {
  private final SimulationLoop loop;
  private final Listeners listeners;
  private final String user;
  private final char[] password;

  WsManServer(SimulationLoop loop, Listeners listeners, String user, char[] password) {
    this.loop = loop;
    this.listeners = listeners;
    this.user = user;
    this.password = password;
  }

  /**
   * Begins a server of the data centre that {@code opened} gives; it is called once, on the thread
   * that is to own the data centre, for example {@code datacenter.snapshot()::open}. The server
   * closes it.
   */
  public static WsManServerBuilder builder(Supplier<SimulatedDatacenter> opened) {
    return new WsManServerBuilder(opened);
  }

  /**
   * Where a host answers.
   *
   * @param host its name
   * @param uri for example {@code http://127.0.0.1:40321/wsman}
   */
  public record Endpoint(String host, URI uri) {}

  /** Returns where the hosts answer, in the data centre's order. */
  public ImmutableList<Endpoint> endpoints() {
    return listeners.endpoints();
  }

  /** Returns the user who may log in with {@link #password()}. */
  public String user() {
    return user;
  }

  /** Returns a copy of that user's password: the one that was given, or one made by chance. */
  public char[] password() {
    return password.clone();
  }

  /**
   * Does something with the data centre between two requests, and returns what comes of it; what it
   * throws is thrown here.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the server is closed or too busy
   * @throws IllegalStateException if called from within such a call, which would wait for itself
   */
  public <T> T call(Function<SimulatedDatacenter, T> work) {
    return loop.call(stage -> work.apply(stage.datacenter()));
  }

  /** Returns how many connections all hosts have together. */
  int connections() {
    return listeners.connections();
  }

  /** Returns how many connections owe a request or wait for an answer. */
  int exchanging() {
    return listeners.exchanging();
  }

  /** Closes what has taken too long, as happens now and then by itself. */
  void sweep() {
    listeners.sweep();
  }

  /** Returns how many pulls wait for events. */
  int heldPulls() {
    return loop.call(stage -> stage.service().heldPulls());
  }

  /** Stops listening, closes every connection and then the data centre. */
  @Override
  public void close() throws IOException {
    loop.checkOutside("close");
    try {
      listeners.close();
    } finally {
      loop.close();
    }
  }

  /** Returns how many hosts there are; no secret. */
  @Override
  public String toString() {
    return "WsManServer[" + listeners.endpoints().size() + " hosts]";
  }
}
