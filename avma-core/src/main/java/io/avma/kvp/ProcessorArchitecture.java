package io.avma.kvp;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;
import java.util.Optional;

/**
 * A processor architecture, by the numbers of Windows' {@code SYSTEM_INFO} (documented) or the
 * machine names of Linux.
 */
@CheckReturnValue
public enum ProcessorArchitecture {
  /** 32-bit Intel and AMD. */
  X86(0),
  /** 32-bit ARM. */
  ARM(5),
  /** Itanium. */
  IA64(6),
  /** 64-bit Intel and AMD. */
  X64(9),
  /** 64-bit ARM. */
  ARM64(12);

  private final int number;

  ProcessorArchitecture(int number) {
    this.number = number;
  }

  /** Returns the number that Windows uses, for example 9 for {@link #X64}. */
  public int number() {
    return number;
  }

  /**
   * Returns the architecture that {@code text} means: a number of Windows ({@code 9}) or a machine
   * name of Linux ({@code x86_64}, {@code i686}, {@code aarch64}), in any case.
   */
  public static Optional<ProcessorArchitecture> parse(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    for (ProcessorArchitecture architecture : values()) {
      if (name.equals(String.valueOf(architecture.number))) {
        return Optional.of(architecture);
      }
    }
    return switch (name) {
      case "x86", "i386", "i486", "i586", "i686" -> Optional.of(X86);
      case "x86_64", "amd64", "x64" -> Optional.of(X64);
      case "aarch64", "arm64" -> Optional.of(ARM64);
      case "ia64" -> Optional.of(IA64);
      default -> name.matches("armv[4-7][a-z]{0,4}") ? Optional.of(ARM) : Optional.empty();
    };
  }
}
