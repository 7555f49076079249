package io.avma.testkit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.GuestClaims;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.device.FieldBytes;
import io.avma.transport.device.KvpAnswer;
import io.avma.transport.device.KvpRequest;
import io.avma.transport.device.KvpResult;
import io.avma.transport.linux.PoolCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the unmodified daemon does, and that our codec, reader and writer know it. */
@NeedsDocker
class DaemonTest {
  private static final KvpGuestContainer GUEST = new KvpGuestContainer();
  private static final HostSide HOST = GUEST.host();

  @BeforeAll
  static void start() {
    GUEST.start();
  }

  @AfterAll
  static void stop() {
    GUEST.stop();
  }

  @BeforeEach
  void emptyThePool() {
    GUEST.setPoolFile(KvpPool.EXTERNAL, new byte[0]);
  }

  private static PoolContent pool() throws TransportException {
    return PoolCodec.decode(KvpPool.EXTERNAL, GUEST.poolFile(KvpPool.EXTERNAL), Strictness.SALVAGE);
  }

  private static List<String> codes(PoolContent content) {
    return content.flaws().stream().map(Flaw::code).toList();
  }

  private static byte[] records(KvpItem... items) {
    byte[] file = new byte[items.length * 2560];
    for (int i = 0; i < items.length; i++) {
      System.arraycopy(PoolCodec.encode(items[i]), 0, file, i * 2560, 2560);
    }
    return file;
  }

  @Test
  void whatTheHostSetsItEnumeratesAndWeRead() throws Exception {
    HOST.set(KvpPool.EXTERNAL, new KvpItem("a", "1"));
    HOST.set(KvpPool.EXTERNAL, new KvpItem("b", "2 \ud83d\ude00"));
    HOST.set(KvpPool.EXTERNAL, new KvpItem("a", "3"));
    ImmutableList<KvpItem> items =
        ImmutableList.of(new KvpItem("a", "3"), new KvpItem("b", "2 \ud83d\ude00"));
    assertEquals(new HostEnumeration(items, true), HOST.enumerate(KvpPool.EXTERNAL));
    assertEquals(items, pool().items());
  }

  @Test
  void numbersOfTheRegistryBecomeDecimalText() throws Exception {
    HOST.setU32(KvpPool.EXTERNAL, "u32", -1);
    HOST.setU64(KvpPool.EXTERNAL, "u64", -1);
    assertEquals(
        List.of(new KvpItem("u32", "4294967295"), new KvpItem("u64", "18446744073709551615")),
        pool().items());
  }

  @Test
  void theTenIntrinsicItemsAreReadAsClaims() {
    HostEnumeration auto = HOST.enumerate(KvpPool.AUTO);
    assertTrue(auto.complete());
    assertEquals(
        List.of(
            "FullyQualifiedDomainName",
            "IntegrationServicesVersion",
            "NetworkAddressIPv4",
            "NetworkAddressIPv6",
            "OSBuildNumber",
            "OSName",
            "OSMajorVersion",
            "OSMinorVersion",
            "OSVersion",
            "ProcessorArchitecture"),
        auto.items().stream().map(KvpItem::key).toList());
    GuestClaims claims =
        GuestClaims.of(KvpSnapshot.builder().items(KvpSource.INTRINSIC, auto.items()).build());
    assertEquals(Optional.of("Debian GNU/Linux"), claims.osName());
    assertEquals(
        Optional.of("3.1"),
        claims.integrationServicesVersion().map(version -> version.toString()),
        "it is the version that the kernel registered");
  }

  @Test
  void aDeleteLeavesStaleBytesThatWeDoNotRead() throws Exception {
    HOST.exchange(
        List.of(
            KvpRequest.set(KvpPool.EXTERNAL, "first", "x"),
            KvpRequest.set(KvpPool.EXTERNAL, "long-key", "v".repeat(2000)),
            KvpRequest.set(KvpPool.EXTERNAL, "long-key", "short"),
            KvpRequest.delete(KvpPool.EXTERNAL, "first")));
    PoolContent content = pool();
    assertEquals(List.of(new KvpItem("long-key", "short")), content.items());
    assertTrue(codes(content).contains("stale-bytes"), content.flaws().toString());
    assertEquals(content.items(), HOST.enumerate(KvpPool.EXTERNAL).items());
  }

  @Test
  void whatIsMissingIsTheEndOfAnEnumeration() {
    assertFalse(HOST.delete(KvpPool.EXTERNAL, "none"));
    assertEquals(Optional.empty(), HOST.get(KvpPool.EXTERNAL, "none"));
    assertEquals(
        KvpResult.CONTINUE.code(), HOST.ask(KvpRequest.enumerate(KvpPool.EXTERNAL, 0)).result());
  }

