package io.avma.eventlog;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What hardly any event says of its execution: processor, session, kernel time, user time and
 * processor time. Apart from the other fields, so that events without it stay small.
 */
record ExecutionDetail(ImmutableList<OptionalLong> numbers) {
  static final ExecutionDetail NONE =
      new ExecutionDetail(
          ImmutableList.of(
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              OptionalLong.empty()));

  OptionalLong get(int which) {
    return numbers.get(which);
  }

  ExecutionDetail with(int which, long number) {
    List<OptionalLong> changed = new ArrayList<>(numbers);
    changed.set(which, OptionalLong.of(number));
    return new ExecutionDetail(ImmutableList.copyOf(changed));
  }
}
