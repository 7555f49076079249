package io.avma.sim.fault;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;

/** Points at which several kinds of faults happen. */
final class Places {
  static final ImmutableSet<FaultPoint> MESSAGES =
      Sets.immutableEnumSet(FaultPoint.REQUEST, FaultPoint.RESPONSE);
  static final ImmutableSet<FaultPoint> HOST = Sets.immutableEnumSet(FaultPoint.HOST);
  static final ImmutableSet<FaultPoint> ITEMS = Sets.immutableEnumSet(FaultPoint.GUEST_ITEMS);

  private Places() {}
}
