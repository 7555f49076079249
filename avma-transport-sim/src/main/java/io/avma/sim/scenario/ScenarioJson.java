package io.avma.sim.scenario;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
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
import io.avma.platform.ForeignText;
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

  /** The version of the form and of what it takes for granted; a file without one has it too. */
  private static final int FORMAT = 1;

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
              0, // so that it is always written
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

  /**
   * A scenario as its file says it. What a file leaves out is as it is assumed in the version of
   * the file's form: other assumptions are another version.
   */
  record Document(
      int format,
      long seed,
      ImmutableList<Host> hosts,
      ImmutableList<Guest> guests,
      ImmutableList<Step> steps,
      ImmutableList<FaultRule> faults,
      Terms terms,
      Duration length,
      Duration monitored) {
    Document {
      checkArgument(
          format == 0 || format == FORMAT,
          "format %s is not known here (expected: %s)",
          format,
          FORMAT);
    }
  }

  /** A host; what is left out is as of an activated Datacenter host. */
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
      Optional<Integer> processors,
      Optional<Integer> physicalCores)
      implements RecordJson.Form<HostSpec> {
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
          profile.processors().stream().boxed().findFirst(),
          profile.physicalCores().stream().boxed().findFirst());
    }

    @Override
    public HostSpec value() {
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
      processors.ifPresent(profile::processors);
      physicalCores.ifPresent(profile::physicalCores);
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
      Ternary shielded)
      implements RecordJson.Form<GuestSpec> {
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

    @Override
    public GuestSpec value() {
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
      ImmutableList<Item> items)
      implements RecordJson.Form<ActivationTerms> {
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

    @Override
    public ActivationTerms value() {
      Map<ActivationItem, String> names = new EnumMap<>(ActivationItem.class);
      for (Item item : items) {
        checkArgument(names.put(item.item, item.name) == null, "item %s twice", item.item);
      }
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
            FORMAT,
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
    if (json.length() > LONGEST) { // the parser counts no text that it has whole
      throw new ScenarioFormatException(
          "more than " + LONGEST + " characters are no scenario of ours");
    }
    try (JsonParser in = FACTORY.createParser(json)) {
      return scenario(document(in));
    } catch (IOException e) {
      throw new AssertionError("reading from memory", e);
    }
  }

  private static Document document(JsonParser in) throws IOException, ScenarioFormatException {
    try {
      in.nextToken();
      Document document = (Document) RECORDS.read(in, Document.class);
      if (in.nextToken() != null) {
        throw RecordJson.complaint(in, "something behind the end");
      }
      return document;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation() == null ? in.currentLocation() : e.getLocation();
      throw RecordJson.complaint(
          in, at, "not JSON: " + ForeignText.escape(e.getOriginalMessage(), 300));
    }
  }

  private static Scenario scenario(Document document) throws ScenarioFormatException {
    try {
      return new Scenario(
          document.seed,
          document.hosts.stream().map(Host::value).collect(ImmutableList.toImmutableList()),
          document.guests.stream().map(Guest::value).collect(ImmutableList.toImmutableList()),
          document.steps,
          new FaultPlan(document.faults),
          document.terms.value(),
          document.length,
          document.monitored);
    } catch (IllegalArgumentException e) {
      throw new ScenarioFormatException(String.valueOf(e.getMessage()), e);
    }
  }
}
