package io.avma.platform;

import com.google.errorprone.annotations.CheckReturnValue;

/** The operating system of a guest, as far as AVMA is concerned. */
@CheckReturnValue
public sealed interface GuestSystem {
  /** Returns the name for people, escaped. */
  String displayName();

  /**
   * A Windows Server that has AVMA.
   *
   * @param release its release
   * @param edition its edition
   * @param evaluation whether it was installed from evaluation media and not converted since
   */
  record WindowsServer(WindowsRelease release, Edition edition, Ternary evaluation)
      implements GuestSystem {
    @Override
    public String displayName() {
      return release.displayName()
          + " "
          + edition.displayName()
          + (evaluation == Ternary.YES ? " (evaluation)" : "");
    }
  }

  /**
   * A Windows Server before 2012 R2.
   *
   * @param name what it is called, for example {@code Windows Server 2012}
   */
  record EarlierWindowsServer(String name) implements GuestSystem {
    @Override
    public String displayName() {
      return ForeignText.escape(name, 80);
    }
  }

  /**
   * A Windows client.
   *
   * @param name what it is called, for example {@code Windows 11}
   */
  record WindowsClient(String name) implements GuestSystem {
    @Override
    public String displayName() {
      return ForeignText.escape(name, 80);
    }
  }

  /**
   * Linux, FreeBSD or another system that takes no part in AVMA.
   *
   * @param name what it is called
   */
  record NotWindows(String name) implements GuestSystem {
    @Override
    public String displayName() {
      return ForeignText.escape(name, 80);
    }
  }

  /** Nobody has looked. */
  record Unknown() implements GuestSystem {
    @Override
    public String displayName() {
      return "unknown system";
    }
  }
}
