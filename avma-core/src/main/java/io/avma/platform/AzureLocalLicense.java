package io.avma.platform;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * What an Azure Local host activates its guests with. Source: Microsoft, "Activate Windows Server
 * VMs on Azure Local" (documented).
 */
@CheckReturnValue
public sealed interface AzureLocalLicense {
  /**
   * Windows Server host keys were installed with {@code Set-VMAutomaticActivation}.
   *
   * @param release the release of the host key; 2019 or later is accepted by Azure Local
   */
  record HostKey(WindowsRelease release) implements AzureLocalLicense {}

  /**
   * The Windows Server subscription is switched on.
   *
   * @param current whether it is in force and the machine has synchronized within 30 days
   */
  record Subscription(Ternary current) implements AzureLocalLicense {}

  /** Neither host keys nor a subscription. */
  record None() implements AzureLocalLicense {}

  /** Nobody has looked. */
  record Unknown() implements AzureLocalLicense {}
}
