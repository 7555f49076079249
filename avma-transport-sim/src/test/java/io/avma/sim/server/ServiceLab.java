package io.avma.sim.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.kvp.KvpItem;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.SimulatedDatacenter;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManFilter;
import io.avma.transport.wsman.WsManHeader;
import io.avma.transport.wsman.WsManItem;
import io.avma.transport.wsman.WsManLimits;
import io.avma.transport.wsman.WsManMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A small data centre and one who asks its hosts. */
final class ServiceLab {
  static final String V2 = CimReference.WMI + "root/virtualization/v2/";
  static final String CIMV2 = CimReference.WMI + "root/cimv2/";
  static final String ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration/";
  static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
  static final Caller ADMIN = new Caller(Optional.of("admin"), true);
  static final Caller OTHER = new Caller(Optional.of("other"), true);
  static final Caller NOBODY = new Caller(Optional.empty(), false);
  static final AvmaKey KEY =
      KeyCatalog.standard().find(WindowsRelease.WS_2019, Edition.STANDARD).orElseThrow();

  final SimulatedDatacenter datacenter;
  DatacenterService service;
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  Caller caller = ADMIN;
  String host = "hv-1";
  OptionalLong envelope = OptionalLong.empty();

  ServiceLab() {
    this(HostQuotas.STANDARD);
  }

  ServiceLab(HostQuotas quotas) {
    this(builder().build(), quotas);
  }

  ServiceLab(SimulatedDatacenter datacenter, HostQuotas quotas) {
    this.datacenter = datacenter;
    this.service = new DatacenterService(datacenter, () -> now, quotas);
  }

