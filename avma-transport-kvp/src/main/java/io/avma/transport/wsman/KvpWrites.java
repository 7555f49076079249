package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpViolation;
import io.avma.platform.ForeignText;
import io.avma.platform.VmId;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Writes host-written items: one call of a method for all of them, and its job to its end. */
final class KvpWrites {
  /** How many items one call takes; documented. */
  private static final int MAX_ITEMS = 128;

  private static final long JOB_STARTED = 4096;
  private static final long COMPLETED = 7;
  private static final long FIRST_END = 7;
  private static final long SERVICE = 11;
  private static final long POLL_MILLIS = 100;

  /** Source: Microsoft's documentation of the three methods; 32779 observed. */
  private static final ImmutableMap<Long, Reason> CODES =
      ImmutableMap.<Long, Reason>builder()
          .put(32768L, Reason.FAILED)
          .put(32769L, Reason.REFUSED)
          .put(32770L, Reason.NOT_SUPPORTED)
          .put(32771L, Reason.FAILED)
          .put(32772L, Reason.TIMED_OUT)
          .put(32773L, Reason.INVALID)
          .put(32774L, Reason.BUSY)
          .put(32775L, Reason.WRONG_STATE)
          .put(32776L, Reason.INVALID)
          .put(32777L, Reason.WRONG_STATE)
          .put(32778L, Reason.BUSY)
          .put(32779L, Reason.NOT_FOUND)
          .buildOrThrow();

  private final WsManClient client;
  private final VmId vm;
  private final String method;

  KvpWrites(WsManClient client, VmId vm, String method) {
    this.client = client;
    this.vm = vm;
    this.method = method;
  }

  void write(List<KvpItem> items) throws TransportException {
    check(items);
    run(items.stream().map(KvpDataItem::written).toList());
  }

  void remove(List<String> keys) throws TransportException {
    check(keys.stream().distinct().map(key -> new KvpItem(key, "")).toList());
    run(keys.stream().distinct().map(key -> KvpDataItem.written(new KvpItem(key, ""))).toList());
  }

  private void check(List<KvpItem> items) throws TransportException {
    Set<String> keys = new HashSet<>();
    if (items.size() > MAX_ITEMS) {
      throw refused(
          Reason.TOO_LARGE, items.size() + " items (expected: at most " + MAX_ITEMS + " a call)");
    }
    for (KvpItem item : items) {
      for (KvpViolation violation : KvpLimits.HOST_WRITTEN.violations(item)) {
        throw refused(
            violation instanceof KvpViolation.TooLong ? Reason.TOO_LARGE : Reason.INVALID,
            "item '"
                + ForeignText.escape(item.key(), 80)
                + "': "
                + violation.message()
                + ". Nothing was written");
      }
      if (!keys.add(item.key())) {
        throw refused(
            Reason.INVALID,
            "item '" + ForeignText.escape(item.key(), 80) + "' twice. Nothing was written");
      }
    }
  }

  private void run(List<KvpDataItem> items) throws TransportException {
    if (items.isEmpty()) {
      return;
    }
    try {
      CimInstance results = client.invoke(Hyperv.service(), method, parameters(items));
      long code =
          results
              .number("ReturnValue", CimType.UINT32)
              .orElseThrow(() -> refused(Reason.DAMAGED, "an answer without a ReturnValue"));
      if (code == JOB_STARTED) {
        follow(
            results
                .reference("Job")
                .orElseThrow(() -> refused(Reason.DAMAGED, "an answer without its job")));
      } else if (code != 0) {
        throw answered(code);
      }
    } catch (TransportException e) {
      throw isThere(e) ? e : notFound();
    }
  }

  private ImmutableList<CimProperty> parameters(List<KvpDataItem> items) throws TransportException {
    ImmutableList.Builder<CimValue> texts = ImmutableList.builder();
    for (KvpDataItem item : items) {
      try {
        texts.add(CimValue.of(KvpDataItemCodec.encode(item)));
      } catch (IllegalArgumentException e) {
        throw refused(
            Reason.INVALID,
            "item '"
                + ForeignText.escape(item.name().orElse(""), 80)
                + "' holds a character that XML cannot carry. Nothing was written");
      }
    }
    return ImmutableList.of(
        CimProperty.of("TargetSystem", new CimValue.Reference(Hyperv.system(vm))),
        CimProperty.of("DataItems", CimValue.of(texts.build())));
  }

  /** Asks for the job until it has ended. */
  private void follow(CimReference job) throws TransportException {
    Deadline deadline = new Deadline(client.options().callTimeout());
    while (true) {
      CimInstance state;
      try {
        state = client.get(job);
      } catch (TransportException e) {
        if (e.reason() == Reason.NOT_FOUND) {
          throw refused(
              Reason.TIMED_OUT,
              "the host has forgotten its job; whether it was done is not known (read the items)");
        }
        throw e;
      }
      long number = state.number("JobState", CimType.UINT16).orElse(0);
      if (number >= FIRST_END && number < SERVICE) {
        ended(state, number);
        return;
      }
      if (deadline.left() == 0) {
        throw deadline.passed(asked() + ": its job in state " + number);
      }
      pause();
    }
  }

  private void ended(CimInstance job, long state) throws TransportException {
    long code = job.number("ErrorCode", CimType.UINT16).orElse(0);
    if (state == COMPLETED && code == 0) {
      return;
    }
    // Not with the job's description: it may repeat the value of an item.
    if (code == 0) {
      throw refused(Reason.FAILED, "job ended in state " + state);
    }
    throw answered(code);
  }

  private void pause() throws TransportException {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException(Reason.INTERRUPTED, asked() + ": interrupted", e);
    }
  }

  /**
   * Hosts call a VM that is not there an invalid parameter; which of the two it is, they can say.
   */
  private boolean isThere(TransportException failure) throws TransportException {
    if (failure.reason() != Reason.INVALID
        && failure.reason() != Reason.NOT_FOUND
        && failure.reason() != Reason.FAILED) {
      return true;
    }
    if (failure.code().isEmpty()) {
      return true;
    }
    try {
      CimInstance ignored = client.get(Hyperv.system(vm));
      return true;
    } catch (TransportException e) {
      return e.reason() != Reason.NOT_FOUND;
    }
  }

  private TransportException notFound() {
    return refused(Reason.NOT_FOUND, "no such VM on this host");
  }

  private TransportException answered(long code) {
    return TransportException.answered(
        Optional.ofNullable(CODES.get(code)).orElse(Reason.FAILED),
        code,
        asked() + ": refused with " + code);
  }

  private TransportException refused(Reason reason, String what) {
    return new TransportException(reason, asked() + ": " + what);
  }

  private String asked() {
    return client.endpoint() + ": " + method + " for VM " + vm;
  }
}
