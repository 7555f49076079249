package io.avma.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.avma.catalog.KeyCatalog;
import io.avma.cli.fleet.FleetReader;
import io.avma.cli.simulation.ServedFleet;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.server.WsManServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The hosts of a fleet behind endpoints in this process, and the files to reach them. */
final class ServedHosts implements AutoCloseable {
  static final String PASSWORD = "Sehr-geheim-0815";

  private final WsManServer server;
  private final Path folder;

  private ServedHosts(WsManServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  WsManServer server() {
    return server;
  }

  static ServedHosts of(Path fleet, Path folder) throws Exception {
    var datacenter = ServedFleet.of(FleetReader.read(fleet, KeyCatalog.standard()), 0).datacenter();
    return new ServedHosts(
        WsManServer.builder(datacenter::open)
            .login("reader", PASSWORD.toCharArray())
            .allowUnencrypted()
            .start(),
        folder);
  }

  /** Returns a file with each host's URL and name, and further lines. */
  Path hosts(String... more) throws IOException {
    List<String> lines = new ArrayList<>(List.of("# hosts of a test", ""));
    server.endpoints().forEach(one -> lines.add(one.uri() + " " + one.host()));
    lines.addAll(List.of(more));
    return Files.write(folder.resolve("hosts.txt"), lines);
  }

  /** Changes the data centre behind the endpoints. */
  void change(Consumer<SimulatedDatacenter> what) {
    boolean unused =
        server.call(
            datacenter -> {
              what.accept(datacenter);
              return true;
            });
  }

  <T> T told(Function<SimulatedDatacenter, T> what) {
    return server.call(what);
  }

  String url() {
    return server.endpoints().get(0).uri().toString();
  }

  static Path credentials(Path folder, String password) throws IOException {
    Path file = folder.resolve("credentials");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.write(file, ("user=reader\npassword=" + password + "\n").getBytes(UTF_8));
  }

  /** Runs {@code avma host} with the right password, and looks for it in all that is printed. */
  Run run(String... args) throws IOException {
    return runWith(PASSWORD, args);
  }

  Run runWith(String password, String... args) throws IOException {
    List<String> line = new ArrayList<>(List.of("host"));
    line.addAll(List.of(args));
    line.addAll(List.of("--auth", "basic", "--basic-over-http", "--timeout", "20"));
    line.addAll(List.of("--credentials", credentials(folder, password).toString()));
    Run run = Run.avma(line.toArray(String[]::new));
    if ((run.out() + run.err()).contains(password)) {
      throw new AssertionError("the password is printed:\n" + run);
    }
    return run;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
