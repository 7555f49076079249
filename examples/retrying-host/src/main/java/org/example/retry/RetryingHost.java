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
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmReading;
import java.util.List;

/**
 * A host that is asked again after a failure that may pass. A write whose answer did not come in
 * time is not repeated: it may have taken effect.
 */
public final class RetryingHost implements HyperVHost {
  private final HyperVHost host;
  private final int tries;
  private final Pause pause;

  /** What happens between two tries. */
  public interface Pause {
    /** Waits before try number {@code next}, 2 or more. */
    void before(int next) throws TransportException;
  }

  private interface Call<T> {
    T on(HyperVHost host) throws TransportException;
  }

  private interface Write {
    void on(HyperVHost host) throws TransportException;
  }

  /** Asks {@code host} up to {@code tries} times, 1 or more, and closes it when it is closed. */
  public RetryingHost(HyperVHost host, int tries, Pause pause) {
    this.host = host;
    this.tries = tries;
    this.pause = pause;
  }

  private <T> T retry(boolean writes, Call<T> call) throws TransportException {
    for (int next = 2; ; next++) {
      try {
        return call.on(host);
      } catch (TransportException e) {
        boolean unsure = writes && (e.reason() == Reason.TIMED_OUT || e.reason() == Reason.FAILED);
        if (!e.retryMayHelp() || unsure || next > tries) {
          throw e;
        }
        pause.before(next);
      }
    }
  }

  private void write(Write write) throws TransportException {
    retry(
        true,
        to -> {
          write.on(to);
          return true;
        });
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
    return retry(false, HyperVHost::profile);
  }

  @Override
  public ImmutableList<VmReading> sweep(SweepScope scope) throws TransportException {
    return retry(false, from -> from.sweep(scope));
  }

  @Override
  public void add(VmId vm, List<KvpItem> items) throws TransportException {
    write(to -> to.add(vm, items));
  }

  @Override
  public void modify(VmId vm, List<KvpItem> items) throws TransportException {
    write(to -> to.modify(vm, items));
  }

  @Override
  public void remove(VmId vm, List<String> keys) throws TransportException {
    write(to -> to.remove(vm, keys));
  }

  @Override
  public EventSource events() throws TransportException {
    return retry(false, HyperVHost::events);
  }

  @Override
  public void close() {
    host.close();
  }
}
