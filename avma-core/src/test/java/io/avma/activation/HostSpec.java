package io.avma.activation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.platform.Edition;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** The host's half of {@code docs/spec/activation.md}. */
final class HostSpec {
  /**
   * One input of the host's table.
   *
   * @param name its name in the table
   * @param input the input
   * @param now when it comes
   */
  record Case(String name, HostInput input, Instant now) {}

  static final HostCoverage ABLE = HostCoverage.of(HostProfile.datacenter(WindowsRelease.WS_2022));
  static final HostCoverage UNLICENSED =
      HostCoverage.of(
          HostProfile.datacenter(WindowsRelease.WS_2022).toBuilder().activated(Ternary.NO).build());
  static final HostCoverage WITHOUT_ROLE =
      HostCoverage.of(
          HostProfile.datacenter(WindowsRelease.WS_2022).toBuilder()
              .hyperVRole(Ternary.NO)
              .build());
  static final AvmaId UNCOVERED =
      Examples.avma(WindowsRelease.WS_2025, Edition.DATACENTER).avmaId();

  private HostSpec() {}

  static HostActivation host(HostCoverage coverage) {
    return HostActivation.of(Examples.HOST, coverage, Examples.TERMS);
  }

  static HostActivation full(HostCoverage coverage) {
    HostActivation host = host(coverage);
    for (int i = 0; i < Examples.TERMS.throttleLimit(); i++) {
      host = host.on(request(Examples.KEY.avmaId()), Examples.NOW).next();
    }
    return host;
  }

  static HostInput request(AvmaId avmaId) {
    return new HostInput.RequestArrived(
        new ActivationRequest(Examples.VM, avmaId, Examples.PENDING));
  }

  static ImmutableMap<String, HostActivation> hosts() {
    return ImmutableMap.of(
        "SILENT (no Hyper-V that supports AVMA)", host(WITHOUT_ROLE),
        "NOT_ACTIVATED", host(UNLICENSED),
        "NOT_ACTIVATED, its limit reached: THROTTLING", full(UNLICENSED),
        "ACTIVATING", host(ABLE),
        "ACTIVATING, its limit reached: THROTTLING", full(ABLE));
  }

  static ImmutableList<Case> cases() {
    Instant now = Examples.NOW;
    Instant later = now.plus(Examples.TERMS.throttleWindow());
    return ImmutableList.of(
        new Case("REQUEST_ARRIVED, covered", request(Examples.KEY.avmaId()), now),
        new Case("REQUEST_ARRIVED, not covered", request(UNCOVERED), now),
        new Case("REQUEST_ARRIVED, a window later", request(Examples.KEY.avmaId()), later),
        new Case(
            "REQUEST_ARRIVED, clock set back",
            request(Examples.KEY.avmaId()),
            now.minus(Duration.ofHours(1))),
        new Case("REQUEST_DAMAGED", new HostInput.RequestDamaged(), now),
        new Case("COVERAGE_CHANGED, license lost", new HostInput.CoverageChanged(UNLICENSED), now),
        new Case("COVERAGE_CHANGED, license found", new HostInput.CoverageChanged(ABLE), now),
        new Case("RESTARTED", new HostInput.Restarted(), now));
  }

  static void render(StringBuilder page) {
    page.append("\n## The host\n");
    hosts()
        .forEach(
            (name, host) -> {
              page.append("\n### ").append(name).append("\n\n");
              page.append("| Input | Next | Requests counted | Effects |\n|---|---|---|---|\n");
              for (Case asked : cases()) {
                row(page, host, asked);
              }
            });
  }

  private static void row(StringBuilder page, HostActivation host, Case asked) {
    Transition<HostActivation> transition = host.on(asked.input(), asked.now());
    page.append("| ").append(asked.name()).append(" | ");
    if (transition.isRejected()) {
      page.append("*rejected: ")
          .append(transition.rejection().orElseThrow().reason().label())
          .append("* | | |\n");
    } else if (transition.next().equals(host) && transition.effects().isEmpty()) {
      page.append("nothing changes | | |\n");
    } else {
      page.append(transition.next().roleAt(asked.now()))
          .append(" | ")
          .append(transition.next().requestsAt(asked.now()))
          .append(" | ")
          .append(
              transition.effects().stream()
                  .map(ActivationSpec::effect)
                  .collect(Collectors.joining("; ")))
          .append(" |\n");
    }
  }
}
