package io.avma.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.cli.output.Console;
import io.avma.cli.output.Screen;
import io.avma.cli.output.TextTable;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSource;
import io.avma.platform.ForeignText;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;

/** {@code avma host kvp}: the Data Exchange items of all machines, escaped. */
final class HostItems {
  /** As long as keys and values get in Data Exchange, about; what is longer says by how much. */
  private static final int LONGEST_KEY = 512;

  private static final int LONGEST_VALUE = 2048;

  private final Console console;
  private final HostAsking asking;
  private final boolean json;

  HostItems(Console console, HostAsking asking, boolean json) {
    this.console = console;
    this.asking = asking;
    this.json = json;
  }

  ExitCode print() throws TransportException {
    ImmutableMap<HostAddress, ImmutableList<VmReading>> answers =
        asking.ask((address, host) -> host.sweep(SweepScope.everything()));
    answers.forEach(
        (address, vms) -> {
          asking.machines(address, vms);
          for (VmReading vm : vms) {
            if (vm instanceof VmReading.Read read) {
              print(address, read);
            }
          }
        });
    return asking.end(answers.size(), "");
  }

  private void print(HostAddress address, VmReading.Read vm) {
    TextTable table = new TextTable("source", "key", "value");
    for (KvpSource source : KvpSource.values()) {
      for (KvpItem item : vm.snapshot().items(source)) {
        if (json) {
          object(address, vm, source, item);
        } else {
          table.row(
              source.label(),
              ForeignText.escape(item.key(), LONGEST_KEY),
              ForeignText.escape(item.value(), LONGEST_VALUE));
        }
      }
    }
    if (!json) {
      console.sentence(Screen.Paint.HEADING, address.id() + " " + vm.facts());
      table.print(console);
      console.line();
    }
  }

  private void object(HostAddress address, VmReading.Read vm, KvpSource source, KvpItem item) {
    console
        .json()
        .object(
            "host-item",
            object ->
                object
                    .foreign("host", address.id().value())
                    .text("vm_id", vm.vm().toString())
                    .foreign("vm", vm.facts().name())
                    .text("source", source.label())
                    .foreign("key", item.key())
                    .foreign("value", item.value()));
  }
}
