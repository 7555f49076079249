package io.avma.transport.linux;

import java.nio.file.Path;
import java.time.Duration;

/** Says when something in a directory may have changed. */
interface ChangeSignal {
  /** Whoever wants to know. Never throws; calls may overlap. */
  interface Receiver {
    /** The file with this name may have changed. */
    void changed(String fileName);

    /** Anything may have changed. */
    void anythingChanged();

    /** The time of {@link Started#retryAfter} is over. */
    void retry();
  }

  /** A signal that has been started. */
  interface Started extends AutoCloseable {
    /** Calls {@link Receiver#retry} once after that time. */
    void retryAfter(Duration time);

    /** Ends the signal. A call under way may still finish. Idempotent. */
    @Override
    void close();
  }

  /** Starts telling {@code receiver}; whatever changes from now on is told, late if need be. */
  Started start(Path directory, Receiver receiver);
}
