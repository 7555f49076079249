package io.avma.compatibility;

import com.google.errorprone.annotations.CheckReturnValue;

/** Something a profile does not say and the verdict depends on. */
@CheckReturnValue
public enum OpenQuestion {
  /** What kind of system the host is. */
  HOST_PLATFORM("what kind of system the host is"),
  /** The host's release. */
  HOST_RELEASE("the host's release"),
  /** The host's edition. */
  HOST_EDITION("the host's edition"),
  /** Whether the host runs from evaluation media. */
  HOST_EVALUATION("whether the host runs from evaluation media"),
  /** Whether the Hyper-V role is installed. */
  HYPER_V_ROLE("whether the Hyper-V role is installed"),
  /** Whether the host is activated. */
  HOST_ACTIVATED("whether the host itself is activated"),
  /** Whether the host is a VM in public Azure. */
  NESTED_IN_AZURE("whether the host is itself a virtual machine in Azure"),
  /** What an Azure Local host is licensed with. */
  AZURE_LOCAL_LICENSE("what the Azure Local host activates guests with"),
  /** Whether the Azure Local subscription is current. */
  SUBSCRIPTION_CURRENT("whether the subscription is in force and was synchronized within 30 days"),
  /** The guest's system. */
  GUEST_SYSTEM("the guest's operating system"),
  /** Whether the guest runs from evaluation media. */
  GUEST_EVALUATION("whether the guest runs from evaluation media"),
  /** Whether Data Exchange is enabled for the VM. */
  DATA_EXCHANGE("whether Data Exchange is enabled for the VM"),
  /** Whether the VM is shielded. */
  SHIELDED("whether the VM is shielded");

  private final String text;

  OpenQuestion(String text) {
    this.text = text;
  }

  /** Returns what to find out, as it stands in a sentence: {@code the host's release}. */
  public String text() {
    return text;
  }
}
