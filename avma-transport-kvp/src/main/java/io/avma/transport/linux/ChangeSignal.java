package io.avma.transport.linux;

import java.io.IOException;
import java.nio.file.Path;

/** Says when something in a directory may have changed. */
interface ChangeSignal {
  /** Whoever wants to know. Calls do not overlap. */
  interface Receiver {
    /** The file with this name may have changed. */
    void changed(String fileName);

    /** Anything may have changed. */
    void anythingChanged();
  }

  /** A signal that has been started. */
  interface Started extends AutoCloseable {
    /** Ends the signal. A call under way may still finish. Idempotent. */
    @Override
    void close();
  }

  /** Starts telling {@code receiver}; whatever changes from now on is told. */
  Started start(Path directory, Receiver receiver) throws IOException;
}
