package org.example.report;

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

/** A host that reports may read and nobody may write through. */
public final class ReadOnlyHost implements HyperVHost {
  private final HyperVHost host;

  /** Guards {@code host}, and closes it when it is closed itself. */
  public ReadOnlyHost(HyperVHost host) {
    this.host = host;
  }

  @Override
  public HostId id() {
    return host.id();
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return host.capabilities().stream()
        .filter(capability -> capability != Capability.WRITE_HOST_ITEMS)
        .collect(ImmutableSet.toImmutableSet());
  }

  @Override
  public HostProfile profile() throws TransportException {
    return host.profile();
  }

  @Override
  public ImmutableList<VmReading> sweep(SweepScope scope) throws TransportException {
    return host.sweep(scope);
  }

  @Override
  public void add(VmId vm, List<KvpItem> items) {
    refuse();
  }

  @Override
  public void modify(VmId vm, List<KvpItem> items) {
    refuse();
  }

  @Override
  public void remove(VmId vm, List<String> keys) {
    refuse();
  }

  private void refuse() {
    Capability.WRITE_HOST_ITEMS.requireIn(capabilities(), "the report of " + id());
  }

  @Override
  public EventSource events() throws TransportException {
    return host.events();
  }

  @Override
  public void close() {
    host.close();
  }
}
