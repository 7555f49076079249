package io.avma.sim.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.internal.SplitMix64;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimReference;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManHeader;
import io.avma.transport.wsman.WsManItem;
import io.avma.transport.wsman.WsManLimits;
import io.avma.transport.wsman.WsManMessage;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts of a data centre as their WS-Management answers. Belongs to the thread of the data
 * centre.
 */
final class DatacenterService implements WsManService {
  private static final Logger LOG = LoggerFactory.getLogger(DatacenterService.class);
  private static final String PROTOCOL = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
  private static final String FAULT = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";
  private static final String LANGUAGE = "en-US";

  /** Where commands are run, and PowerShell. */
  private static final Pattern SHELL =
      Pattern.compile(
          "http://schemas\\.microsoft\\.com/(wbem/wsman/1/windows/shell|powershell/)",
          Pattern.CASE_INSENSITIVE);

  private static final int MAX_DEPTH = 64;
  private static final int MAX_PROPERTIES = 1024;

  /** How many lives of an operation a client may ask for at once. */
  private static final int MAX_LIVES = 60;

  /** How long a pull waits at most, and where it says nothing; MaxTimeoutms, documented. */
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(60);

  /** What may bring events, or end a subscription that somebody waits at. */
  private static final ImmutableSet<Class<? extends WsManBody>> MAY_CHANGE =
      ImmutableSet.of(WsManBody.Invoke.class, WsManBody.Release.class, WsManBody.Unsubscribe.class);

  /** What is kept of a host. */
  private record HostState(HostView view, Operations operations) {}

  /**
   * A request that is understood.
   *
   * @param user who asks
   * @param host whom
   * @param header the header
   * @param room how long the answer may be
   */
  private record Request(String user, HostState host, WsManHeader header, int room) {
    HostView view() {
      return host.view();
    }
  }

  private final SimulatedDatacenter datacenter;
  private final InstantSource clock;
  private final HostQuotas quotas;
  private final SplitMix64 random;
  private final Map<String, HostState> hosts = new HashMap<>();
  private final List<HeldPull> held = new ArrayList<>();

  /**
   * Creates the service.
   *
   * @param clock says when operations expire
   */
  DatacenterService(SimulatedDatacenter datacenter, InstantSource clock, HostQuotas quotas) {
    this.datacenter = datacenter;
    this.clock = clock;
    this.quotas = quotas;
    this.random = SplitMix64.stream(datacenter.seed(), "identifiers of WS-Management");
  }

  @Override
  public Outcome answer(Caller caller, String hostName, byte[] envelope, Charset charset) {
    byte[] bytes =
        charset.name().startsWith("UTF-")
            ? envelope
            : new String(envelope, charset).getBytes(UTF_8);
    WsManHeader header = header(bytes);
    return guarded(header, hostName, () -> answer(caller, hostName, decoded(header, bytes)));
  }

  private interface Work {
    Outcome run() throws Refusal;
  }

  /** Makes an answer of whatever goes wrong, but where the host has gone. */
  private Outcome guarded(WsManHeader header, String hostName, Work work) {
    try {
      return work.run();
    } catch (Refusal e) {
      return fault(header, hostName, e);
    } catch (HostGoneException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("simulated host {} failed to answer a {}", hostName, header, e);
      return fault(header, hostName, Refusals.internal());
    }
  }

  @Override
  public void changed() {
    held.forEach(HeldPull::look);
    held.removeIf(HeldPull::isOver);
  }

  @Override
  public int heldPulls() {
    return held.size();
  }

  private WsManLimits limits() {
    return new WsManLimits(quotas.maxEnvelopeBytes(), MAX_DEPTH, MAX_PROPERTIES);
  }

  /** Read before the rest, so that also what cannot be read is answered to whom it came from. */
  private WsManHeader header(byte[] bytes) {
    try {
      return WsManCodec.decodeHeader(bytes, limits());
    } catch (TransportException e) {
      return WsManHeader.builder().build();
    }
  }

  private WsManMessage decoded(WsManHeader header, byte[] bytes) throws Refusal {
    try {
      return WsManCodec.decode(bytes, limits());
    } catch (TransportException e) {
      if (header.resourceUri().filter(uri -> SHELL.matcher(uri).lookingAt()).isPresent()) {
        throw Refusals.shell();
      }
      throw Refusals.unreadable(
          e.flaw().map(flaw -> flaw.code()).orElse("malformed"), String.valueOf(e.getMessage()));
    }
  }

  private Outcome answer(Caller caller, String hostName, WsManMessage message) throws Refusal {
    HostState host = host(hostName);
    WsManHeader header = message.header();
    if (message.body() instanceof WsManBody.Identify) {
      return new Answer(200, encoded(header, identity(host.view(), caller)));
    }
    String user = caller.user().orElseThrow(Refusals::accessDenied);
    RequestHeaders.check(header, message.body());
    int room = RequestHeaders.room(header, quotas.maxEnvelopeBytes());
    Request request = new Request(user, host, header, room);
    if (message.body() instanceof WsManBody.Pull pull) {
      return pull(request, pull);
    }
    try {
      return fitting(request, answer(request, message.body()));
    } finally {
      if (MAY_CHANGE.contains(message.body().getClass())) {
        changed();
      }
    }
  }

