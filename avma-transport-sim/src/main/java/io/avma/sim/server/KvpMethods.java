package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSource;
import io.avma.platform.VmId;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimLimits;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * AddKvpItems, ModifyKvpItems and RemoveKvpItems. All items of a call are written or none is. Codes
 * as hosts of different builds answer; observed by others, see the class {@code KvpWrites} of the
 * client for what they mean.
 */
final class KvpMethods {
  private static final int MAX_ITEMS = 128;
  private static final int DONE = 0;
  private static final int FAILED = 32768;
  static final int INVALID_PARAMETER = 32773;
  private static final int NOT_FOUND = 32779;
  private static final int SERVER_2012 = 9200;
  private static final int SERVER_2016 = 10_000;

  private final HostView view;
  private final String method;

  KvpMethods(HostView view, String method) {
    this.view = view;
    this.method = method;
  }

  /** Carries the call out and returns its code. */
  int call(VmId vm, CimInstance parameters) throws Refusal {
    List<KvpDataItem> items = items(parameters);
    if (items.isEmpty() || items.size() > MAX_ITEMS || !items.stream().allMatch(this::isValid)) {
      return INVALID_PARAMETER;
    }
    List<KvpItem> written =
        items.stream()
            .map(item -> item.item().orElseThrow())
            .collect(ImmutableList.toImmutableList());
    try {
      switch (method) {
        case "AddKvpItems" -> view.host().add(vm, written);
        case "ModifyKvpItems" -> view.host().modify(vm, written);
        default -> {
          return remove(vm, written);
        }
      }
      return DONE;
    } catch (TransportException e) {
      return code(e);
    }
  }

  private int remove(VmId vm, List<KvpItem> items) throws TransportException {
    List<String> keys = items.stream().map(KvpItem::key).toList();
    if (view.build() <= SERVER_2012 && !keysOf(vm).containsAll(keys)) {
      return INVALID_PARAMETER;
    }
    view.host().remove(vm, keys);
    return DONE;
  }

  private List<String> keysOf(VmId vm) throws TransportException {
    List<String> keys = new ArrayList<>();
    for (VmReading reading : view.host().sweep(SweepScope.of(vm).only(KvpSource.HOST_WRITTEN))) {
      if (reading instanceof VmReading.Read read) {
        read.snapshot().items(KvpSource.HOST_WRITTEN).forEach(item -> keys.add(item.key()));
      }
    }
    return keys;
  }

  private List<KvpDataItem> items(CimInstance parameters) throws Refusal {
    List<KvpDataItem> items = new ArrayList<>();
    try {
      for (String text : parameters.texts("DataItems")) {
        items.addAll(KvpDataItemCodec.decodeAll(text, CimLimits.STANDARD));
        if (items.size() > MAX_ITEMS) {
          return items;
        }
      }
      return items;
    } catch (TransportException e) {
      throw Refusals.parameters(
          "DataItems hold no embedded Msvm_KvpExchangeDataItem: "
              + e.flaw().map(flaw -> flaw.code() + ", " + flaw.message()).orElse("damaged"));
    }
  }

  private boolean isValid(KvpDataItem item) {
    OptionalInt source = item.source();
    Optional<String> name = item.name();
    return name.isPresent()
        && !name.get().isEmpty()
        && (source.isEmpty() || source.getAsInt() == KvpDataItem.HOST);
  }

  private int code(TransportException e) {
    return switch (e.reason()) {
      case ALREADY_EXISTS, TOO_LARGE, INVALID -> INVALID_PARAMETER;
      case NOT_FOUND -> view.build() >= SERVER_2016 ? NOT_FOUND : INVALID_PARAMETER;
      default -> FAILED;
    };
  }
}
