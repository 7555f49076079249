package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpSource;
import io.avma.platform.VmId;
import io.avma.testkit.arbitrary.KvpArbitraries;
import io.avma.testkit.arbitrary.ProfileArbitraries;
import io.avma.transport.Capability;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * The contract of hosts as properties of jqwik: implement it in a test class and say how a fixture
 * is made.
 */
public interface HostProperties {
  /** How often each property is tried. */
  int TRIES = 25;

  /** Returns a new fixture; the properties close it. */
  HostFixture fixture() throws Exception;

  /** What a host is asked to do with an item. */
  enum Verb {
    /** {@link HyperVHost#add}. */
    ADD,
    /** {@link HyperVHost#modify}. */
    MODIFY,
    /** {@link HyperVHost#remove} of its key. */
    REMOVE
  }

  /**
   * One call.
   *
   * @param verb what to do
   * @param item with which item
   */
  record Operation(Verb verb, KvpItem item) {}

  /** Returns calls about few keys, so that many are refused. */
  @Provide
  default Arbitrary<List<Operation>> calls() {
    Arbitrary<KvpItem> items =
        Combinators.combine(KvpArbitraries.keys(), KvpArbitraries.text(20)).as(KvpItem::new);
    return Combinators.combine(Arbitraries.of(Verb.class), items)
        .as(Operation::new)
        .filter(operation -> KvpLimits.SAFE.allow(operation.item()))
        .list()
        .ofMaxSize(20);
  }

  /** Returns VMs that no fixture has. */
  @Provide
  default Arbitrary<Set<VmId>> strangers() {
    return ProfileArbitraries.vmIds().set().ofMaxSize(3);
  }

  /** HOST-P.1: whatever is written, the host reads back and the guest reads what a list holds. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  default void anyWritingIsReadBack(@ForAll("calls") List<Operation> calls) throws Exception {
    Map<String, String> model = new LinkedHashMap<>();
    try (HostFixture fixture = fixture();
        HyperVHost host = fixture.open()) {
      if (!host.capabilities().contains(Capability.WRITE_HOST_ITEMS)) {
        return;
      }
      VmId vm = fixture.vms().get(0);
      for (Operation call : calls) {
        boolean there = model.containsKey(call.item().key());
        boolean done = carriedOut(host, vm, call);
        switch (call.verb()) {
          case ADD -> assertEquals(!there, done, call + " to " + model.keySet());
          case MODIFY -> assertEquals(there, done, call + " to " + model.keySet());
          case REMOVE -> assertTrue(done || !there, call + " of " + model.keySet());
        }
        if (call.verb() == Verb.REMOVE) {
          model.remove(call.item().key());
        } else if (done) {
          model.put(call.item().key(), call.item().value());
        }
      }
      List<KvpItem> expected = new ArrayList<>();
      model.forEach((key, value) -> expected.add(new KvpItem(key, value)));
      assertEquals(expected, HostChecks.written(host, vm));
      assertEquals(expected, fixture.guestReads(vm));
    }
  }

  /** HOST-P.2: a sweep of any VMs, known and not, returns those, in order, with what was asked. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  default void anySweepReturnsWhatWasAsked(
      @ForAll Set<Boolean> which,
      @ForAll("strangers") Set<VmId> strangers,
      @ForAll Set<KvpSource> sources)
      throws Exception {
    try (HostFixture fixture = fixture();
        HyperVHost host = fixture.open()) {
      ImmutableList<KvpItem> said = ImmutableList.of(new KvpItem("a", "1"));
      Set<VmId> asked = new TreeSet<>(strangers);
      for (int i = 0; i < 3; i++) {
        fixture.guestPuts(fixture.vms().get(i), said);
        if (i == 0 || which.contains(i == 1)) {
          asked.add(fixture.vms().get(i));
        }
      }
      List<VmReading> readings =
          host.sweep(
              new SweepScope(
                  Optional.of(ImmutableSortedSet.copyOf(asked)), ImmutableSet.copyOf(sources)));
      assertEquals(List.copyOf(asked), HostChecks.vms(readings));
      for (VmReading reading : readings) {
        boolean known = fixture.vms().contains(reading.vm());
        assertEquals(known, reading instanceof VmReading.Read, reading.toString());
        if (reading instanceof VmReading.Read read) {
          assertEquals(
              sources.contains(KvpSource.GUEST_WRITTEN) ? said : ImmutableList.of(),
              read.snapshot().items(KvpSource.GUEST_WRITTEN));
        }
      }
    }
  }

  private static boolean carriedOut(HyperVHost host, VmId vm, Operation call)
      throws TransportException {
    try {
      switch (call.verb()) {
        case ADD -> host.add(vm, List.of(call.item()));
        case MODIFY -> host.modify(vm, List.of(call.item()));
        case REMOVE -> host.remove(vm, List.of(call.item().key()));
      }
      return true;
    } catch (TransportException e) {
      Set<TransportException.Reason> expected =
          call.verb() == Verb.ADD ? WriteRules.EXISTS : WriteRules.MISSING;
      if (!expected.contains(e.reason())) {
        throw e;
      }
      return false;
    }
  }
}
