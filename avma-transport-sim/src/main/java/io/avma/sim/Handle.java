package io.avma.sim;

import static com.google.common.base.Preconditions.checkState;

import io.avma.platform.ForeignText;
import org.jspecify.annotations.Nullable;

/** The two things that every handle checks before it does anything: is it open, and whose is it. */
final class Handle {
  final Engine engine;
  private final String name;
  private final @Nullable Handle parent;
  private boolean closed;

  Handle(Engine engine, String name) {
    this.engine = engine;
    this.name = name;
    parent = null;
  }

  /** Returns a handle that closes with {@code parent}. */
  Handle(Handle parent, String name) {
    engine = parent.engine;
    this.name = name;
    this.parent = parent;
  }

  void check() {
    engine.checkThread();
    if (parent != null) {
      parent.check();
    }
    checkState(!closed, "%s is closed", ForeignText.escape(name, 80));
  }

  boolean isOpen() {
    return !closed && (parent == null || parent.isOpen());
  }

  void close() {
    engine.checkOwner();
    closed = true;
  }

  String name() {
    return name;
  }
}
