package io.avma.testkit.container;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpPool;
import io.avma.transport.TransportException;
import io.avma.transport.device.KvpAnswer;
import io.avma.transport.device.KvpMessageCodec;
import io.avma.transport.device.KvpRequest;
import java.util.Arrays;
import java.util.List;

/**
 * A file that plays the kernel's side of a conversation with the daemon.
 *
 * <p>The daemon reads and writes its device through one descriptor, and a regular file has one
 * offset for both, so requests and room for the answers follow each other:
 *
 * <pre>
 *   slot 0        room for the daemon's registration
 *   slot 1        the kernel's answer to it
 *   slot 2 + 2n   request n
 *   slot 3 + 2n   room for answer n
 *   last slot     a request whose answer would begin behind the end
 * </pre>
 *
 * The daemon runs under a limit of the size of files that is exactly the tape's length, so the
 * answer to the last request ends it with SIGXFSZ. The same limit holds for the pools, hence the
 * padding by requests that change nothing.
 */
final class DaemonTape {
  /** 128 and SIGXFSZ: the daemon has played the tape to its end. */
  static final int PLAYED = 153;

  private static final int SLOT = KvpMessageCodec.LENGTH;
  private static final String VERSION = "3.1";

  /** Nothing that a message begins with, so that an answer which was not written shows. */
  private static final byte BLANK = (byte) 0xA5;

  private static final KvpRequest IDLE = KvpRequest.enumerate(KvpPool.AUTO, 99);

  private final ImmutableList<KvpRequest> requests;
  private final byte[] bytes;

  /** Makes a tape of {@code requests} that lets pools grow to {@code poolBytes}. */
  DaemonTape(List<KvpRequest> requests, long poolBytes) {
    this.requests = ImmutableList.copyOf(requests);
    long exchanges = Math.max(requests.size(), poolBytes / (2 * SLOT) + 1);
    bytes = new byte[Math.toIntExact((3 + 2 * exchanges) * SLOT)];
    Arrays.fill(bytes, BLANK);
    put(1, KvpRequest.register(VERSION));
    for (int i = 0; i < exchanges; i++) {
      put(2 + 2 * i, i < requests.size() ? requests.get(i) : IDLE);
    }
    put(bytes.length / SLOT - 1, IDLE);
  }

  private void put(int slot, KvpRequest request) {
    System.arraycopy(KvpMessageCodec.encode(request), 0, bytes, slot * SLOT, SLOT);
  }

  /** Returns the tape as it is before the daemon plays it; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * Returns what the daemon answered.
   *
   * @param played the tape after the daemon has played it
   * @throws IllegalStateException if it did not answer everything
   */
  ImmutableList<KvpAnswer> answers(byte[] played) throws TransportException {
    checkState(
        played.length == bytes.length,
        "the tape has %s bytes after the run (expected: %s)",
        played.length,
        bytes.length);
    checkState(!isBlank(played, 0), "the daemon did not register");
    ImmutableList.Builder<KvpAnswer> answers = ImmutableList.builder();
    for (int i = 0; i < requests.size(); i++) {
      int slot = 3 + 2 * i;
      checkState(
          !isBlank(played, slot),
          "the daemon stopped at request %s of %s: %s",
          i,
          requests.size(),
          requests.get(i));
      byte[] message = Arrays.copyOfRange(played, slot * SLOT, (slot + 1) * SLOT);
      answers.add(KvpMessageCodec.decodeAnswer(requests.get(i), message));
    }
    return answers.build();
  }

  private static boolean isBlank(byte[] tape, int slot) {
    for (int i = slot * SLOT; i < (slot + 1) * SLOT; i++) {
      if (tape[i] != BLANK) {
        return false;
      }
    }
    return true;
  }
}