  @Test
  void aHostThatGetsAValueGetsAnEmptyOne() {
    HOST.set(KvpPool.EXTERNAL, new KvpItem("a", "1"));
    assertEquals(Optional.of(""), HOST.get(KvpPool.EXTERNAL, "a"));
    assertTrue(
        HOST.ask(KvpRequest.get(KvpPool.EXTERNAL, "a")) instanceof KvpAnswer.Value value
            && value.value().text().equals(Optional.of("1")),
        "asked for 2,048 bytes, the daemon itself gives them");
  }

  @Test
  void keysMatchOverTheirSizeOnly() throws Exception {
    HOST.exchange(
        List.of(
            KvpRequest.set(KvpPool.EXTERNAL, "long", "1"),
            KvpRequest.set(KvpPool.EXTERNAL, "LONG", "2"),
            new KvpRequest.Set(
                0,
                KvpRequest.TEXT,
                FieldBytes.of("lon".getBytes(StandardCharsets.US_ASCII)),
                FieldBytes.ofText("3"))));
    assertEquals(
        List.of(new KvpItem("long", "3"), new KvpItem("LONG", "2")),
        pool().items(),
        "a key without its NUL is a prefix; case counts");
  }

  @Test
  void anOperationThatNobodyKnowsSucceeds() {
    assertEquals(new KvpAnswer.Done(), HOST.ask(new KvpRequest.Unknown(77, 0, FieldBytes.empty())));
  }

  @Test
  void theHostsTextIsCutWithoutAWord() throws Exception {
    HOST.set(KvpPool.EXTERNAL, new KvpItem("\u2603".repeat(255), "\u2603".repeat(1023)));
    assertEquals(List.of(new KvpItem("\u2603".repeat(170), "\u2603".repeat(682))), pool().items());
  }

  @Test
  void duplicatesAreEnumeratedAndTheFirstIsTheOneThatCounts() throws Exception {
    GUEST.setPoolFile(
        KvpPool.EXTERNAL,
        records(new KvpItem("a", "1"), new KvpItem("b", "2"), new KvpItem("a", "3")));
    assertEquals(3, HOST.enumerate(KvpPool.EXTERNAL).items().size());
    HOST.set(KvpPool.EXTERNAL, new KvpItem("a", "new"));
    PoolContent content = pool();
    assertEquals("new", content.firstWins().get("a"));
    assertEquals("3", content.lastWins().get("a"));
    assertTrue(HOST.delete(KvpPool.EXTERNAL, "a"));
    assertEquals(List.of(new KvpItem("b", "2"), new KvpItem("a", "3")), pool().items());
  }

  @Test
  void aTornTailIsIgnoredAndTheNextWriteDropsIt() throws Exception {
    byte[] whole = records(new KvpItem("a", "1"), new KvpItem("b", "2"));
    GUEST.setPoolFile(KvpPool.EXTERNAL, Arrays.copyOf(whole, 2560 + 700));
    assertEquals(List.of(new KvpItem("a", "1")), HOST.enumerate(KvpPool.EXTERNAL).items());
    assertEquals(List.of(new KvpItem("a", "1")), pool().items());
    assertEquals(List.of("torn-tail"), codes(pool()));
    HOST.set(KvpPool.EXTERNAL, new KvpItem("c", "3"));
    assertEquals(2 * 2560, GUEST.poolFile(KvpPool.EXTERNAL).length);
  }

  @Test
  void aHostSeesNothingBehindARecordThatIsNotUtf8AndWeDo() throws Exception {
    byte[] file = records(new KvpItem("a", "1"), new KvpItem("b", "2"), new KvpItem("c", "3"));
    file[2560 + 512] = (byte) 0xE9;
    GUEST.setPoolFile(KvpPool.EXTERNAL, file);
    assertEquals(
        new HostEnumeration(ImmutableList.of(new KvpItem("a", "1")), false),
        HOST.enumerate(KvpPool.EXTERNAL));
    assertEquals(3, pool().items().size());
    assertEquals(List.of("value-not-utf8"), codes(pool()));
  }

  /** Why a record of ours always ends its fields. */
  @Test
  void theDaemonDiesWhenItMovesARecordWithoutNul() {
    byte[] file = records(new KvpItem("a", "1"), new KvpItem("b", "2"));
    Arrays.fill(file, 2560, 2560 + 512, (byte) 'x');
    GUEST.setPoolFile(KvpPool.EXTERNAL, file);
    assertEquals(2, HOST.records(KvpPool.EXTERNAL).size(), "it can still read it");
    Exception died = assertThrows(RuntimeException.class, () -> HOST.delete(KvpPool.EXTERNAL, "a"));
    assertTrue(died.getMessage().contains("exit value 134"), died.getMessage());
  }
}
