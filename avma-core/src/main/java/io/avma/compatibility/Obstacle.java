package io.avma.compatibility;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Standing;

/**
 * One reason why a host will not activate a guest.
 *
 * @param kind what stands in the way
 * @param explanation the reason in one sentence
 * @param remedy what to do about it, in one sentence
 * @param standing how well the rule behind it is founded
 */
@CheckReturnValue
public record Obstacle(Kind kind, String explanation, String remedy, Standing standing) {
  /** What can stand in the way. Constants in the order in which obstacles are reported. */
  public enum Kind {
    /** The host runs a hypervisor of another vendor. */
    OTHER_HYPERVISOR,
    /** The VM runs in public Azure. */
    IN_AZURE,
    /** The host is itself a VM in public Azure. */
    NESTED_IN_AZURE,
    /** The host runs Windows Server 2012 or earlier. */
    HOST_TOO_OLD,
    /** The host is the free Hyper-V Server. */
    HYPER_V_SERVER,
    /** The host is a Windows client. */
    HOST_IS_CLIENT,
    /** The Hyper-V role is not installed. */
    NO_HYPER_V_ROLE,
    /** The host's edition is not Datacenter. */
    NOT_DATACENTER,
    /** The host runs from evaluation media. */
    HOST_EVALUATION,
    /** The host itself is not activated. */
    HOST_NOT_ACTIVATED,
    /** An Azure Local host has neither host keys nor a subscription. */
    AZURE_LOCAL_NOT_LICENSED,
    /** The host key of an Azure Local host is of a release that Azure Local does not take. */
    AZURE_LOCAL_KEY_TOO_OLD,
    /** The subscription of an Azure Local host is not in force or not synchronized. */
    AZURE_LOCAL_SUBSCRIPTION_LAPSED,
    /** The guest is no Windows Server. */
    GUEST_NOT_WINDOWS_SERVER,
    /** The guest runs Windows Server 2012 or earlier, or a release that this host leaves out. */
    GUEST_TOO_OLD,
    /** The guest's release is newer than the host's, or than the host key on Azure Local. */
    GUEST_NEWER_THAN_HOST,
    /** No AVMA key is known for the guest's release and edition. */
    NO_AVMA_KEY,
    /** The guest is Azure Edition and the host is neither Azure Local nor Azure. */
    AZURE_EDITION_OUTSIDE_AZURE,
    /** The guest runs from evaluation media. */
    GUEST_EVALUATION,
    /** The Data Exchange integration service is disabled for the VM. */
    DATA_EXCHANGE_OFF,
    /** The VM is shielded, which blocks Data Exchange. */
    SHIELDED
  }
}
