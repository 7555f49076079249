package io.avma.testkit.container;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpPool;
import io.avma.platform.Hresult;
import io.avma.transport.device.FieldBytes;
import io.avma.transport.device.KernelText;
import io.avma.transport.device.KvpAnswer;
import io.avma.transport.device.KvpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Hyper-V host of a {@link KvpGuestContainer}: it sets, deletes and enumerates items through
 * the daemon, and text passes through the same conversions that the Linux kernel does.
 *
 * <p>Every call starts the daemon, lets it answer and ends it; it reads its pools anew before each
 * operation anyway, so that makes no difference to anybody. Calls of several threads take turns. A
 * call throws an {@link IllegalStateException} if the daemon did not answer.
 */
@CheckReturnValue
public final class HostSide {
  private static final int FIRST_LOOK = 64;

  private final KvpGuestContainer guest;

  HostSide(KvpGuestContainer guest) {
    this.guest = guest;
  }

  /** Sends {@code requests} one after the other, as they are, and returns the daemon's answers. */
  @CanIgnoreReturnValue
  public ImmutableList<KvpAnswer> exchange(List<KvpRequest> requests) {
    return guest.play(requests);
  }

  /** Sends one request; as {@link #exchange}. */
  public KvpAnswer ask(KvpRequest request) {
    return exchange(ImmutableList.of(request)).get(0);
  }

  /**
   * Makes the first item with the key of {@code item} be it, or adds it. What is too long is cut
   * without a word, because the kernel does that.
   *
   * @return the daemon's result, {@link Hresult#OK} if it was done
   */
  @CanIgnoreReturnValue
  public Hresult set(KvpPool pool, KvpItem item) {
    return ask(KernelText.setByHost(pool.number(), item)).result();
  }

  /**
   * Sets a registry number of 32 bits; the kernel makes decimal text of it.
   *
   * @param number read as unsigned
   * @return as {@link #set}
   */
  @CanIgnoreReturnValue
  public Hresult setU32(KvpPool pool, String key, int number) {
    return set(pool, key, KernelText.u32ToGuest(number));
  }

  /**
   * Sets a registry number of 64 bits; the kernel makes decimal text of it.
   *
   * @param number read as unsigned
   * @return as {@link #set}
   */
  @CanIgnoreReturnValue
  public Hresult setU64(KvpPool pool, String key, long number) {
    return set(pool, key, KernelText.u64ToGuest(number));
  }

  private Hresult set(KvpPool pool, String key, FieldBytes value) {
    FieldBytes field = KernelText.toGuest(KvpPart.KEY, key);
    return ask(new KvpRequest.Set(pool.number(), KvpRequest.TEXT, field, value)).result();
  }

  /**
   * Removes the first item with {@code key}.
   *
   * @return whether there was one
   */
  @CanIgnoreReturnValue
  public boolean delete(KvpPool pool, String key) {
    return !ask(KernelText.deleteByHost(pool.number(), key)).isEnd();
  }

  /**
   * Asks for the value of {@code key}, as a host does: the kernel asks for 0 bytes of it, so the
   * value is always empty, and hosts enumerate instead.
   *
   * @return the value, empty text if the key is there; nothing if it is not
   */
  public Optional<String> get(KvpPool pool, String key) {
    KvpRequest.Get full = (KvpRequest.Get) KvpRequest.get(pool, key);
    KvpAnswer answer = ask(new KvpRequest.Get(full.poolNumber(), full.valueType(), full.key(), 0));
    return answer instanceof KvpAnswer.Value value
        ? KernelText.toHost(KvpPart.VALUE, value.value())
        : Optional.empty();
  }

  /** Enumerates {@code pool} as a host does, up to the end or the first item that is no text. */
  public HostEnumeration enumerate(KvpPool pool) {
    ImmutableList.Builder<KvpItem> items = ImmutableList.builder();
    for (KvpAnswer.Item record : records(pool)) {
      Optional<KvpItem> item = KernelText.toHost(record);
      if (item.isEmpty()) {
        return new HostEnumeration(items.build(), false);
      }
      items.add(item.get());
    }
    return new HostEnumeration(items.build(), true);
  }

  /** Returns every record of {@code pool} as the daemon gives it to the kernel, byte for byte. */
  public ImmutableList<KvpAnswer.Item> records(KvpPool pool) {
    for (int look = FIRST_LOOK; ; look *= 4) {
      List<KvpRequest> requests = new ArrayList<>();
      for (int i = 0; i < look; i++) {
        requests.add(KvpRequest.enumerate(pool, i));
      }
      ImmutableList.Builder<KvpAnswer.Item> items = ImmutableList.builder();
      for (KvpAnswer answer : exchange(requests)) {
        if (answer instanceof KvpAnswer.Item item) {
          items.add(item);
        } else if (answer.isEnd()) {
          return items.build();
        } else {
          throw new IllegalStateException("the daemon answered an enumeration with " + answer);
        }
      }
    }
  }
}
