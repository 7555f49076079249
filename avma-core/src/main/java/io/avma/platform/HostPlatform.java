package io.avma.platform;

/** What kind of system a virtual machine runs on. */
public enum HostPlatform {
  /** Windows Server 2012 R2 or later. */
  WINDOWS_SERVER("Windows Server"),
  /** Windows Server 2012 or earlier; has no AVMA. */
  EARLIER_WINDOWS_SERVER("Windows Server 2012 or earlier"),
  /** Azure Local, formerly Azure Stack HCI; has rules of its own. */
  AZURE_LOCAL("Azure Local"),
  /** Azure Stack Hub. */
  AZURE_STACK_HUB("Azure Stack Hub"),
  /** The free Hyper-V Server; can host, cannot activate. */
  HYPER_V_SERVER("Hyper-V Server"),
  /** Hyper-V on a Windows client. */
  WINDOWS_CLIENT("Windows client"),
  /** Public Azure. */
  AZURE("Azure"),
  /** A hypervisor of another vendor. */
  OTHER_HYPERVISOR("another hypervisor"),
  /** Not known. */
  UNKNOWN("unknown");

  private final String displayName;

  HostPlatform(String displayName) {
    this.displayName = displayName;
  }

  /**
   * Returns whether a host of this kind has an activation of its own that its guests depend on, so
   * that {@link HostProfile#activated()} and {@link HostProfile#evaluation()} count. Azure Local
   * has none: host keys or the subscription decide, see {@link AzureLocalLicense}. The other kinds
   * activate nobody, whatever they are themselves.
   */
  public boolean hasOwnActivation() {
    return this == WINDOWS_SERVER || this == AZURE_STACK_HUB;
  }

  /** Returns the name for people. */
  public String displayName() {
    return displayName;
  }
}
