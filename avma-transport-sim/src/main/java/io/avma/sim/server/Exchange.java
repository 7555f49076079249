package io.avma.sim.server;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.avma.transport.TransportException;
import io.avma.transport.wsman.SealedMessage;
import io.avma.transport.wsman.WsManLimits;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.MimeTypes;
import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;

/** One message of a caller who was admitted, on its way to the data centre and back. */
final class Exchange {
  private static final String ENVELOPE = "application/soap+xml;charset=";

  private final EndpointHandler endpoint;
  private final Caller caller;
  private final ConnectionLogin login;
  private final String contentType;
  private final boolean sealed;
  private final boolean mayBeClear;
  private final Consumer<HeldPull> holding;

  /**
   * Begins an exchange.
   *
   * @param sealed whether the message came sealed, and so has its answer to
   * @param mayBeClear whether it need not
   * @param holding is told of a pull that waits
   */
  Exchange(
      EndpointHandler endpoint,
      Caller caller,
      ConnectionLogin login,
      String contentType,
      boolean sealed,
      boolean mayBeClear,
      Consumer<HeldPull> holding) {
    this.endpoint = endpoint;
    this.caller = caller;
    this.login = login;
    this.contentType = contentType;
    this.sealed = sealed;
    this.mayBeClear = mayBeClear;
    this.holding = holding;
  }

  void read(BodyReader.Result body, Reply reply) {
    if (body instanceof BodyReader.TooLong) {
      reply.last(); // for what comes next is still that body
      send(ServerFaults.tooLong(endpoint.maxEnvelope()), "UTF-8", null, reply);
    } else if (body instanceof BodyReader.Whole whole) {
      if (whole.length() == 0) {
        reply.empty(200);
      } else if (sealed) {
        unseal(whole.bytes(), reply);
      } else if (!EndpointHandler.isEnvelope(contentType)) {
        reply.text(415, "no envelope (expected: Content-Type: " + ENVELOPE + "UTF-8)");
      } else if (!mayBeClear) {
        send(ServerFaults.unencrypted(), "UTF-8", null, reply);
      } else {
        ask(whole.bytes(), contentType, null, reply);
      }
    }
  }

  private void unseal(byte[] body, Reply reply) {
    ConnectionLogin.Clear clear;
    try {
      clear = login.unseal(contentType, body, endpoint.sealedLimits());
    } catch (TransportException e) {
      reply.last();
      reply.text(400, "sealed message cannot be read: " + e.getMessage());
      return;
    } catch (GSSException e) {
      login.forget();
      reply.last();
      reply.text(400, "sealed message is not taken: " + e.getMajorString());
      return;
    }
    if (clear.envelope().length > endpoint.maxEnvelope()) {
      send(ServerFaults.tooLong(endpoint.maxEnvelope()), "UTF-8", clear.protocol(), reply);
      return;
    }
    ask(clear.envelope(), clear.contentType(), clear.protocol(), reply);
  }

  private void ask(
      byte[] envelope, String type, SealedMessage.@Nullable Protocol protocol, Reply reply) {
    Optional<Charset> charset = charset(type);
    if (charset.isEmpty()) {
      reply.text(415, "no charset that is read here (expected: UTF-8 or UTF-16)");
      return;
    }
    String written = charset.get().equals(UTF_8) ? "UTF-8" : "UTF-16";
    var unused =
        endpoint
            .loop()
            .submit(
                stage -> stage.service().answer(caller, endpoint.host(), envelope, charset.get()))
            .whenCompleteAsync(
                (outcome, failure) -> {
                  if (cause(failure) instanceof RejectedExecutionException) {
                    send(
                        ServerFaults.busy(envelope, WsManLimits.STANDARD),
                        written,
                        protocol,
                        reply);
                  } else {
                    answer(outcome, failure, written, protocol, reply);
                  }
                },
                endpoint.threads());
  }

  private void answer(
      @Nullable Outcome outcome,
      @Nullable Throwable failure,
      String written,
      SealedMessage.@Nullable Protocol protocol,
      Reply reply) {
    if (outcome instanceof Answer answer) {
      send(answer, written, protocol, reply);
    } else if (outcome instanceof HeldPull held) {
      holding.accept(held);
      var unused =
          held.answer()
              .whenCompleteAsync(
                  (answer, gone) -> answer(answer, gone, written, protocol, reply),
                  endpoint.threads());
    } else if (cause(failure) instanceof HostGoneException) {
      reply.never();
    } else {
      reply.failed(failure == null ? new IllegalStateException("no outcome") : failure);
    }
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private void send(
      Answer answer, String charset, SealedMessage.@Nullable Protocol protocol, Reply reply) {
    byte[] envelope = charset.equals("UTF-8") ? answer.envelope() : utf16(answer.envelope());
    if (protocol == null) {
      reply.body(answer.status(), ENVELOPE + charset, envelope);
      return;
    }
    try {
      SealedMessage message = login.seal(protocol, envelope, ENVELOPE + charset);
      reply.body(answer.status(), message.contentType(), message.encode());
    } catch (GSSException | IllegalArgumentException e) {
      reply.last();
      reply.text(
          500,
          "answer cannot be sealed: " + e.getMessage() + " (ask for confidentiality, with AES)");
    }
  }

  /** As Windows writes it: little endian, with a mark. */
  private static byte[] utf16(byte[] utf8) {
    return ("\uFEFF" + new String(utf8, UTF_8)).getBytes(UTF_16LE);
  }

  private static Optional<Charset> charset(String contentType) {
    String name = MimeTypes.getCharsetFromContentType(contentType);
    if (name == null || name.equalsIgnoreCase("utf-8") || name.equalsIgnoreCase("us-ascii")) {
      return Optional.of(UTF_8);
    }
    for (Charset wide : new Charset[] {UTF_16, UTF_16LE, UTF_16BE}) {
      if (name.equalsIgnoreCase(wide.name())) {
        return Optional.of(wide);
      }
    }
    return Optional.empty();
  }
}
