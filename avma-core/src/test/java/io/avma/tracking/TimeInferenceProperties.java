package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Pairing by the order of time against an exhaustive search for any pairing. */
class TimeInferenceProperties {
  private static final Duration DISTANCE = Duration.ofSeconds(2);

  @Provide
  Arbitrary<List<Integer>> seconds() {
    return Arbitraries.integers().between(0, 9).list().ofMaxSize(5);
  }

  @Property
  void guestsOfOneHostArePairedExactlyIfTheirGroupCanBe(
      @ForAll("seconds") List<Integer> hosts, @ForAll("seconds") List<Integer> guests) {
    Said said = new Said();
    hosts.stream()
        .sorted()
        .forEach(second -> said.hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(0, second)));
    int vm = 0;
    for (int second : guests) {
      said.guestLogged(Said.vm(++vm), Hresult.OK, Said.at(0, second));
    }
    TimeInference inference = new TimeInference(DISTANCE);
    for (Observation one : said.all()) {
      if (one instanceof Observation.HostLogged host) {
        inference.host(host);
      } else if (one instanceof Observation.GuestLogged guest) {
        inference.guest(guest, ImmutableSortedSet.of(Said.HOST_1));
      }
    }
    inference.conclude();
    for (Observation one : said.all()) {
      if (one instanceof Observation.GuestLogged guest) {
        assertEquals(expected(said.all(), guest), inference.exchange(guest).attribution());
      }
    }
  }

  private static Attribution expected(List<Observation> all, Observation.GuestLogged guest) {
    List<Observation> group = group(all, guest);
    List<Observation> guests =
        group.stream().filter(one -> one instanceof Observation.GuestLogged).toList();
    List<Observation> hosts =
        group.stream().filter(one -> one instanceof Observation.HostLogged).toList();
    if (hosts.isEmpty()) {
      return Attribution.UNMATCHED;
    }
    return hosts.size() == guests.size() && canBePaired(guests, hosts)
        ? Attribution.INFERRED
        : Attribution.AMBIGUOUS;
  }

  private static List<Observation> group(List<Observation> all, Observation start) {
    List<Observation> group = new ArrayList<>(List.of(start));
    for (int i = 0; i < group.size(); i++) {
      for (Observation other : all) {
        if (!group.contains(other) && fit(group.get(i), other)) {
          group.add(other);
        }
      }
    }
    return group;
  }

  private static boolean canBePaired(List<Observation> guests, List<Observation> hosts) {
    if (guests.isEmpty()) {
      return true;
    }
    return hosts.stream()
        .filter(host -> fit(host, guests.get(0)))
        .anyMatch(
            host ->
                canBePaired(
                    guests.subList(1, guests.size()),
                    hosts.stream().filter(other -> !other.equals(host)).toList()));
  }

  private static boolean fit(Observation one, Observation other) {
    return one.kind() != other.kind()
        && Duration.between(one.at(), other.at()).abs().compareTo(DISTANCE) <= 0;
  }
}
