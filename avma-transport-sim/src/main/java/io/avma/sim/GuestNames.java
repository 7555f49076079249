package io.avma.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of guests: those that were given, and those that are worked out because their guests
 * were generated.
 */
final class GuestNames {
  private static final String BETWEEN = "/vm-";

  private final Map<String, Integer> given; // never iterated
  private final List<Range> ranges;

  /** Guests that were generated one after the other: so many on each of so many hosts. */
  private record Range(int firstGuest, int firstHost, int hosts, int perHost) {
    int end() {
      return firstGuest + hosts * perHost;
    }
  }

  GuestNames() {
    this(new HashMap<>(), new ArrayList<>());
  }

  private GuestNames(Map<String, Integer> given, List<Range> ranges) {
    this.given = given;
    this.ranges = ranges;
  }

  GuestNames copy() {
    return new GuestNames(new HashMap<>(given), new ArrayList<>(ranges));
  }

  /** Notes that {@code guest} is called {@code name}; says whether the name was free. */
  boolean give(String name, int guest) {
    return given.putIfAbsent(name, guest) == null;
  }

  /** Returns how many names were given. */
  int given() {
    return given.size();
  }

  void generate(int firstGuest, int firstHost, int hosts, int perHost) {
    ranges.add(new Range(firstGuest, firstHost, hosts, perHost));
  }

  /** Returns the name of the generated guest {@code guest}. */
  String generated(int guest, List<HostRecord> hosts) {
    for (Range range : ranges) {
      if (guest >= range.firstGuest && guest < range.end()) {
        int place = guest - range.firstGuest;
        return name(
            hosts.get(range.firstHost + place / range.perHost).name, 1 + place % range.perHost);
      }
    }
    throw new AssertionError("guest " + guest + " has no name");
  }

  static String name(String host, int number) {
    return host + BETWEEN + number;
  }

  /** Returns the index of the guest called {@code name}, or -1. */
  int index(String name, Map<String, Integer> hosts) {
    Integer known = given.get(name);
    if (known != null) {
      return known;
    }
    int cut = name.lastIndexOf(BETWEEN);
    Integer host = cut < 0 ? null : hosts.get(name.substring(0, cut));
    return host == null ? -1 : generated(host, number(name, cut + BETWEEN.length()));
  }

  private int generated(int host, int number) {
    for (Range range : ranges) {
      int place = host - range.firstHost;
      if (place >= 0 && place < range.hosts && number >= 1 && number <= range.perHost) {
        return range.firstGuest + place * range.perHost + number - 1;
      }
    }
    return -1;
  }

  /** Returns the number as it would be written, else 0: {@code 07} and {@code +7} are none. */
  private static int number(String name, int from) {
    int number = 0;
    for (int i = from; i < name.length(); i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9 || (digit == 0 && number == 0) || number > 99_999_999) {
        return 0;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
