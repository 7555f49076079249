package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of requests that failed in the same way, with no other outcome in between.
 *
 * @param from when the first failed
 * @param until when the last failed
 * @param result the code
 * @param host the host that said so; empty if only the guest logged it
 * @param exchanges the failed exchanges, ascending, 1 or more
 */
@CheckReturnValue
public record Refusal(
    Instant from,
    Instant until,
    Hresult result,
    Optional<HostId> host,
    ImmutableList<Exchange> exchanges) {

  static ImmutableList<Refusal> of(Iterable<Exchange> exchanges) {
    ImmutableList.Builder<Refusal> refusals = ImmutableList.builder();
    ImmutableList.Builder<Exchange> row = ImmutableList.builder();
    Exchange last = null;
    for (Exchange exchange : exchanges) {
      boolean goesOn =
          last != null
              && exchange.failed()
              && exchange.result().equals(last.result())
              && exchange.answeredBy().equals(last.answeredBy());
      if (last != null && !goesOn) {
        refusals.add(ofRow(row.build()));
        row = ImmutableList.builder();
      }
      last = exchange.failed() ? exchange : null;
      if (exchange.failed()) {
        row.add(exchange);
      }
    }
    return last == null ? refusals.build() : refusals.add(ofRow(row.build())).build();
  }

  private static Refusal ofRow(ImmutableList<Exchange> row) {
    Exchange first = row.get(0);
    return new Refusal(
        first.at(),
        row.get(row.size() - 1).at(),
        first.result().orElseThrow(),
        first.answeredBy(),
        row);
  }
}
