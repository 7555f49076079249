package io.avma.testkit.contract;

import com.google.common.collect.ImmutableSet;
import io.avma.transport.Capability;

/** One way to break each rule, and no other. */
enum Fault {
  NONE(""),
  NONE_OF_A_BARE_GUEST("", Set.BARE),
  A_NEW_POOL_IS_DAMAGED("KVP-1.1"),
  RECORDS_DESCEND("KVP-1.2"),
  READING_DROPS_THE_LAST_ITEM("KVP-1.3"),
  CONTROLS_ARE_LOST("KVP-2.1"),
  A_REPLACED_ITEM_MOVES_TO_THE_END("KVP-2.2"),
  NEW_ITEMS_ARE_SORTED("KVP-2.3"),
  KEYS_IGNORE_CASE("KVP-2.4"),
  OF_EQUAL_KEYS_THE_FIRST_COUNTS("KVP-2.5"),
  ITEMS_BEFORE_A_BAD_ONE_ARE_WRITTEN("KVP-2.6"),
  REMOVING_ALWAYS_SAYS_YES("KVP-2.7"),
  THE_LARGEST_VALUE_IS_REFUSED("KVP-2.8"),
  LONG_VALUES_ARE_TAKEN("KVP-2.9"),
  HALF_A_PAIR_IS_TAKEN("KVP-2.10"),
  THE_HOSTS_POOL_IS_WRITABLE("KVP-2.11"),
  PUTTING_NOTHING_EMPTIES("KVP-2.12"),
  THE_HOST_SEES_NO_ITEM_WITHOUT_VALUE("KVP-3.1"),
  THE_HOST_SEES_REMOVED_ITEMS("KVP-3.2"),
  THE_HOSTS_SECOND_SET_IS_IGNORED("KVP-3.3"),
  THE_HOSTS_DELETES_ARE_IGNORED("KVP-3.4"),
  KEYS_OF_THE_GUEST_HIDE_THE_HOSTS("KVP-3.5"),
  REMOVALS_ARE_NOT_TOLD("KVP-4.1"),
  A_WATCH_TELLS_WHAT_WAS_THERE("KVP-4.2"),
  A_CLOSED_WATCH_GOES_ON("KVP-4.3"),
  A_WATCH_OUTLIVES_ITS_HANDLE("KVP-4.4"),
  HANDLES_HAVE_POOLS_OF_THEIR_OWN("KVP-5.1"),
  A_CLOSED_HANDLE_STILL_WRITES("KVP-5.2"),
  CLOSING_TWICE_CLOSES_ALL("KVP-5.3"),
  CAPABILITIES_ARE_NOT_NAMED("KVP-5.4", Set.BARE),
  THE_GUEST_IS_ANOTHER_VM("GUEST-1.1"),
  ASKING_CHANGES_THE_LICENSE("GUEST-1.2"),
  THE_LOG_NEVER_ENDS("GUEST-1.3"),
  REFUSALS_DO_NOT_NAME_THE_GUEST("ERR-2.1"),
  REFUSALS_QUOTE_THE_VALUE("ERR-2.2"),
  A_GUEST_THAT_IS_AWAY_HAS_EMPTY_POOLS("ERR-2.3"),
  A_CLOSED_HANDLE_KNOWS_ITS_VM("CLOSE-2.1"),
  A_LOG_OUTLIVES_ITS_HANDLE("CLOSE-2.2"),
  CLOSING_TAKES_BACK_WHAT_WAS_PUT("CLOSE-2.3"),
  OTHER_THREADS_PUT_IN_VAIN("CONC-2.1"),
  UNDECLARED_THREADS_ARE_SERVED("CONC-2.1", Set.BARE);

  /** What the guest declares. */
  enum Set {
    FULL(
        Capability.GUEST_EVENTS,
        Capability.LICENSE_STATE,
        Capability.WATCH,
        Capability.CONCURRENT_CALLS),
    BARE;

    final ImmutableSet<Capability> capabilities;

    Set(Capability... capabilities) {
      this.capabilities = ImmutableSet.copyOf(capabilities);
    }
  }

  final String rule;
  final Set declared;

  Fault(String rule) {
    this(rule, Set.FULL);
  }

  Fault(String rule, Set declared) {
    this.rule = rule;
    this.declared = declared;
  }
}
