package io.avma.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.cli.fleet.FleetReader;
import io.avma.cli.fleet.FleetWriter;
import io.avma.cli.fleet.ReadHost;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.kvp.KvpSource;
import io.avma.platform.ForeignText;
import io.avma.platform.HostProfile;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import io.avma.transport.wsman.ClusterMembership;
import io.avma.transport.wsman.WsManHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code avma host inventory}: from hosts to the files that {@code avma plan} reads. */
final class HostInventory {
  private final Console console;
  private final HostAsking asking;
  private final Path directory;

  HostInventory(Console console, HostAsking asking, Path directory) {
    this.console = console;
    this.asking = asking;
    this.directory = directory;
  }

  private record Told(
      HostProfile profile, ImmutableList<VmReading> vms, ClusterMembership cluster) {}

  ExitCode write() throws InputException, TransportException {
    if (!Files.isDirectory(directory)) { // before hosts are asked for long
      throw new InputException(
          Complaint.about(shown(), "is no directory.", "Make it first, or give another."));
    }
    ImmutableMap<HostAddress, Told> answers =
        asking.ask(
            (address, host) ->
                new Told(
                    host.profile(),
                    host.sweep(SweepScope.everything().only(KvpSource.INTRINSIC)),
                    cluster(host))); // last: what guards it may be slow
    answers.forEach(
        (address, host) -> {
          asking.cluster(address, host.cluster());
          asking.machines(address, host.vms());
        });
    if (answers.isEmpty()) { // what an earlier run wrote says more than nothing
      return asking.end(0, "; nothing was written");
    }
    FleetWriter writer = FleetWriter.of(read(answers));
    writer.notes().forEach(note -> console.complain("avma host: " + note));
    try {
      write(FleetReader.HOSTS, writer.hosts());
      write(FleetReader.VMS, writer.vms());
    } catch (IOException e) {
      throw new InputException(
          Complaint.about(
              shown(), "cannot be written to.", "Check the permissions, and that there is room."));
    }
    int vms = answers.values().stream().mapToInt(host -> host.vms().size()).sum();
    return asking.end(answers.size(), ", " + vms + " machines; see 'avma plan " + shown() + "'");
  }

  /** Whatever happens to this question, what the host has told until then counts. */
  private static ClusterMembership cluster(WsManHost host) throws TransportException {
    try {
      return host.cluster();
    } catch (TransportException e) {
      if (e.reason() == TransportException.Reason.INTERRUPTED) {
        throw e;
      }
      return new ClusterMembership.NotTold(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  private static ImmutableList<ReadHost> read(ImmutableMap<HostAddress, Told> answers) {
    return answers.entrySet().stream()
        .map(
            host ->
                new ReadHost(
                    host.getKey().id(),
                    host.getValue().profile(),
                    HostAsking.name(host.getValue().cluster()),
                    host.getValue().vms()))
        .collect(ImmutableList.toImmutableList());
  }

  private void write(String name, String text) throws IOException {
    WholeFile.write(directory.resolve(name), text.getBytes(UTF_8))
        .forEach(note -> console.complain("avma host: " + name + ": " + note));
  }

  private String shown() {
    return ForeignText.escape(directory.toString(), 200);
  }
}
