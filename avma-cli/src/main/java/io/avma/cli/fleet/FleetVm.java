package io.avma.cli.fleet;

import io.avma.platform.ForeignText;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostId;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import java.util.Optional;

/**
 * A virtual machine of a fleet.
 *
 * @param line the line of the file that describes it, which also tells machines of one name apart
 * @param name its name as the file spells it; not escaped
 * @param id its identifier, if the file gives it
 * @param host the host it stands on
 * @param tenant whose it is, as the file spells it; not escaped
 * @param guest what is known of the guest
 * @param key what is known of the key in it
 * @param state its state as the file spells it, for example {@code running}; not escaped
 * @param activated whether it is activated, by whatever means; asked where AVMA is not the way
 */
public record FleetVm(
    long line,
    String name,
    Optional<VmId> id,
    HostId host,
    Optional<String> tenant,
    GuestProfile guest,
    InstalledKey key,
    Optional<String> state,
    Ternary activated) {

  /** Returns this machine on another host. */
  public FleetVm on(HostId other) {
    return new FleetVm(line, name, id, other, tenant, guest, key, state, activated);
  }

  /** Returns the name, escaped and cut for a table or sentence. */
  public String shownName() {
    return ForeignText.escape(name, 40);
  }

  /** Returns the name and host. */
  @Override
  public String toString() {
    return shownName() + " on " + host;
  }
}
