package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import io.avma.transport.Capability;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A Hyper-V host, asked over WS-Management. Reading needs no right to write. Any thread.
 *
 * <p>A sweep asks each of four classes once for all VMs, in as few answers as the envelope allows.
 * An answer that is too long or cannot be read is asked for again in smaller ones, then VM by VM,
 * then list by list, so that one bloated VM is {@link VmReading.Unreadable} and says why, and all
 * others are read. Snapshots, planned VMs and the host itself are no VMs.
 *
 * <p>The event log is the Application log, where event 12310 is; other logs by a subscription. What
 * is written goes through a job of the host, whose end is waited for; when its time is over,
 * whether it was done is not known.
 */
@CheckReturnValue
public final class WsManHost implements HyperVHost {
  private static final ImmutableSet<Capability> CAPABILITIES =
      Sets.immutableEnumSet(
          Capability.WRITE_HOST_ITEMS, Capability.HOST_ONLY_ITEMS, Capability.CONCURRENT_CALLS);

  private final HostId id;
  private final WsManClient client;
  private final Clock clock;

  private WsManHost(HostId id, WsManClient client, Clock clock) {
    this.id = id;
    this.client = client;
    this.clock = clock;
  }

  /**
   * Returns the host at an endpoint, known by the endpoint's name; connects only when it asks.
   *
   * @throws TransportException {@code REFUSED} if the login would send a secret unprotected
   */
  public static WsManHost open(WsManEndpoint endpoint, WsManLogin login, WsManOptions options)
      throws TransportException {
    return new WsManHost(
        new HostId(endpoint.host()), WsManClient.open(endpoint, login, options), Clock.systemUTC());
  }

  /**
   * Returns the host that a client asks. Closing it closes the client.
   *
   * @param id the name by which it is known
   * @param clock stamps readings
   */
  public static WsManHost of(HostId id, WsManClient client, Clock clock) {
    return new WsManHost(id, client, clock);
  }

  @Override
  public HostId id() {
    return id;
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public HostProfile profile() throws TransportException {
    check();
    return new HostProfileQuery(client).run();
  }

  /**
   * Returns whether the host is a node of a failover cluster. {@code root/MSCluster} has rights of
   * its own, so that a host which does not tell is an answer as well.
   *
   * @throws TransportException {@code UNREACHABLE} or {@code INTERRUPTED}
   */
  public ClusterMembership cluster() throws TransportException {
    check();
    return new ClusterQuery(client).run();
  }

  @Override
  public ImmutableList<VmReading> sweep(SweepScope scope) throws TransportException {
    check();
    return new HostSweep(client, scope, clock.instant()).run();
  }

  @Override
  public void add(VmId vm, List<KvpItem> items) throws TransportException {
    check();
    new KvpWrites(client, vm, "AddKvpItems").write(items);
  }

  @Override
  public void modify(VmId vm, List<KvpItem> items) throws TransportException {
    check();
    new KvpWrites(client, vm, "ModifyKvpItems").write(items);
  }

  @Override
  public void remove(VmId vm, List<String> keys) throws TransportException {
    check();
    new KvpWrites(client, vm, "RemoveKvpItems").remove(keys);
  }

  @Override
  public EventSource events() {
    check();
    return new NtLogEvents(this, client);
  }

  /**
   * Returns the events of several logs by a subscription that they are pulled through: the events'
   * own XML, and logs that {@link #events} cannot reach, such as {@code
   * Microsoft-Windows-Hyper-V-Worker-Admin}. Each read subscribes anew behind its bookmark and ends
   * the subscription, so that nothing is left on the host. Closing the host closes it too.
   *
   * <p>A filter with few event numbers is applied by the host, which then shows no gaps.
   *
   * @param channels the logs, one or more
   * @param patience how long the host may wait for an event before a read is at its end
   */
  public EventSource events(List<String> channels, Duration patience) {
    check();
    return new SubscribedEvents(this, client, channels, patience);
  }

  /** Refuses a call behind {@link #close}. */
  void check() {
    if (client.isClosed()) {
      throw new IllegalStateException(id + " (" + client.endpoint() + ") is closed");
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** Returns name and endpoint. */
  @Override
  public String toString() {
    return "WsManHost[" + id + " at " + client.endpoint() + "]";
  }
}
