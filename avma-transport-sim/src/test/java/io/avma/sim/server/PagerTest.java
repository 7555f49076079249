package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an answer holds when items are longer on the wire than they look. */
class PagerTest {
  private static final int ITEM = 1000;

  private final Operations.Operation operation =
      new Operations.Operation(
          "user",
          "",
          Duration.ofMinutes(1),
          IntStream.range(0, 10)
              .<WsManItem>mapToObj(i -> new WsManItem.Event(Integer.toString(i)))
              .iterator());
  private ImmutableList<WsManItem> last = ImmutableList.of();

  private byte[] next(int room) throws Refusal {
    Pager pager =
        new Pager(
            room,
            100,
            body -> new byte[ITEM * ((WsManBody.PullResponse) body).items().size()]);
    return pager.next(
        operation,
        OptionalLong.of(100),
        OptionalLong.empty(),
        (items, end) -> {
          last = items;
          return new WsManBody.PullResponse(Optional.empty(), items, end);
        });
  }

  @Test
  void whatDidNotFitComesNextInItsOrder() throws Exception {
    List<WsManItem> all = new ArrayList<>();
    while (operation.hasNext()) {
      assertTrue(next(8192).length <= 8192);
      all.addAll(last);
    }
    assertEquals(
        IntStream.range(0, 10).mapToObj(Integer::toString).toList(),
        all.stream().map(item -> ((WsManItem.Event) item).xml()).toList());
  }

  @Test
  void anItemThatNeverFitsStaysAndIsRefused() throws Exception {
    for (int i = 0; i < 2; i++) {
      Refusal refusal = assertThrows(Refusal.class, () -> next(ITEM - 1));
      assertEquals("EncodingLimit", ServiceLab.kind(refusal.fault()));
    }
    byte[] unused = next(ITEM);
    assertEquals(List.of(new WsManItem.Event("0")), last);
  }
}