  /** Two nodes with three guests on the first, of which {@code web} runs, and hosts of old. */
  static DatacenterBuilder builder() {
    HostProfile host =
        HostProfile.datacenter(WindowsRelease.WS_2022).toBuilder()
            .processors(2)
            .physicalCores(33)
            .channel(LicenseChannel.KMS_CLIENT)
            .build();
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD);
    return SimulatedDatacenter.builder()
        .seed(7)
        .host("hv-1", Optional.of("c"), host)
        .host("hv-2", Optional.of("c"), host)
        .host("r2", HostProfile.datacenter(WindowsRelease.WS_2012_R2))
        .host("old", HostProfile.builder().platform(HostPlatform.EARLIER_WINDOWS_SERVER).build())
        .guest("web", "hv-1", guest, KEY)
        .guest("db", "hv-1", guest, KEY)
        .guest("app", "hv-1", guest, KEY)
        .guest("far", "r2", guest, KEY)
        .guest("dinosaur", "old", guest, KEY);
  }

  ServiceLab started() {
    datacenter.guest("web").start();
    datacenter.advance(Duration.ofMinutes(1));
    return this;
  }

  VmId vm(String guest) {
    return datacenter.guest(guest).vm();
  }

  WsManHeader.Builder header(String action, String resource) {
    WsManHeader.Builder header =
        WsManHeader.request("http://hv-1.invalid:5985/wsman", "uuid:1")
            .action(action)
            .resourceUri(resource);
    envelope.ifPresent(header::maxEnvelopeSize);
    return header;
  }

  Answer raw(String envelope) {
    return answer(service.answer(caller, host, envelope.getBytes(UTF_8), UTF_8));
  }

  /** A pull that waits for events waits no longer. */
  static Answer answer(Outcome outcome) {
    if (outcome instanceof HeldPull held) {
      held.giveUp();
      return (Answer) held.answer().join();
    }
    return (Answer) outcome;
  }

  /** Asks, and expects a pull that waits. */
  HeldPull held(WsManHeader.Builder header, WsManBody body) {
    return assertInstanceOf(
        HeldPull.class,
        service.answer(
            caller, host, WsManCodec.encode(new WsManMessage(header.build(), body)), UTF_8));
  }

  WsManMessage message(WsManHeader.Builder header, WsManBody body) {
    return message(
        answer(
            service.answer(
                caller, host, WsManCodec.encode(new WsManMessage(header.build(), body)), UTF_8)));
  }

  static WsManMessage message(Answer answer) {
    try {
      WsManMessage message = WsManCodec.decode(answer.envelope(), WsManLimits.STANDARD);
      assertEquals(message.body() instanceof WsManBody.Fault ? 500 : 200, answer.status());
      return message;
    } catch (TransportException e) {
      throw new AssertionError(new String(answer.envelope(), UTF_8), e);
    }
  }

  <T extends WsManBody> T ask(Class<T> type, WsManHeader.Builder header, WsManBody body) {
    WsManBody answer = message(header, body).body();
    return assertInstanceOf(type, answer, answer::toString);
  }

  WsManBody.Fault fault(WsManHeader.Builder header, WsManBody body) {
    return ask(WsManBody.Fault.class, header, body);
  }

  static String kind(WsManBody.Fault fault) {
    return fault.subcode().orElseThrow().name();
  }

  static WsManBody.Enumerate query(String wql) {
    return new WsManBody.Enumerate(
        Optional.of(new WsManFilter(WsManFilter.WQL, wql)),
        false,
        OptionalLong.empty(),
        WsManBody.EnumerationMode.OBJECT,
        Optional.empty());
  }

  static WsManBody.Pull pull(String context, long max) {
    return new WsManBody.Pull(
        context, Optional.empty(), OptionalLong.of(max), OptionalLong.empty());
  }

  /** Begins an enumeration and returns its context. */
  String begin(String resource, WsManBody.Enumerate enumerate) {
    return ask(
            WsManBody.EnumerateResponse.class,
            header(ENUMERATION + "Enumerate", resource),
            enumerate)
        .context()
        .orElseThrow();
  }

  WsManBody.PullResponse next(String context, long max) {
    return ask(
        WsManBody.PullResponse.class, header(ENUMERATION + "Pull", V2 + "*"), pull(context, max));
  }

  /** Enumerates to the end, some at a time. */
  List<WsManItem> items(String resource, WsManBody.Enumerate enumerate, long max) {
    List<WsManItem> items = new ArrayList<>();
    Optional<String> context = Optional.of(begin(resource, enumerate));
    while (context.isPresent()) {
      WsManBody.PullResponse answer = next(context.get(), max);
      items.addAll(answer.items());
      assertEquals(answer.context().isEmpty(), answer.endOfSequence());
      context = answer.context();
    }
    return items;
  }

  ImmutableList<CimInstance> instances(List<WsManItem> items) {
    return items.stream()
        .map(item -> assertInstanceOf(WsManItem.Instance.class, item).instance())
        .collect(ImmutableList.toImmutableList());
  }

  ImmutableList<CimInstance> all(String resource) {
    return instances(items(resource, WsManBody.Enumerate.all(), 1));
  }

  ImmutableList<CimInstance> wql(String namespace, String query) {
    return instances(items(namespace + "*", query(query), 100));
  }

  CimInstance get(CimReference reference) {
    return ask(
            WsManBody.GetResponse.class,
            header(TRANSFER + "Get", "").instance(reference),
            new WsManBody.Get())
        .instance();
  }

  static CimReference system(VmId vm) {
    return reference(
        "Msvm_ComputerSystem", "CreationClassName", "Msvm_ComputerSystem", "Name", vm.toString());
  }

  static CimReference reference(String className, String... keys) {
    ImmutableMap.Builder<String, String> map = ImmutableMap.builder();
    for (int i = 0; i < keys.length; i += 2) {
      map.put(keys[i], keys[i + 1]);
    }
    return CimReference.wmi("root/virtualization/v2", className, map.buildOrThrow());
  }

  static CimReference service() {
    return reference("Msvm_VirtualSystemManagementService", "Name", "VMMS");
  }

  WsManHeader.Builder call(CimReference target, String method) {
    return header(target.resourceUri() + "/" + method, "").instance(target);
  }

  CimInstance invoke(CimReference target, String method, CimProperty... parameters) {
    return ask(
            WsManBody.InvokeResponse.class,
            call(target, method),
            new WsManBody.Invoke(target.resourceUri(), method, ImmutableList.copyOf(parameters)))
        .results();
  }

  static CimProperty target(VmId vm) {
    return CimProperty.of("TargetSystem", new CimValue.Reference(system(vm)));
  }

  static CimProperty items(String... keysAndValues) {
    List<CimValue> texts = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      texts.add(
          CimValue.of(
              KvpDataItemCodec.encode(
                  KvpDataItem.written(new KvpItem(keysAndValues[i], keysAndValues[i + 1])))));
    }
    return CimProperty.of("DataItems", CimValue.of(texts));
  }

  /** Calls a method and follows its job; returns its code. */
  long job(CimReference target, String method, CimProperty... parameters) {
    CimInstance results = invoke(target, method, parameters);
    try {
      assertEquals("4096", results.text("ReturnValue").orElseThrow());
      CimReference job = results.reference("Job").orElseThrow();
      assertEquals("4", get(job).text("JobState").orElseThrow());
      CimInstance ended = get(job);
      long code = Long.parseLong(ended.text("ErrorCode").orElseThrow());
      assertEquals(code == 0 ? "7" : "10", ended.text("JobState").orElseThrow());
      assertEquals(code == 0 ? "OK" : "Error", ended.text("Status").orElseThrow());
      return code;
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }
}