  private static Answer fitting(Request request, byte[] answer) throws Refusal {
    if (answer.length > request.room()) {
      throw Refusals.envelope(
          "The answer has "
              + answer.length
              + " bytes, and the envelope may have "
              + request.room()
              + ".");
    }
    return new Answer(200, answer);
  }

  private HostState host(String name) throws Refusal {
    if (!datacenter.hasHost(name)) {
      throw Refusals.noHost(name);
    }
    HostState state =
        hosts.computeIfAbsent(
            name,
            unused ->
                new HostState(
                    new HostView(datacenter, datacenter.host(name), new Jobs(quotas.maxJobs())),
                    new Operations(quotas.maxOperations())));
    if (!state.view().host().isReachable()) {
      throw new HostGoneException(name + " does not answer");
    }
    return state;
  }

  private static WsManBody identity(HostView view, Caller caller) {
    String system = caller.user().isPresent() ? view.version() : "0.0.0";
    return new WsManBody.IdentifyResponse(
        PROTOCOL, CimV2Classes.SIMULATED, "OS: " + system + " SP: 0.0 Stack: 3.0");
  }

  private byte[] answer(Request request, WsManBody body) throws Refusal {
    WsManHeader header = request.header();
    if (body instanceof WsManBody.Enumerate enumerate) {
      return enumerate(request, enumerate);
    } else if (body instanceof WsManBody.Release release) {
      Operations operations = request.host().operations();
      Operations.Operation unused =
          operations.find(release.context(), request.user(), clock.instant());
      operations.forget(release.context());
      return encoded(header, new WsManBody.ReleaseResponse());
    } else if (body instanceof WsManBody.Get) {
      WmiClass asked = WmiNamespaces.find(request.view().host(), header.resourceUri().orElse(""));
      return encoded(
          header,
          new WsManBody.GetResponse(
              asked.uri(), Enumerations.single(request.view(), asked, header.selectors())));
    } else if (body instanceof WsManBody.Invoke invoke) {
      return encoded(header, new Methods(request.view(), this::id).call(header, invoke));
    } else if (body instanceof WsManBody.Subscribe subscribe) {
      return subscribe(request, subscribe);
    } else if (body instanceof WsManBody.Unsubscribe) {
      request.host().operations().unsubscribe(header.subscription().orElse(""), request.user());
      return encoded(header, new WsManBody.UnsubscribeResponse());
    } else if (body instanceof WsManBody.End) {
      return encoded(header, new WsManBody.EndResponse());
    }
    throw Refusals.action(header.action().orElse(""));
  }

  private byte[] enumerate(Request request, WsManBody.Enumerate enumerate) throws Refusal {
    Operations operations = request.host().operations();
    operations.checkRoom(request.user(), clock.instant());
    Operations.Operation operation =
        new Operations.Operation(
            request.user(),
            "",
            life(enumerate.expires()),
            Enumerations.items(request.view(), request.header(), enumerate));
    Optional<String> expires = enumerate.expires().map(unused -> text(operation.life));
    String context = "uuid:" + id();
    if (!enumerate.optimize()) {
      operations.keep(context, operation, clock.instant());
      return encoded(
          request.header(),
          new WsManBody.EnumerateResponse(
              expires, Optional.of(context), ImmutableList.of(), false));
    }
    Pager.Page page =
        (items, end) ->
            new WsManBody.EnumerateResponse(
                expires, end ? Optional.empty() : Optional.of(context), items, end);
    byte[] answer =
        pager(request).next(operation, enumerate.maxElements(), OptionalLong.empty(), page);
    if (operation.hasNext()) {
      operations.keep(context, operation, clock.instant());
    }
    return answer;
  }

  private Outcome pull(Request request, WsManBody.Pull pull) throws Refusal {
    Operations.Operation operation =
        request.host().operations().find(pull.context(), request.user(), clock.instant());
    return operation.isSubscription() && !operation.hasNext()
        ? hold(request, pull, operation)
        : pulled(request, pull);
  }

  /** Lets a pull wait for events, as long as it may. */
  private HeldPull hold(Request request, WsManBody.Pull pull, Operations.Operation operation) {
    Operations operations = request.host().operations();
    String hostName = request.view().host().name();
    Duration longest = patience(request.header(), pull);
    // One pull at a time: whoever asks again has given the one before up, or lost its connection.
    held.stream().filter(earlier -> earlier.isOf(pull.context())).forEach(HeldPull::giveUp);
    held.removeIf(HeldPull::isOver);
    operations.keep(pull.context(), operation, clock.instant().plus(longest));
    HeldPull waiting =
        new HeldPull(
            pull.context(),
            longest,
            () ->
                !operations.knows(pull.context()) // released, which the pull has to hear
                    || operation.hasNext(),
            () -> guarded(request.header(), hostName, () -> pulled(request, pull)),
            () -> guarded(request.header(), hostName, () -> inVain(request, pull)));
    held.add(waiting);
    return waiting;
  }

