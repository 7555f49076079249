package io.avma.testkit.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.activation.AvmaId;
import io.avma.activation.HostCoverage;
import io.avma.activation.HostCoverage.Answering;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.testkit.arbitrary.AvmaDomain;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

/** How a host answers, in words of its own: from its profile alone, without the matrix. */
@Domain(AvmaDomain.class)
@Domain(DomainContext.Global.class)
class HostAnswersProperties {
  private static Answering expected(HostProfile host) {
    return switch (host.platform()) {
      case WINDOWS_SERVER ->
          host.hyperVRole() == Ternary.YES ? ofItsOwnActivation(host) : Answering.NEVER;
      case AZURE_STACK_HUB -> ofItsOwnActivation(host);
      case AZURE_LOCAL -> azureLocal(host);
      case EARLIER_WINDOWS_SERVER,
          HYPER_V_SERVER,
          WINDOWS_CLIENT,
          AZURE,
          OTHER_HYPERVISOR,
          UNKNOWN ->
          Answering.NEVER;
    };
  }

  private static Answering ofItsOwnActivation(HostProfile host) {
    boolean answers =
        host.activated() == Ternary.YES
            && host.evaluation() != Ternary.YES
            && host.nestedInAzure() != Ternary.YES;
    return answers ? Answering.ACTIVATED : Answering.NOT_ACTIVATED;
  }

  private static Answering azureLocal(HostProfile host) {
    AzureLocalLicense license = host.azureLocalLicense();
    boolean licensed =
        license instanceof AzureLocalLicense.HostKey key
            ? key.release().compareTo(WindowsRelease.WS_2019) >= 0
            : license instanceof AzureLocalLicense.Subscription subscription
                && subscription.current() == Ternary.YES;
    return licensed && host.nestedInAzure() != Ternary.YES
        ? Answering.ACTIVATED
        : Answering.NOT_ACTIVATED;
  }

  @Property(tries = 3_000)
  void theProfileDecides(@ForAll HostProfile host) {
    HostCoverage coverage = HostCoverage.of(host);
    assertEquals(expected(host), coverage.answering(), host.toString());
    assertEquals(host, coverage.profile());
    Statistics.collect(coverage.answering());
    Statistics.coverage(
        all -> {
          for (Answering answering : Answering.values()) {
            all.check(answering).percentage(share -> share > 3);
          }
        });
    for (AvmaKey key : KeyCatalog.standard().avmaKeys()) {
      boolean supported =
          key.releases().stream()
              .anyMatch(
                  release ->
                      CompatibilityMatrix.standard()
                          .verdict(host, GuestProfile.of(release, key.edition()))
                          .isSupported());
      assertEquals(
          supported && coverage.answering() == Answering.ACTIVATED,
          coverage.covered().contains(AvmaId.of(key)),
          host + " " + key.product());
    }
    if (host.platform() == HostPlatform.UNKNOWN) {
      assertTrue(coverage.covered().isEmpty());
    }
  }
}
