package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.avma.platform.VmId;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One instance of a class for each VM, in as few answers as the envelope allows. Where an answer is
 * too long or cannot be read, the VMs that are missing are asked for one by one, and of one that is
 * too long by itself each property by itself, so that it alone is not read, and says why. The same
 * where the host fails or is silent over one VM; after a few in a row it is the host.
 */
final class Gathering {
  /** So few VMs are asked for one by one from the start. */
  private static final int FEW = 3;

  private static final int SMALL_ANSWER = 8;

  /** So many VMs one after the other that fail not by their answer, and it is the host. */
  private static final int MAX_SILENT = 3;

  private static final ImmutableSet<Reason> OF_THE_ANSWER =
      ImmutableSet.of(Reason.TOO_LARGE, Reason.DAMAGED);

  /** What one VM can cause, and a host that is ill as well. */
  private static final ImmutableSet<Reason> OF_A_VM =
      ImmutableSet.of(Reason.TOO_LARGE, Reason.DAMAGED, Reason.TIMED_OUT, Reason.FAILED);

  /** Says which VM an instance belongs to. */
  interface Owner {
    Optional<VmId> of(CimInstance instance) throws TransportException;
  }

  /**
   * Which instances are gathered.
   *
   * @param all the query for all of them
   * @param className their class
   * @param owner whose they are
   * @param single where that of one VM is
   * @param key the property by which a query finds it, and the property's value
   * @param lists the properties that may be long
   */
  record Kind(
      Wql all,
      String className,
      Owner owner,
      Function<VmId, CimReference> single,
      String keyName,
      Function<VmId, String> key,
      List<String> lists) {}

  private final WsManClient client;
  private final Kind kind;
  private final Map<VmId, CimInstance> found = new TreeMap<>();
  private final Map<VmId, TransportException> failed = new TreeMap<>();
  private int silent;
  private boolean ownerless;

  Gathering(WsManClient client, Kind kind) {
    this.client = client;
    this.kind = kind;
  }

  /**
   * Gathers for {@code vms}.
   *
   * @throws TransportException if the host itself cannot be asked
   */
  @CanIgnoreReturnValue
  Gathering run(Set<VmId> vms) throws TransportException {
    if (vms.size() > FEW && bulk(vms) && !ownerless) {
      return this;
    }
    for (VmId vm : vms) {
      if (!found.containsKey(vm)) {
        single(vm);
      }
    }
    return this;
  }

  Optional<CimInstance> found(VmId vm) {
    return Optional.ofNullable(found.get(vm));
  }

  Optional<TransportException> failed(VmId vm) {
    return Optional.ofNullable(failed.get(vm));
  }

  /** Returns whether all came. */
  private boolean bulk(Set<VmId> vms) throws TransportException {
    WsManQuery query = WsManQuery.of(Hyperv.NAMESPACE, kind.all());
    return bulk(query, vms) || bulk(query.withMaxElements(SMALL_ANSWER), vms);
  }

  private boolean bulk(WsManQuery query, Set<VmId> vms) throws TransportException {
    try {
      client.enumerateKept(query, item -> keep(item, vms));
      return true;
    } catch (TransportException e) {
      if (!OF_A_VM.contains(e.reason())) {
        throw e;
      }
      return false;
    }
  }

  /** Keeps what was asked for: a host may name as many VMs as it likes. */
  private void keep(WsManItem item, Set<VmId> vms) {
    if (item instanceof WsManItem.Instance instance) {
      try {
        kind.owner()
            .of(instance.instance())
            .filter(vms::contains)
            .ifPresent(vm -> found.put(vm, instance.instance()));
      } catch (TransportException e) {
        ownerless = true; // whoever misses it asks for it alone
      }
    }
  }

  private void single(VmId vm) throws TransportException {
    try {
      found.put(vm, client.get(kind.single().apply(vm)));
      silent = 0;
    } catch (TransportException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return;
      }
      if (OF_THE_ANSWER.contains(e.reason())) {
        piecemeal(vm);
        return;
      }
      fail(vm, e);
    }
  }

  private void fail(VmId vm, TransportException e) throws TransportException {
    silent = OF_THE_ANSWER.contains(e.reason()) ? 0 : silent + 1;
    if (!OF_A_VM.contains(e.reason()) || silent == MAX_SILENT) {
      throw e;
    }
    failed.put(vm, e);
  }

  private void piecemeal(VmId vm) throws TransportException {
    CimInstance whole = new CimInstance(kind.className(), ImmutableList.of());
    for (String list : kind.lists()) {
      Wql query =
          Wql.select(kind.keyName(), "EnabledState", list)
              .from(kind.className())
              .where(kind.keyName(), "=", kind.key().apply(vm));
      try {
        for (WsManItem item : client.enumerate(WsManQuery.of(Hyperv.NAMESPACE, query))) {
          if (item instanceof WsManItem.Instance instance) {
            whole = joined(whole, instance.instance());
          }
        }
      } catch (TransportException e) {
        fail(vm, e);
        return;
      }
    }
    found.put(vm, whole);
  }

  private static CimInstance joined(CimInstance first, CimInstance second) {
    return new CimInstance(
        first.className(),
        Stream.concat(
                first.properties().stream(),
                second.properties().stream()
                    .filter(property -> first.property(property.name()).isEmpty()))
            .collect(ImmutableList.toImmutableList()));
  }
}
