package io.avma.tracking;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.VmId;

/** What an observation is kept under: a VM, or the host whose log or profile it comes from. */
@CheckReturnValue
public sealed interface Subject extends Comparable<Subject> {
  /**
   * A virtual machine.
   *
   * @param id its identifier
   */
  record Vm(VmId id) implements Subject {
    @Override
    public int compareTo(Subject other) {
      return other instanceof Vm vm ? id.compareTo(vm.id) : -1;
    }

    @Override
    public String toString() {
      return id.toString();
    }
  }

  /**
   * A virtualization host.
   *
   * @param id the name it is known by
   */
  record Host(HostId id) implements Subject {
    @Override
    public int compareTo(Subject other) {
      return other instanceof Host host ? id.compareTo(host.id) : 1;
    }

    @Override
    public String toString() {
      return id.toString();
    }
  }
}
