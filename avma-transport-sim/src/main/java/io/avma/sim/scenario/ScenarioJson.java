package io.avma.sim.scenario;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationItem;
import io.avma.activation.ActivationTerms;
import io.avma.activation.LicenseStatus;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Scenarios as JSON, by way of records that have the form of the file. */
final class ScenarioJson {
  private static final int LONGEST = 16 << 20;
  private static final int DEPTH = 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxStringLength(100_000)
                  .maxNumberLength(40)
                  .maxDocumentLength(LONGEST)
                  .build())
          .build();

  private static final RecordJson RECORDS =
      new RecordJson(
          new Document(
              0,
              ImmutableList.of(),
              ImmutableList.of(),
              ImmutableList.of(),
              ImmutableList.of(),
              Terms.of(ActivationTerms.assumed()),
              Duration.ofDays(30),
              Duration.ofDays(1)),
          Host.PATTERN,
          Guest.PATTERN,
          Terms.of(ActivationTerms.assumed()),
          new GuestProfile(new GuestSystem.Unknown(), Ternary.YES, Ternary.NO),
          new GuestSystem.WindowsServer(WindowsRelease.WS_2025, Edition.STANDARD, Ternary.NO),
          FaultRule.of("?", FaultPoint.REQUEST, new Fault.Lost()));

  private ScenarioJson() {}

  /** A scenario as its file says it. */
  record Document(
      long seed,
      ImmutableList<Host> hosts,
      ImmutableList<Guest> guests,
      ImmutableList<Step> steps,
      ImmutableList<FaultRule> faults,
      Terms terms,
      Duration length,
      Duration monitored) {}

  /**
   * A host; what is left out is as of an activated Datacenter host, and counts of 0 are unknown.
   */
  record Host(
      String name,
      Optional<String> cluster,
      Optional<WindowsRelease> release,
      HostPlatform platform,
      Optional<Edition> edition,
      Ternary evaluation,
      Ternary hyperVRole,
      Ternary activated,
      LicenseChannel channel,
      Ternary nestedInAzure,
      AzureLocalLicense azureLocalLicense,
      int processors,
      int physicalCores) {
    static final Host PATTERN =
        of(new HostSpec("?", Optional.empty(), HostProfile.datacenter(WindowsRelease.WS_2025)));

    static Host of(HostSpec host) {
      HostProfile profile = host.profile();
      return new Host(
          host.name(),
          host.cluster(),
          profile.release(),
          profile.platform(),
          profile.edition(),
          profile.evaluation(),
          profile.hyperVRole(),
          profile.activated(),
          profile.channel(),
          profile.nestedInAzure(),
          profile.azureLocalLicense(),
          profile.processors().orElse(0),
          profile.physicalCores().orElse(0));
    }

    HostSpec spec() {
      HostProfile.Builder profile =
          HostProfile.builder()
              .platform(platform)
              .evaluation(evaluation)
              .hyperVRole(hyperVRole)
              .activated(activated)
              .channel(channel)
              .nestedInAzure(nestedInAzure)
              .azureLocalLicense(azureLocalLicense);
      release.ifPresent(profile::release);
      edition.ifPresent(profile::edition);
      if (processors != 0) {
        profile.processors(processors);
      }
      if (physicalCores != 0) {
        profile.physicalCores(physicalCores);
      }
      return new HostSpec(name, cluster, profile.build());
    }
  }

  /** A guest. */
  record Guest(
      String name,
      String host,
      GuestSystem system,
      KeyChoice key,
      Ternary dataExchange,
      Ternary shielded) {
    static final Guest PATTERN =
        new Guest(
            "?", "?", new GuestSystem.Unknown(), new KeyChoice.Matching(), Ternary.YES, Ternary.NO);

    static Guest of(GuestSpec guest) {
      GuestProfile profile = guest.profile();
      return new Guest(
          guest.name(),
          guest.host(),
          profile.system(),
          guest.key(),
          profile.dataExchange(),
          profile.shielded());
    }

    GuestSpec spec() {
      return new GuestSpec(name, host, new GuestProfile(system, dataExchange, shielded), key);
    }
  }

  /** The terms; what is left out is as assumed. */
  record Terms(
      Duration validity,
      Duration renewalLead,
      Duration replyTimeout,
      ImmutableList<Duration> retryDelays,
      int throttleLimit,
      Duration throttleWindow,
      LicenseStatus statusBeforeActivation,
      LicenseStatus statusAfterExpiry,
      String hostSilentCode,
      String invalidDataCode,
      boolean clearsItemsOnOtherKey,
      ImmutableList<Item> items) {
    static Terms of(ActivationTerms terms) {
      ImmutableList.Builder<Item> items = ImmutableList.builder();
      terms.items().forEach((item, name) -> items.add(new Item(item, name)));
      return new Terms(
          terms.validity(),
          terms.renewalLead(),
          terms.replyTimeout(),
          terms.retryDelays(),
          terms.throttleLimit(),
          terms.throttleWindow(),
          terms.statusBeforeActivation(),
          terms.statusAfterExpiry(),
          terms.hostSilent().code().hex(),
          terms.invalidData().code().hex(),
          terms.clearsItemsOnOtherKey(),
          items.build());
    }

    ActivationTerms terms() {
      Map<ActivationItem, String> names = new EnumMap<>(ActivationItem.class);
      items.forEach(item -> names.put(item.item, item.name));
      return ActivationTerms.builder()
          .validity(validity)
          .renewalLead(renewalLead)
          .replyTimeout(replyTimeout)
          .retryDelays(retryDelays.toArray(Duration[]::new))
          .throttle(throttleLimit, throttleWindow)
          .statusBeforeActivation(statusBeforeActivation)
          .statusAfterExpiry(statusAfterExpiry)
          .hostSilentCode(code(hostSilentCode))
          .invalidDataCode(code(invalidDataCode))
          .clearsItemsOnOtherKey(clearsItemsOnOtherKey)
          .items(names)
          .build();
    }

    private static Hresult code(String hex) {
      return Hresult.parse(hex)
          .orElseThrow(
              () -> new IllegalArgumentException("not a result code (expected: like 0xC004FD01)"));
    }
  }

  /** An AVMA item and what it is called. */
  record Item(ActivationItem item, String name) {}

  static String write(Scenario scenario) {
    Document document =
        new Document(
            scenario.seed(),
            scenario.hosts().stream().map(Host::of).collect(ImmutableList.toImmutableList()),
            scenario.guests().stream().map(Guest::of).collect(ImmutableList.toImmutableList()),
            scenario.steps(),
            scenario.faults().rules(),
            Terms.of(scenario.terms()),
            scenario.length(),
            scenario.monitored());
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.useDefaultPrettyPrinter();
      RECORDS.write(out, document, Document.class);
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
    return text.append('\n').toString();
  }

  static Scenario read(String json) throws ScenarioFormatException {
    try (JsonParser in = FACTORY.createParser(json)) {
      in.nextToken();
      Document document = (Document) RECORDS.read(in, Document.class);
      if (in.nextToken() != null) {
        throw RecordJson.complaint(in, "something behind the end");
      }
      return scenario(document);
    } catch (JsonProcessingException e) {
      throw new ScenarioFormatException(
          "not JSON: "
              + e.getOriginalMessage()
              + (e.getLocation() == null
                  ? ""
                  : " (line "
                      + e.getLocation().getLineNr()
                      + ", column "
                      + e.getLocation().getColumnNr()
                      + ")"),
          e);
    } catch (IOException e) {
      throw new AssertionError("reading from memory", e);
    }
  }

  private static Scenario scenario(Document document) throws ScenarioFormatException {
    try {
      return new Scenario(
          document.seed,
          document.hosts.stream().map(Host::spec).collect(ImmutableList.toImmutableList()),
          document.guests.stream().map(Guest::spec).collect(ImmutableList.toImmutableList()),
          document.steps,
          new FaultPlan(document.faults),
          document.terms.terms(),
          document.length,
          document.monitored);
    } catch (IllegalArgumentException e) {
      throw new ScenarioFormatException(String.valueOf(e.getMessage()), e);
    }
  }
}
