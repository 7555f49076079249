package io.avma.compatibility;

import io.avma.platform.Edition;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;

/** The obstacles that come from the host, in words. */
final class HostObstacles {
  static final Obstacle TOO_OLD =
      new Obstacle(
          Obstacle.Kind.HOST_TOO_OLD,
          "The host runs Windows Server 2012 or earlier, which has no AVMA.",
          "Move the VM to an activated Datacenter host of 2012 R2 or later, not older than the guest.",
          Standing.DOCUMENTED);
  static final Obstacle FREE_HYPER_V_SERVER =
      new Obstacle(
          Obstacle.Kind.HYPER_V_SERVER,
          "The host is the free Hyper-V Server, which activates nobody.",
          "Install Windows Server Datacenter on the host, or activate the guest by KMS or MAK.",
          Standing.DOCUMENTED);
  static final Obstacle CLIENT =
      new Obstacle(
          Obstacle.Kind.HOST_IS_CLIENT,
          "The host is a Windows client, which activates nobody.",
          "Move the VM to an activated Windows Server Datacenter host.",
          Standing.DOCUMENTED);
  static final Obstacle AZURE =
      new Obstacle(
          Obstacle.Kind.IN_AZURE,
          "The VM runs in public Azure, which does not support AVMA (0xC004FD01, 0xC004FD02).",
          "Install the KMS client key of the guest's release and edition; Azure runs a KMS host.",
          Standing.DOCUMENTED);
  static final Obstacle NESTED =
      new Obstacle(
          Obstacle.Kind.NESTED_IN_AZURE,
          "The host is itself a virtual machine in Azure, so its guests get 0xC004FD02.",
          "Install the KMS client key of the guest's release and edition instead.",
          Standing.SECONDARY);
  static final Obstacle OTHER_VENDOR =
      new Obstacle(
          Obstacle.Kind.OTHER_HYPERVISOR,
          "The host runs a hypervisor of another vendor; AVMA needs Hyper-V.",
          "Activate the guest by KMS, Active Directory or MAK, or move it to Hyper-V.",
          Standing.DOCUMENTED);
  static final Obstacle NO_ROLE =
      new Obstacle(
          Obstacle.Kind.NO_HYPER_V_ROLE,
          "The Hyper-V role is not installed on the host.",
          "Install it: Install-WindowsFeature Hyper-V -IncludeManagementTools -Restart.",
          Standing.DOCUMENTED);
  static final Obstacle NOT_ACTIVATED =
      new Obstacle(
          Obstacle.Kind.HOST_NOT_ACTIVATED,
          "The host itself is not activated, so its guests get 0xC004FD02.",
          "Activate the host with its own key (volume or OEM); look with slmgr /dlv.",
          Standing.DOCUMENTED);
  static final Obstacle EVALUATION =
      new Obstacle(
          Obstacle.Kind.HOST_EVALUATION,
          "The host runs from evaluation media, which activates nobody.",
          "Convert it: DISM /Online /Set-Edition:ServerDatacenter with the host's own key.",
          Standing.SECONDARY);
  static final Obstacle LOCAL_NOT_LICENSED =
      new Obstacle(
          Obstacle.Kind.AZURE_LOCAL_NOT_LICENSED,
          "The Azure Local host has neither Windows Server host keys nor the subscription.",
          "Set a host key (Set-VMAutomaticActivation) or switch the subscription on"
              + " (Set-AzStackHCI -EnableWSsubscription $true).",
          Standing.DOCUMENTED);
  static final Obstacle SUBSCRIPTION_LAPSED =
      new Obstacle(
          Obstacle.Kind.AZURE_LOCAL_SUBSCRIPTION_LAPSED,
          "The Windows Server subscription of the Azure Local host is not in force, or the machine"
              + " has not synchronized for 30 days.",
          "Look with Get-AzureStackHCISubscriptionStatus; renew it, or synchronize with Azure.",
          Standing.DOCUMENTED);

  static final Obstacle HUB_NOT_ACTIVATED =
      new Obstacle(
          Obstacle.Kind.HOST_NOT_ACTIVATED,
          "The machines of Azure Stack Hub are not activated, so their guests get 0xC004FD02.",
          "Ask the operator of Azure Stack Hub to activate them.",
          Standing.DOCUMENTED);
  static final Obstacle HUB_EVALUATION =
      new Obstacle(
          Obstacle.Kind.HOST_EVALUATION,
          "Azure Stack Hub runs from evaluation media, which activates nobody.",
          "Move the VM to a licensed system, or activate the guest by KMS or MAK.",
          Standing.SECONDARY);

  private HostObstacles() {}

  static Obstacle notDatacenter(Edition edition) {
    return new Obstacle(
        Obstacle.Kind.NOT_DATACENTER,
        "The host's edition is " + edition.displayName() + "; only Datacenter activates guests.",
        "Move the VM to a Datacenter host, or upgrade the host's edition.",
        Standing.DOCUMENTED);
  }

  static Obstacle localKeyTooOld(WindowsRelease key) {
    return new Obstacle(
        Obstacle.Kind.AZURE_LOCAL_KEY_TOO_OLD,
        "The host key is one of "
            + key.displayName()
            + "; Azure Local takes keys of Windows Server 2019 Datacenter and later.",
        "Set a host key of 2019 or later, not older than the newest guest, on every machine.",
        Standing.DOCUMENTED);
  }
}
