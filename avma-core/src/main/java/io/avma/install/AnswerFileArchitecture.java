package io.avma.install;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;
import java.util.Optional;

/** The processor architecture that a component of an answer file is for. */
@CheckReturnValue
public enum AnswerFileArchitecture {
  /** 64-bit x86: every guest of Hyper-V that AVMA is documented for. */
  AMD64("amd64"),
  /** 64-bit Arm. Whether AVMA works in such a guest is not documented. */
  ARM64("arm64");

  private final String label;

  AnswerFileArchitecture(String label) {
    this.label = label;
  }

  /** Returns the word that answer files use: {@code amd64}. */
  public String label() {
    return label;
  }

  /** Returns the architecture that answer files call {@code name}; case does not matter. */
  public static Optional<AnswerFileArchitecture> named(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    for (AnswerFileArchitecture architecture : values()) {
      if (architecture.label.equals(wanted)) {
        return Optional.of(architecture);
      }
    }
    return Optional.empty();
  }
}
