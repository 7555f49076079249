package org.example.retry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
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
import java.util.List;

/** A host whose first calls fail: before they do anything, or with their answer lost. */
final class FlakyHost implements HyperVHost {
  private final HyperVHost host;
  private final TransportException.Reason reason;
  private int failures;
  int calls;

  FlakyHost(HyperVHost host, int failures, TransportException.Reason reason) {
    this.host = host;
    this.failures = failures;
    this.reason = reason;
  }

  private void fail() throws TransportException {
    calls++;
    if (failures > 0) {
      failures--;
      throw new TransportException(reason, id() + ": no luck");
    }
  }

  @Override
  public HostId id() {
    return host.id();
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return host.capabilities();
  }

  @Override
  public HostProfile profile() throws TransportException {
    fail();
    return host.profile();
  }

  @Override
  public ImmutableList<VmReading> sweep(SweepScope scope) throws TransportException {
    fail();
    return host.sweep(scope);
  }

  @Override
  public void add(VmId vm, List<KvpItem> items) throws TransportException {
    if (reason == TransportException.Reason.TIMED_OUT) {
      host.add(vm, items);
    }
    fail();
    host.add(vm, items);
  }

  @Override
  public void modify(VmId vm, List<KvpItem> items) throws TransportException {
    fail();
    host.modify(vm, items);
  }

  @Override
  public void remove(VmId vm, List<String> keys) throws TransportException {
    fail();
    host.remove(vm, keys);
  }

  @Override
  public EventSource events() throws TransportException {
    fail();
    return host.events();
  }

  @Override
  public void close() {
    host.close();
  }
}
