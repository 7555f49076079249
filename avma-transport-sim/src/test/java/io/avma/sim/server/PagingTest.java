package io.avma.sim.server;

import static io.avma.sim.server.ServiceLab.ENUMERATION;
import static io.avma.sim.server.ServiceLab.V2;
import static io.avma.sim.server.ServiceLab.pull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.SimulatedDatacenter;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManItem;
import io.avma.transport.wsman.WsManMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many items an answer holds, and what becomes of an enumeration while the host changes. */
class PagingTest {
  private static final String SYSTEMS = V2 + "Msvm_ComputerSystem";
  private static final int MANY = 100;

  private static SimulatedDatacenter many() {
    DatacenterBuilder builder = ServiceLab.builder();
    for (int i = 0; i < MANY; i++) {
      builder.guest(
          "vm " + i,
          "hv-2",
          GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD),
          ServiceLab.KEY);
    }
    return builder.build();
  }

  private static ServiceLab lab(HostQuotas quotas) {
    ServiceLab lab = new ServiceLab(many(), quotas);
    lab.host = "hv-2";
    return lab;
  }

  @Test
  void noAnswerHasMoreItemsThanTheQuota() {
    ServiceLab lab = lab(new HostQuotas(512_000, 7, 10, Duration.ofMinutes(1), 10));
    String context = lab.begin(SYSTEMS, WsManBody.Enumerate.all());
    assertEquals(7, lab.next(context, 32_000).items().size());
  }

  @Test
  void noAnswerIsLongerThanAskedForAndNoItemIsLostOrTwice() throws Exception {
    ServiceLab lab = lab(HostQuotas.STANDARD);
    lab.datacenter.startAll(Duration.ofSeconds(1));
    lab.datacenter.advance(Duration.ofMinutes(1));
    for (int i = 0; i < MANY; i++) {
      lab.datacenter
          .guest("vm " + i)
          .pools()
          .putAll(
              KvpPool.GUEST, List.of(new KvpItem("umlaut <" + i, "ü&<>\"".repeat(10 * i % 90))));
    }
    lab.envelope = OptionalLong.of(50_000);
    Set<String> names = new HashSet<>();
    int items = 0;
    int answers = 0;
    Optional<String> context =
        Optional.of(lab.begin(V2 + "Msvm_KvpExchangeComponent", WsManBody.Enumerate.all()));
    while (context.isPresent()) {
      Answer answer =
          ServiceLab.answer(
              lab.service.answer(
                  lab.caller,
                  lab.host,
                  WsManCodec.encode(
                      new WsManMessage(
                          lab.header(ENUMERATION + "Pull", V2 + "*").build(),
                          pull(context.get(), 32_000))),
                  StandardCharsets.UTF_8));
      assertTrue(answer.envelope().length <= 50_000, answer.envelope().length + " bytes");
      WsManBody.PullResponse pulled =
          assertInstanceOf(WsManBody.PullResponse.class, ServiceLab.message(answer).body());
      for (CimInstance instance : lab.instances(pulled.items())) {
        names.add(instance.text("SystemName").orElseThrow());
        items++;
      }
      answers++;
      context = pulled.context();
    }
    assertEquals(MANY, items);
    assertEquals(MANY, names.size());
    // An answer that is filled badly would hold one VM; these hold two of some 18 KB at least.
    assertTrue(answers <= MANY / 2 + 1, answers + " answers");
  }

  @Test
  void aPullMayAskForFewCharacters() {
    ServiceLab lab = lab(HostQuotas.STANDARD);
    String context = lab.begin(SYSTEMS, WsManBody.Enumerate.all());
    WsManBody.PullResponse few =
        lab.ask(
            WsManBody.PullResponse.class,
            lab.header(ENUMERATION + "Pull", V2 + "*"),
            new WsManBody.Pull(
                context, Optional.empty(), OptionalLong.of(1000), OptionalLong.of(10_000)));
    assertTrue(few.items().size() >= 2 && few.items().size() < 10, few.items().size() + " items");
  }

  @Test
  void instancesComeWithTheirReferencesIfAskedFor() {
    ServiceLab lab = new ServiceLab();
    List<WsManItem> items =
        lab.items(
            SYSTEMS,
            new WsManBody.Enumerate(
                Optional.empty(),
                false,
                OptionalLong.empty(),
                WsManBody.EnumerationMode.OBJECT_AND_EPR,
                Optional.empty()),
            2);
    assertEquals(4, items.size());
    for (WsManItem item : items) {
      WsManItem.Instance instance = assertInstanceOf(WsManItem.Instance.class, item);
      CimReference reference = instance.reference().orElseThrow();
      assertEquals(instance.instance().value("Name"), reference.keys().get("Name"));
    }
  }

  @Test
  void whoLeavesInTheMiddleIsLeftOutAndAHostThatCrashesSaysNothing() throws Exception {
    ServiceLab lab = lab(HostQuotas.STANDARD);
    String context = lab.begin(SYSTEMS, WsManBody.Enumerate.all());
    WsManBody.PullResponse first = lab.next(context, 2);
    for (int i = 0; i < MANY; i++) {
      Optional<?> unused = lab.datacenter.guest("vm " + i).migrateTo(lab.datacenter.host("hv-1"));
    }
    int rest = 0;
    Optional<String> next = first.context();
    while (next.isPresent()) {
      WsManBody.PullResponse pulled = lab.next(next.get(), 10);
      rest += pulled.items().size();
      next = pulled.context();
    }
    assertTrue(rest <= 32, rest + " of those that were read already");
    lab.host = "hv-1";
    String open = lab.begin(SYSTEMS, WsManBody.Enumerate.all());
    lab.datacenter.host("hv-1").fail();
    assertThrows(
        HostGoneException.class,
        () -> lab.fault(lab.header(ENUMERATION + "Pull", V2 + "*"), pull(open, 10)));
  }

  @Test
  void theSettingsOfDataExchangeHaveTheirTemplateBesideThem() throws Exception {
    List<CimInstance> settings = new ServiceLab().all(V2 + "Msvm_KvpExchangeComponentSettingData");
    assertEquals(4, settings.size());
    assertEquals(
        "Microsoft:Definition\\2A34B1C2-FD73-4043-8A5B-DD2159BC743F\\Default",
        settings.get(0).text("InstanceID").orElseThrow());
  }
}
