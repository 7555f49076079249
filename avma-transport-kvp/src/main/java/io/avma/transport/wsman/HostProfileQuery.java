package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.platform.WindowsSku;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a host says of itself; a part that it does not tell, or not to this user, stays unknown. */
final class HostProfileQuery {
  /** The build of Windows Server 2012 R2. */
  private static final int FIRST_WITH_AVMA = WindowsRelease.WS_2012_R2.build();

  /** The application identifier of Windows in the licensing service; documented. */
  private static final String WINDOWS = "55c92734-d682-4d71-983e-d6ec3f16059f";

  private static final int WORKSTATION = 1;
  private static final int LICENSED = 1;

  private static final ImmutableSet<Reason> NOT_TOLD =
      ImmutableSet.of(
          Reason.REFUSED,
          Reason.NOT_FOUND,
          Reason.NOT_SUPPORTED,
          Reason.INVALID,
          Reason.TOO_LARGE,
          Reason.FAILED);

  private final WsManClient client;
  private final HostProfile.Builder profile = HostProfile.builder();

  HostProfileQuery(WsManClient client) {
    this.client = client;
  }

  HostProfile run() throws TransportException {
    for (CimInstance system : all(Hyperv.CIMV2, Wql.select("*").from("Win32_OperatingSystem"))) {
      system(system);
    }
    processors();
    license();
    role();
    return profile.build();
  }

  private void system(CimInstance system) throws TransportException {
    OptionalLong number = system.number("OperatingSystemSKU", CimType.UINT32);
    Optional<WindowsSku> sku =
        number.isPresent() ? WindowsSku.of((int) number.getAsLong()) : Optional.empty();
    OptionalLong type = system.number("ProductType", CimType.UINT32);
    OptionalInt build = build(system.text("BuildNumber").orElse(""));
    if (sku.isPresent() && sku.get().is(WindowsSku.Trait.AZURE_LOCAL)) {
      profile.platform(HostPlatform.AZURE_LOCAL);
    } else if (sku.isPresent() && sku.get().is(WindowsSku.Trait.HYPER_V_SERVER)) {
      profile.platform(HostPlatform.HYPER_V_SERVER);
    } else if (sku.isPresent() && sku.get().is(WindowsSku.Trait.AZURE)) {
      profile.platform(HostPlatform.AZURE);
    } else if (type.isPresent()) {
      profile.platform(
          type.getAsLong() == WORKSTATION
              ? HostPlatform.WINDOWS_CLIENT
              : build.orElse(FIRST_WITH_AVMA) < FIRST_WITH_AVMA
                  ? HostPlatform.EARLIER_WINDOWS_SERVER
                  : HostPlatform.WINDOWS_SERVER);
    }
    sku.flatMap(WindowsSku::edition).ifPresent(profile::edition);
    sku.ifPresent(known -> profile.evaluation(Ternary.of(known.is(WindowsSku.Trait.EVALUATION))));
    if (build.isPresent() && (type.isEmpty() || type.getAsLong() != WORKSTATION)) {
      ImmutableList<WindowsRelease> releases =
          sku.map(known -> known.releasesOf(build.getAsInt()))
              .orElse(WindowsRelease.ofBuild(build.getAsInt()));
      if (releases.size() == 1) {
        profile.release(releases.get(0));
      }
    }
  }

  private static OptionalInt build(String text) {
    boolean number = text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number && !text.isEmpty() ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  private void processors() throws TransportException {
    ImmutableList<CimInstance> processors =
        told(Hyperv.CIMV2, Wql.select("DeviceID", "NumberOfCores").from("Win32_Processor"));
    long cores = 0;
    for (CimInstance processor : processors) {
      cores += processor.number("NumberOfCores", CimType.UINT32).orElse(0);
    }
    if (!processors.isEmpty()) {
      profile.processors(processors.size());
    }
    if (cores > 0 && cores <= Integer.MAX_VALUE) {
      profile.physicalCores((int) cores);
    }
  }

  /** Asked narrowly: the service looks at each product for long. The key itself is never asked. */
  private void license() throws TransportException {
    ImmutableList<CimInstance> products =
        told(
            Hyperv.CIMV2,
            Wql.select("ID", "LicenseStatus", "ProductKeyChannel")
                .from("SoftwareLicensingProduct")
                .where("ApplicationID", "=", WINDOWS)
                .whereNotNull("PartialProductKey"));
    boolean licensed = false;
    boolean told = false;
    for (CimInstance product : products) {
      OptionalLong status = product.number("LicenseStatus", CimType.UINT32);
      told |= status.isPresent();
      if (status.orElse(-1) == LICENSED || products.size() == 1) {
        licensed |= status.orElse(-1) == LICENSED;
        profile.channel(LicenseChannel.ofWindows(product.text("ProductKeyChannel").orElse("")));
      }
    }
    if (told) {
      profile.activated(Ternary.of(licensed));
    }
  }

  private void role() throws TransportException {
    try {
      ImmutableList<CimInstance> services =
          all(Hyperv.NAMESPACE, Wql.select("Name").from(Hyperv.SERVICE));
      profile.hyperVRole(Ternary.of(!services.isEmpty()));
    } catch (TransportException e) {
      if (e.reason() == Reason.NOT_SUPPORTED || e.reason() == Reason.NOT_FOUND) {
        profile.hyperVRole(Ternary.NO);
      } else if (!NOT_TOLD.contains(e.reason())) {
        throw e;
      }
    }
  }

  private ImmutableList<CimInstance> told(String namespace, Wql query) throws TransportException {
    try {
      return all(namespace, query);
    } catch (TransportException e) {
      if (NOT_TOLD.contains(e.reason())) {
        return ImmutableList.of();
      }
      throw e;
    }
  }

  private ImmutableList<CimInstance> all(String namespace, Wql query) throws TransportException {
    ImmutableList.Builder<CimInstance> instances = ImmutableList.builder();
    client.enumerate(
        WsManQuery.of(namespace, query),
        item -> {
          if (item instanceof WsManItem.Instance instance) {
            instances.add(instance.instance());
          }
        });
    return instances.build();
  }
}
