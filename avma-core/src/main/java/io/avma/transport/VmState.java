package io.avma.transport;

import com.google.errorprone.annotations.CheckReturnValue;

/** What a VM is doing, as its host sees it. */
@CheckReturnValue
public enum VmState {
  /** It runs. */
  RUNNING,
  /** It is switched off. */
  OFF,
  /** It is paused and keeps its memory. */
  PAUSED,
  /** Its memory is saved to disk. */
  SAVED,
  /** It is on its way from one state to another. */
  CHANGING,
  /** The host says something else. */
  OTHER,
  /** Nobody has looked. */
  UNKNOWN;

  /**
   * Returns the state for an {@code EnabledState} of {@code Msvm_ComputerSystem}. Source: recorded
   * answers of hosts (2, 3, 32768, 32769; observed) and the enumeration in libvirt (4, 10 and 32770
   * to 32777; secondary).
   */
  public static VmState ofEnabledState(int number) {
    return switch (number) {
      case 2 -> RUNNING;
      case 3 -> OFF;
      case 32768 -> PAUSED;
      case 32769 -> SAVED;
      case 4, 10, 32770, 32771, 32773, 32774, 32776, 32777 -> CHANGING;
      default -> OTHER;
    };
  }
}
