package io.avma.benchmarks;

import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManHost;
import io.avma.transport.wsman.WsManHosts;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * All items of all machines of many hosts over WS-Management: {@code java -Xmx256m -cp
 * benchmarks.jar io.avma.benchmarks.HostSweeps HOSTS MACHINES_PER_HOST SWEEPS}. The hosts are
 * simulated in a process of their own ({@link SweptFleet}). Connections stay open from sweep to
 * sweep. Says what both heaps hold behind a collection after some sweeps, and what each sweep took
 * of the processors, which others may use meanwhile.
 */
public final class HostSweeps {
  private static final int AT_ONCE = 16;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private HostSweeps() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int hosts = Integer.parseInt(arguments[0]);
    int machines = Integer.parseInt(arguments[1]);
    int sweeps = Integer.parseInt(arguments[2]);
    Process server = SweptFleet.start(hosts, machines);
    try (BufferedReader told = server.inputReader()) {
      List<WsManHost> open = new ArrayList<>();
      for (String url : SweptFleet.urls(told)) {
        open.add(host(url));
      }
      double[] rates = new double[sweeps];
      for (int sweep = 0; sweep < sweeps; sweep++) {
        long here = cpu(ProcessHandle.current());
        long there = cpu(server.toHandle());
        long start = System.nanoTime();
        long items = sweep(open);
        long nanos = System.nanoTime() - start;
        here = cpu(ProcessHandle.current()) - here;
        there = cpu(server.toHandle()) - there;
        if (items != (long) hosts * machines * SweptFleet.ITEMS) {
          throw new AssertionError(items + " items");
        }
        rates[sweep] = hosts * machines * 1e9 / nanos;
        boolean weighed = sweep < 3 || (sweep + 1) % 5 == 0;
        print(
            "sweep %d: %,d ms (%,d ms of CPU here, %,d there), %,.0f VMs a second%s",
            sweep + 1,
            nanos / 1_000_000,
            here,
            there,
            rates[sweep],
            weighed ? heaps(server, told) : "");
      }
      Arrays.sort(rates);
      print("%,.0f VMs a second (median of %d sweeps)", rates[sweeps / 2], sweeps);
      open.forEach(WsManHost::close);
    } finally {
      server.getOutputStream().close();
    }
  }

  private static WsManHost host(String url) throws TransportException {
    return WsManHost.open(
        WsManEndpoint.parse(url),
        WsManLogin.basic(
            endpoint -> new Credentials(SweptFleet.USER, SweptFleet.PASSWORD.toCharArray())),
        WsManOptions.STANDARD.allowingBasicWithoutTls());
  }

  /** Returns how many items all machines have together. */
  private static long sweep(List<WsManHost> hosts) throws Exception {
    List<WsManHosts.Question<Integer>> questions = new ArrayList<>();
    for (WsManHost host : hosts) {
      questions.add(
          () -> {
            int items = 0;
            for (VmReading vm : host.sweep(SweepScope.everything())) {
              items += SweptFleet.count(vm);
            }
            return items;
          });
    }
    long items = 0;
    for (var outcome : WsManHosts.ask(questions, AT_ONCE, LIMIT, unused -> {})) {
      if (outcome.failure().isPresent()) {
        throw outcome.failure().get();
      }
      items += outcome.answer().orElseThrow();
    }
    return items;
  }

  static long cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  private static String heaps(Process server, BufferedReader told) throws IOException {
    server.getOutputStream().write('\n');
    server.getOutputStream().flush();
    return String.format(
        Locale.ROOT,
        "; heap %,d KB here, %,d KB there",
        Memory.used() >> 10,
        Long.parseLong(told.readLine()) >> 10);
  }

  private static void print(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
