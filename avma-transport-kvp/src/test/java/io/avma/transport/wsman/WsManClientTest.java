package io.avma.transport.wsman;

import static io.avma.transport.wsman.ScriptedPeer.http;
import static io.avma.transport.wsman.ScriptedPeer.soap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WsManClientTest {
  private static final String NAMESPACE = "root/virtualization/v2";
  private static final CimReference VM =
      CimReference.wmi(NAMESPACE, "Msvm_X", ImmutableMap.of("Name", "n"));
  private static final WsManBody IDENTITY =
      new WsManBody.IdentifyResponse("urn:p", "Microsoft Corporation", "OS: 10.0.20348");

  private static WsManClient client(ScriptedPeer peer, WsManOptions options)
      throws TransportException {
    return WsManClient.open(peer.endpoint(), WsManLogin.none(), options);
  }

  private static WsManClient client(ScriptedPeer peer) throws TransportException {
    return client(peer, WsManOptions.STANDARD);
  }

  private static WsManOptions quick(int responseMillis, int callMillis) {
    return WsManOptions.STANDARD.withTimeouts(
        Duration.ofSeconds(5), Duration.ofMillis(responseMillis), Duration.ofMillis(callMillis));
  }

  private static WsManItem item(int number) {
    return new WsManItem.Instance(
        CimReference.WMI + NAMESPACE + "/Msvm_X",
        CimInstance.of("Msvm_X", CimProperty.of("N", CimValue.of(CimType.UINT32, number))),
        Optional.empty());
  }

  private static WsManBody.Fault fault(FaultSubcode kind) {
    return new WsManBody.Fault(
        true,
        Optional.of(kind),
        "so",
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static TransportException failure(ScriptedPeer.Script script, WsManOptions options)
      throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.start(script);
        WsManClient client = client(peer, options)) {
      TransportException failure = assertThrows(TransportException.class, client::identify);
      assertTrue(failure.getMessage().contains(peer.endpoint().toString()), failure.getMessage());
      return failure;
    }
  }

  private static TransportException failure(ScriptedPeer.Script script) throws Exception {
    return failure(script, quick(5000, 20_000));
  }

  @Test
  void asksOverOneConnection() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.start((r, out) -> soap(out, r, IDENTITY));
        WsManClient client = client(peer)) {
      assertEquals("Microsoft Corporation", client.identify().productVendor());
      assertEquals(IDENTITY, client.identify());
      assertEquals(List.of(0, 0), peer.requests().stream().map(r -> r.connection()).toList());
      assertEquals("", peer.requests().get(0).header("Authorization"));
    }
  }

  @Test
  void pullsWithTheNewestContextUntilTheEnd() throws Exception {
    List<String> contexts = new ArrayList<>();
    ScriptedPeer.Script script =
        (r, out) -> {
          WsManBody asked = WsManCodec.decode(r.body(), WsManLimits.STANDARD).body();
          if (asked instanceof WsManBody.Enumerate enumerate) {
            assertTrue(enumerate.optimize());
            assertEquals(OptionalLong.of(256), enumerate.maxElements());
            return soap(
                out,
                r,
                new WsManBody.EnumerateResponse(
                    Optional.empty(), Optional.of("c0"), ImmutableList.of(item(0)), false));
          }
          contexts.add(((WsManBody.Pull) asked).context());
          boolean end = contexts.size() == 3;
          return soap(
              out,
              r,
              new WsManBody.PullResponse(
                  end ? Optional.empty() : Optional.of("c" + contexts.size()),
                  ImmutableList.of(item(contexts.size())),
                  end));
        };
    try (ScriptedPeer peer = ScriptedPeer.start(script);
        WsManClient client = client(peer)) {
      ImmutableList<WsManItem> items =
          client.enumerate(WsManQuery.of(NAMESPACE, Wql.select("*").from("Msvm_X")));
      assertEquals(4, items.size());
      for (int i = 0; i < 4; i++) {
        CimInstance instance = ((WsManItem.Instance) items.get(i)).instance();
        assertEquals(OptionalLong.of(i), instance.number("N", CimType.UINT32));
      }
      assertEquals(List.of("c0", "c1", "c2"), contexts);
    }
  }

  @Test
  void cutsEndlessPullsOffAndReleasesThem() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    ScriptedPeer.Script script =
        (r, out) -> {
          WsManBody asked = WsManCodec.decode(r.body(), WsManLimits.STANDARD).body();
          if (asked instanceof WsManBody.Release) {
            released.countDown();
            return soap(out, r, new WsManBody.ReleaseResponse());
          }
          return asked instanceof WsManBody.Enumerate
              ? soap(
                  out,
                  r,
                  new WsManBody.EnumerateResponse(
                      Optional.empty(), Optional.of("c"), ImmutableList.of(), false))
              : soap(
                  out,
                  r,
                  new WsManBody.PullResponse(
                      Optional.of("c"), ImmutableList.of(item(1), item(2)), false));
        };
    try (ScriptedPeer peer = ScriptedPeer.start(script);
        WsManClient client = client(peer, WsManOptions.STANDARD.withLimits(100_000, 10, 50))) {
      TransportException failure =
          assertThrows(
              TransportException.class,
              () -> client.enumerate(WsManQuery.all(NAMESPACE, "Msvm_X")));
      assertEquals(Reason.TOO_LARGE, failure.reason());
      assertEquals(0, released.getCount());
    }
  }

  /** Few items, each as long as an answer may be: what is kept of them has an end. */
  @Test
  void cutsPullsOffThatBringMoreThanCanBeKept() throws Exception {
    WsManItem large =
        new WsManItem.Instance(
            CimReference.WMI + NAMESPACE + "/Msvm_X",
            CimInstance.of("Msvm_X", CimProperty.of("Text", CimValue.of("x".repeat(480_000)))),
            Optional.empty());
    AtomicInteger pulls = new AtomicInteger();
    ScriptedPeer.Script script =
        (r, out) -> {
          WsManBody asked = WsManCodec.decode(r.body(), WsManLimits.STANDARD).body();
          if (asked instanceof WsManBody.Enumerate) {
            return soap(
                out,
                r,
                new WsManBody.EnumerateResponse(
                    Optional.empty(), Optional.of("c"), ImmutableList.of(), false));
          }
          pulls.incrementAndGet();
          return soap(
              out,
              r,
              asked instanceof WsManBody.Release
                  ? new WsManBody.ReleaseResponse()
                  : new WsManBody.PullResponse(Optional.of("c"), ImmutableList.of(large), false));
        };
    try (ScriptedPeer peer = ScriptedPeer.start(script);
        WsManClient client = client(peer)) {
      TransportException failure =
          assertThrows(
              TransportException.class,
              () -> client.enumerate(WsManQuery.all(NAMESPACE, "Msvm_X")));
      assertEquals(Reason.TOO_LARGE, failure.reason());
      assertTrue(failure.getMessage().contains("bytes in all"), failure.getMessage());
      assertTrue(pulls.get() < 150, "pulls: " + pulls);
    }
  }

  @Test
  void cutsPullsOffThatBringNothing() throws Exception {
    ScriptedPeer.Script script =
        (r, out) ->
            r.text().contains("<n:Enumerate>")
                ? soap(
                    out,
                    r,
                    new WsManBody.EnumerateResponse(
                        Optional.empty(), Optional.of("c"), ImmutableList.of(), false))
                : soap(
                    out,
                    r,
                    new WsManBody.PullResponse(Optional.of("c"), ImmutableList.of(), false));
    try (ScriptedPeer peer = ScriptedPeer.start(script);
        WsManClient client = client(peer)) {
      assertEquals(
          Reason.DAMAGED,
          assertThrows(
                  TransportException.class,
                  () -> client.enumerate(WsManQuery.all(NAMESPACE, "Msvm_X")))
              .reason());
    }
  }

  @Test
  void getsCallsAndSubscribes() throws Exception {
    ScriptedPeer.Script script =
        (r, out) -> {
          WsManBody asked = WsManCodec.decode(r.body(), WsManLimits.STANDARD).body();
          if (asked instanceof WsManBody.Get) {
            return soap(
                out,
                r,
                new WsManBody.GetResponse(
                    VM.resourceUri(),
                    CimInstance.of("Msvm_X", CimProperty.of("A", CimValue.of("b")))));
          }
          if (asked instanceof WsManBody.Invoke invoke) {
            assertEquals("Do", invoke.method());
            return soap(
                out,
                r,
                new WsManBody.InvokeResponse(
                    VM.resourceUri(),
                    "Do",
                    CimInstance.of("Do_OUTPUT", CimProperty.of("ReturnValue", CimValue.of("0")))));
          }
          if (asked instanceof WsManBody.Subscribe) {
            return soap(
                out, r, new WsManBody.SubscribeResponse("id", Optional.empty(), Optional.of("s0")));
          }
          return asked instanceof WsManBody.Release
              ? soap(out, r, new WsManBody.ReleaseResponse())
              : soap(
                  out,
                  r,
                  new WsManBody.PullResponse(
                      Optional.of("s1"), ImmutableList.of(new WsManItem.Event("<Event/>")), false));
        };
    try (ScriptedPeer peer = ScriptedPeer.start(script);
        WsManClient client = client(peer)) {
      assertEquals(Optional.of("b"), client.get(VM).text("A"));
      assertEquals(
          OptionalLong.of(0),
          client
              .invoke(VM, "Do", List.of(CimProperty.of("P", CimValue.of("<&>"))))
              .number("ReturnValue", CimType.UINT32));
      try (WsManSubscription events =
          client.subscribe(
              ImmutableMap.of("Application", "*"), ImmutableMap.of(), Duration.ofSeconds(20))) {
        assertEquals(List.of("<Event/>"), events.pull(10));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDenied, REFUSED",
    "DestinationUnreachable, NOT_FOUND",
    "EncodingLimit, TOO_LARGE",
    "InvalidEnumerationContext, TIMED_OUT",
    "QuotaLimit, BUSY",
    "InternalError, FAILED",
    "InvalidSelectors, INVALID",
    "ActionNotSupported, NOT_SUPPORTED"
  })
  void takesFaultsByTheirMeaning(String subcode, Reason reason) throws Exception {
    assertEquals(
        reason, failure((r, out) -> soap(out, r, fault(FaultSubcode.wsman(subcode)))).reason());
  }

  @Test
  void tellsTheCodeOfWmi() throws Exception {
    WsManBody.Fault fault =
        new WsManBody.Fault(
            true,
            Optional.of(FaultSubcode.wsman("InternalError")),
            "so",
            Optional.empty(),
            OptionalLong.of(0x80338029L),
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                CimInstance.of(
                    "MSFT_WmiError",
                    CimProperty.of("error_Code", CimValue.of(CimType.UINT32, 0x8004100EL)))));
    TransportException failure = failure((r, out) -> soap(out, r, fault));
    assertEquals(Reason.NOT_SUPPORTED, failure.reason());
    assertEquals(OptionalLong.of(0x8004100EL), failure.code());
  }

  @Test
  void followsNoRedirect() throws Exception {
    CountDownLatch followed = new CountDownLatch(1);
    try (ScriptedPeer other =
        ScriptedPeer.start(
            (r, out) -> {
              followed.countDown();
              return soap(out, r, IDENTITY);
            })) {
      TransportException failure =
          failure(
              (r, out) -> {
                http(out, 307, "", new byte[0], "Location: " + other.endpoint());
                return true;
              });
      assertEquals(Reason.REFUSED, failure.reason());
      assertTrue(failure.getMessage().contains("not followed"), failure.getMessage());
      assertEquals(1, followed.getCount());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, REFUSED",
    "403, REFUSED",
    "404, NOT_FOUND",
    "413, TOO_LARGE",
    "503, BUSY",
    "500, FAILED",
    "200, DAMAGED",
    "302, REFUSED"
  })
  void takesPagesOfOtherServersForWhatTheyAre(int status, Reason reason) throws Exception {
    List<Integer> count = new ArrayList<>();
    TransportException failure =
        failure(
            (r, out) -> {
              count.add(1);
              http(
                  out,
                  status,
                  "text/html",
                  "<html>s</html>".getBytes(UTF_8),
                  "WWW-Authenticate: NTLM");
              return true;
            });
    assertEquals(reason, failure.reason());
    assertEquals(1, count.size(), "asked again");
  }

  @Test
  void readsNoMoreThanTheLimit() throws Exception {
    long[] written = {0};
    TransportException failure =
        failure(
            (r, out) -> {
              head(out, "Transfer-Encoding: chunked");
              byte[] chunk = ("10000\r\n" + " ".repeat(65_536) + "\r\n").getBytes(UTF_8);
              while (written[0] < 1L << 30) {
                out.write(chunk);
                written[0] += chunk.length;
              }
              return false;
            });
    assertEquals(Reason.TOO_LARGE, failure.reason());
    assertTrue(written[0] < 64 << 20, "went on for " + written[0]);
    failure =
        failure(
            (r, out) -> {
              head(out, "Content-Length: 1073741824");
              return true;
            });
    assertEquals(Reason.TOO_LARGE, failure.reason());
  }

  @Test
  void noticesAnswersThatAreCutOff() throws Exception {
    TransportException failure =
        failure(
            (r, out) -> {
              head(out, "Content-Length: 5000");
              out.write("<s:Envelope".getBytes(UTF_8));
              return false;
            });
    assertEquals(Reason.UNREACHABLE, failure.reason());
  }

  @Test
  void readsNoMoreThanTheDeclaredLength() throws Exception {
    TransportException failure =
        failure(
            (r, out) -> {
              head(out, "Content-Length: 20");
              out.write(ScriptedPeer.envelope(r.messageId(), IDENTITY));
              return false;
            });
    assertEquals(Reason.DAMAGED, failure.reason());
  }

  @ParameterizedTest
  @CsvSource({
    "<!DOCTYPE e [<!ENTITY a 'x'>]><e>&a;</e>, document-type",
    "<!DOCTYPE e SYSTEM 'file:///etc/passwd'><e/>, document-type",
    "nothing of XML, malformed",
    "<a/>, no-envelope"
  })
  void expandsNothingAndTakesNoOtherXml(String body, String code) throws Exception {
    TransportException failure =
        failure(
            (r, out) -> {
              http(out, 200, "application/soap+xml", body.getBytes(UTF_8));
              return true;
            });
    assertEquals(Optional.of(code), failure.flaw().map(Flaw::code));
  }

  @Test
  void takesNoAnswerToAnotherRequest() throws Exception {
    TransportException failure =
        failure(
            (r, out) -> {
              http(
                  out,
                  200,
                  SealedPart.ENVELOPE_UTF_8,
                  ScriptedPeer.envelope("uuid:other", IDENTITY));
              return true;
            });
    assertEquals(Reason.DAMAGED, failure.reason());
  }

  @Test
  void waitsNoLongerForWhoeverIsSilent() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    TransportException failure =
        failure(
            (r, out) -> {
              over.await();
              return false;
            },
            quick(100, 60_000));
    over.countDown();
    assertEquals(Reason.TIMED_OUT, failure.reason());
  }

  @ParameterizedTest
  @CsvSource({"300, 60000, no whole answer within 300 ms", "60000, 400, not done within 400 ms"})
  void waitsNoLongerForWhoeverDripsBytes(int responseMillis, int callMillis, String message)
      throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    TransportException failure =
        failure(
            (r, out) -> {
              head(out, "Content-Length: 5000");
              while (!over.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
              }
              return false;
            },
            quick(responseMillis, callMillis));
    over.countDown();
    assertEquals(Reason.TIMED_OUT, failure.reason());
    assertTrue(failure.getMessage().endsWith(message), failure.getMessage());
  }

  @Test
  void isUnreachableWhereNobodyListens() throws Exception {
    ScriptedPeer peer = ScriptedPeer.start((r, out) -> false);
    peer.close();
    try (WsManClient client = client(peer)) {
      assertEquals(
          Reason.UNREACHABLE, assertThrows(TransportException.class, client::identify).reason());
    }
    try (WsManClient client =
        WsManClient.open(
            WsManEndpoint.http("nobody.invalid"), WsManLogin.none(), WsManOptions.STANDARD)) {
      assertEquals(
          Reason.UNREACHABLE, assertThrows(TransportException.class, client::identify).reason());
    }
  }

  @Test
  void repeatsReadsOnAConnectionThatThePeerHadClosed() throws Exception {
    try (ScriptedPeer peer =
            ScriptedPeer.start(
                // The second request on the first connection is read, and not answered.
                (r, out) -> (r.connection() > 0 || r.number() == 0) && soap(out, r, IDENTITY));
        WsManClient client = client(peer)) {
      assertEquals(IDENTITY, client.identify());
      assertEquals(IDENTITY, client.identify());
      assertEquals(3, peer.requests().size());
    }
  }

  @Test
  void repeatsNoCallThatMayHaveBeenCarriedOut() throws Exception {
    try (ScriptedPeer peer =
            ScriptedPeer.start((r, out) -> r.number() == 0 && soap(out, r, IDENTITY));
        WsManClient client = client(peer)) {
      assertEquals(IDENTITY, client.identify());
      TransportException failure =
          assertThrows(TransportException.class, () -> client.invoke(VM, "Do", List.of()));
      assertEquals(Reason.UNREACHABLE, failure.reason());
      assertEquals(2, peer.requests().size());
    }
  }

  @Test
  void repeatsNothingOnANewConnection() throws Exception {
    List<Integer> count = new ArrayList<>();
    TransportException failure =
        failure(
            (r, out) -> {
              count.add(1);
              return false;
            });
    assertEquals(Reason.UNREACHABLE, failure.reason());
    assertEquals(1, count.size());
  }

  @Test
  void endsWhenTheThreadIsInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedPeer peer =
            ScriptedPeer.start(
                (r, out) -> {
                  asked.countDown();
                  over.await();
                  return false;
                });
        WsManClient client = client(peer)) {
      assertEquals(Reason.INTERRUPTED, endedBy(client, asked, Thread::interrupt).reason());
      over.countDown();
    }
  }

  @Test
  @SuppressWarnings("try") // closing it in the middle is what is tried
  void endsWhenTheClientIsClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedPeer peer =
            ScriptedPeer.start(
                (r, out) -> {
                  asked.countDown();
                  over.await();
                  return false;
                });
        WsManClient client = client(peer)) {
      assertEquals(Reason.INTERRUPTED, endedBy(client, asked, t -> client.close()).reason());
      over.countDown();
      IllegalStateException closed = assertThrows(IllegalStateException.class, client::identify);
      assertTrue(closed.getMessage().contains(peer.endpoint().toString()));
    }
  }

  private static TransportException endedBy(
      WsManClient client, CountDownLatch asked, java.util.function.Consumer<Thread> end)
      throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller = new Thread(() -> thrown.set(assertThrows(Throwable.class, client::identify)));
    caller.start();
    asked.await();
    end.accept(caller);
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> caller.join());
    return assertInstanceOf(TransportException.class, thrown.get());
  }

  @Test
  void sendsAPasswordOfBasicOverTlsOnly() throws Exception {
    CredentialSource source = endpoint -> new Credentials("user", "s3cret".toCharArray());
    try (ScriptedPeer peer = ScriptedPeer.start((r, out) -> soap(out, r, IDENTITY))) {
      TransportException failure =
          assertThrows(
              TransportException.class,
              () ->
                  WsManClient.open(
                      peer.endpoint(), WsManLogin.basic(source), WsManOptions.STANDARD));
      assertEquals(Reason.REFUSED, failure.reason());
      assertTrue(peer.requests().isEmpty());
      try (WsManClient client =
          WsManClient.open(
              peer.endpoint(),
              WsManLogin.basic(source),
              WsManOptions.STANDARD.allowingBasicWithoutTls())) {
        assertEquals(IDENTITY, client.identify());
        assertEquals("Basic dXNlcjpzM2NyZXQ=", peer.requests().get(0).header("Authorization"));
      }
    }
  }

  @Test
  void runsNoMoreCallsAtOnceThanItMay() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (ScriptedPeer peer =
            ScriptedPeer.start(
                (r, out) -> {
                  first.countDown();
                  go.await();
                  return soap(out, r, IDENTITY);
                });
        WsManClient client = client(peer, quick(20_000, 30_000).withConnections(1))) {
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Thread caller = new Thread(() -> assertIdentity(client));
        caller.start();
        callers.add(caller);
      }
      first.await();
      assertEquals(1, peer.requests().size());
      go.countDown();
      for (Thread caller : callers) {
        caller.join();
      }
      assertEquals(4, peer.requests().size());
      assertFalse(peer.requests().stream().anyMatch(r -> r.connection() > 0));
    }
  }

  private static void assertIdentity(WsManClient client) {
    try {
      assertEquals(IDENTITY, client.identify());
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  private static void head(OutputStream out, String line) throws IOException {
    out.write(
        ("HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n" + line + "\r\n\r\n")
            .getBytes(UTF_8));
    out.flush();
  }
}