  private Outcome inVain(Request request, WsManBody.Pull pull) throws Refusal {
    HostState host = host(request.view().host().name());
    Operations.Operation operation =
        host.operations().find(pull.context(), request.user(), clock.instant());
    host.operations().keep(pull.context(), operation, clock.instant());
    throw Refusals.nothingCame();
  }

  private static Duration patience(WsManHeader header, WsManBody.Pull pull) {
    Duration longest = LONGEST_HOLD;
    for (Duration asked :
        ImmutableList.of(
            header.operationTimeout().orElse(longest), pull.maxTime().orElse(longest))) {
      longest = asked.compareTo(longest) < 0 ? asked : longest;
    }
    return longest.isNegative() ? Duration.ZERO : longest;
  }

  private Answer pulled(Request request, WsManBody.Pull pull) throws Refusal {
    Operations operations = request.host().operations();
    Operations.Operation operation =
        operations.find(pull.context(), request.user(), clock.instant());
    String context = "uuid:" + id();
    Pager.Page page =
        (items, end) ->
            new WsManBody.PullResponse(end ? Optional.empty() : Optional.of(context), items, end);
    byte[] answer =
        new Pager(
                request.room(),
                quotas.maxBatchItems(),
                body -> encoded(request.header(), bookmarks(operation, body), body))
            .next(operation, pull.maxElements(), pull.maxCharacters(), page);
    operations.forget(pull.context());
    if (operation.isSubscription() || operation.hasNext()) {
      operations.keep(context, operation, clock.instant());
    }
    return fitting(request, answer);
  }

  private static ImmutableMap<String, Long> bookmarks(
      Operations.Operation operation, WsManBody body) {
    if (!operation.sendsBookmarks || !(body instanceof WsManBody.PullResponse answer)) {
      return ImmutableMap.of();
    }
    OptionalLong last = EventFeed.lastRecord(answer.items());
    return last.isPresent()
        ? ImmutableMap.of(EventLogs.APPLICATION, last.getAsLong())
        : ImmutableMap.of();
  }

  private Pager pager(Request request) {
    return new Pager(
        request.room(), quotas.maxBatchItems(), body -> encoded(request.header(), body));
  }

  private byte[] subscribe(Request request, WsManBody.Subscribe subscribe) throws Refusal {
    Operations operations = request.host().operations();
    operations.checkRoom(request.user(), clock.instant());
    Iterator<WsManItem> events = Subscriptions.events(request.view(), request.header(), subscribe);
    String identifier = "uuid:" + id();
    Operations.Operation operation =
        new Operations.Operation(request.user(), identifier, life(subscribe.expires()), events);
    operation.sendsBookmarks = subscribe.sendBookmarks();
    String context = "uuid:" + id();
    operations.keep(context, operation, clock.instant());
    return encoded(
        request.header(),
        new WsManBody.SubscribeResponse(
            identifier, Optional.of(text(operation.life)), Optional.of(context)));
  }

  private Duration life(Optional<Duration> asked) {
    Duration longest = quotas.operationLife().multipliedBy(MAX_LIVES);
    Duration life = asked.orElse(quotas.operationLife());
    return life.compareTo(longest) > 0 ? longest : life;
  }

  private static String text(Duration life) {
    return CimDateTime.of(life).xmlText();
  }

  private byte[] encoded(WsManHeader request, WsManBody body) {
    return encoded(request, ImmutableMap.of(), body);
  }

  private byte[] encoded(
      WsManHeader request, ImmutableMap<String, Long> bookmarks, WsManBody body) {
    return encoded(request, request.action().map(action -> action + "Response"), bookmarks, body);
  }

  private byte[] encoded(
      WsManHeader request,
      Optional<String> action,
      ImmutableMap<String, Long> bookmarks,
      WsManBody body) {
    WsManHeader.Builder header =
        WsManHeader.builder().addressing(request.addressing()).language(LANGUAGE);
    bookmarks.forEach(header::bookmark);
    action.ifPresent(header::action);
    request
        .messageId()
        .ifPresent(
            asked -> header.messageId("uuid:" + id()).to(CimReference.ANONYMOUS).relatesTo(asked));
    request.operationId().ifPresent(header::operationId);
    return WsManCodec.encode(new WsManMessage(header.build(), body));
  }

  private Answer fault(WsManHeader request, String hostName, Refusal refusal) {
    Optional<String> machine =
        Optional.of(hostName).filter(datacenter::hasHost).map(name -> computer(name));
    WsManBody.Fault fault = refusal.fault();
    return new Answer(
        500,
        encoded(
            request,
            Optional.of(FAULT),
            ImmutableMap.of(),
            new WsManBody.Fault(
                fault.bySender(),
                fault.subcode(),
                fault.reason(),
                fault.detail(),
                fault.code(),
                machine,
                fault.message(),
                fault.wmiError())));
  }

  private String computer(String hostName) {
    return datacenter.host(hostName).id().value();
  }

  private String id() {
    long high = (random.next() & ~0xF000L) | 0x8000L;
    long low = (random.next() & ~(3L << 62)) | (2L << 62);
    return Row.guid(new UUID(high, low));
  }
}
