package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonObject;
import io.avma.kvp.KvpSource;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmReading;
import io.avma.transport.wsman.ClusterMembership;
import io.avma.transport.wsman.Wql;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManHost;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** {@code avma host doctor}: goes the way to a host step by step, until one fails. */
final class HostDoctor {
  /** The steps, in the order in which one needs the other. */
  enum Step {
    NAME,
    PORT,
    TLS,
    AUTHENTICATION,
    VIRTUALIZATION_RIGHTS,
    SYSTEM_RIGHTS,
    LOG_RIGHTS,
    QUOTAS,
    CLUSTER_RIGHTS
  }

  private final Console console;
  private final boolean json;
  private final HostAccess.Ready ready;

  HostDoctor(Console console, boolean json, HostAccess.Ready ready) {
    this.console = console;
    this.json = json;
    this.ready = ready;
  }

  /** Examines one host after another; 1 if a step of one fails. */
  ExitCode examine(ImmutableList<HostAddress> hosts) {
    ExitCode code = ExitCode.ANSWERED;
    for (HostAddress host : hosts) {
      if (!healthy(host)) {
        code = ExitCode.NO;
      }
    }
    return code;
  }

  private boolean healthy(HostAddress host) {
    for (Step step : Step.values()) {
      try {
        if (step == Step.TLS && !host.endpoint().tls()) {
          continue;
        }
        take(step, host);
        said(host, step, Optional.empty());
      } catch (TransportException e) {
        // A quota strikes in the middle of another step, and its remedy is the quota's.
        said(host, isQuota(e.reason()) ? Step.QUOTAS : step, Optional.of(e));
        return false;
      }
    }
    return true;
  }

  private static boolean isQuota(Reason reason) {
    return reason == Reason.BUSY || reason == Reason.TOO_LARGE;
  }

  private void take(Step step, HostAddress host) throws TransportException {
    WsManEndpoint endpoint = host.endpoint();
    switch (step) {
      case NAME -> resolve(endpoint);
      case PORT -> connect(endpoint);
      case TLS -> shakeHands(endpoint);
      case AUTHENTICATION -> {
        try (WsManClient client = ready.client(endpoint)) {
          var unused = client.identify();
        }
      }
      case VIRTUALIZATION_RIGHTS ->
          query(endpoint, "root/virtualization/v2", "Msvm_VirtualSystemManagementService");
      case SYSTEM_RIGHTS -> query(endpoint, "root/cimv2", "Win32_OperatingSystem");
      case LOG_RIGHTS -> {
        try (WsManHost open = ready.open(host);
            EventSource events = open.events()) {
          var unused = events.read(EventBookmark.start(), EventFilter.activations(), 1);
        }
      }
      case QUOTAS -> { // as much at once as a host is ever asked for
        try (WsManHost open = ready.open(host)) {
          for (VmReading vm : open.sweep(SweepScope.everything().only(KvpSource.INTRINSIC))) {
            if (vm instanceof VmReading.Unreadable failed && isQuota(failed.reason())) {
              throw new TransportException(failed.reason(), failed.message());
            }
          }
        }
      }
      case CLUSTER_RIGHTS -> { // last, for everything else is told without them
        try (WsManHost open = ready.open(host)) {
          if (open.cluster() instanceof ClusterMembership.NotTold not) {
            throw new TransportException(not.reason(), not.message());
          }
        }
      }
    }
  }

  private static void resolve(WsManEndpoint endpoint) throws TransportException {
    try {
      var unused = InetAddress.getAllByName(endpoint.host());
    } catch (IOException e) {
      throw new TransportException(
          Reason.UNREACHABLE, endpoint.host() + " is no name that is known here", e);
    }
  }

  private void connect(WsManEndpoint endpoint) throws TransportException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(endpoint.host(), endpoint.port()),
          (int) ready.options().connectTimeout().toMillis());
    } catch (IOException e) {
      throw new TransportException(
          Reason.UNREACHABLE, "nobody answers at port " + endpoint.port(), e);
    }
  }

  /** A refusal of the login is no trouble of TLS: it came through it. */
  private void shakeHands(WsManEndpoint endpoint) throws TransportException {
    try (WsManClient client = WsManClient.open(endpoint, WsManLogin.none(), ready.options())) {
      var unused = client.identify();
    } catch (TransportException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof SSLException) {
          throw e;
        }
      }
    }
  }

  private void query(WsManEndpoint endpoint, String namespace, String name)
      throws TransportException {
    try (WsManClient client = ready.client(endpoint)) {
      if (client.enumerate(WsManQuery.of(namespace, Wql.select("*").from(name))).isEmpty()) {
        throw new TransportException(Reason.NOT_FOUND, endpoint + ": there is no " + name);
      }
    }
  }

  private void said(HostAddress host, Step step, Optional<TransportException> failure) {
    Optional<String> remedy =
        failure.map(e -> HostRemedy.of(step, host.endpoint(), ready.auth(), e));
    if (json) {
      console
          .json()
          .object(
              "host-step",
              object ->
                  object
                      .foreign("host", host.id().value())
                      .text("url", host.endpoint().toString())
                      .word("step", step)
                      .flag("passed", failure.isEmpty())
                      .text("message", failure.map(e -> String.valueOf(e.getMessage())))
                      .text("remedy", remedy));
      return;
    }
    String name = JsonObject.word(step);
    console.line(
        host.id() + "  " + name + "  " + failure.map(e -> "fails: " + e.getMessage()).orElse("ok"));
    remedy.ifPresent(command -> console.line("  " + command));
  }
}
