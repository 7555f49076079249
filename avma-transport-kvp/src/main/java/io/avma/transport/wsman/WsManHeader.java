package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The header of a message. Blanks around URIs do not count.
 *
 * @param addressing the version; the older one where nothing of it is there
 * @param language {@code xml:lang} of the envelope
 * @param action what is asked or answered; an Identify has none
 * @param to to whom
 * @param messageId the message, for example {@code uuid:…}
 * @param relatesTo the message that this one answers
 * @param replyTo whom to answer
 * @param resourceUri the resource
 * @param selectors the keys of the instance, each text or a reference, in the order of the wire
 * @param maxEnvelopeSize how long the answer may be, in bytes
 * @param operationTimeout how long the answer may take
 * @param options the options of the resource
 * @param operationId an identifier that the answer has to repeat
 * @param subscription the subscription that an Unsubscribe means
 * @param bookmarks in the answer of a subscription that sends them: of each log the record behind
 *     which to subscribe anew without losing or repeating an event; where they stand is documented
 *     for events that are sent, and assumed for those that are pulled
 * @param notUnderstood headers that must be understood and are not, as {@code {name space}name}
 */
@CheckReturnValue
public record WsManHeader(
    Addressing addressing,
    Optional<String> language,
    Optional<String> action,
    Optional<String> to,
    Optional<String> messageId,
    Optional<String> relatesTo,
    Optional<String> replyTo,
    Optional<String> resourceUri,
    ImmutableMap<String, CimValue> selectors,
    OptionalLong maxEnvelopeSize,
    Optional<Duration> operationTimeout,
    ImmutableMap<String, String> options,
    Optional<String> operationId,
    Optional<String> subscription,
    ImmutableMap<String, Long> bookmarks,
    ImmutableList<String> notUnderstood) {

  /** Returns the builder of an empty header. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the builder of a request as a client sends it: answers come back the same way. */
  public static Builder request(String to, String messageId) {
    return builder().to(to).messageId(messageId).replyTo(CimReference.ANONYMOUS);
  }

  /** Returns the selector of a name, compared without regard to case. */
  public Optional<CimValue> selector(String name) {
    return selectors.entrySet().stream()
        .filter(selector -> selector.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Returns action and identifiers, escaped and cut. */
  @Override
  public String toString() {
    return ForeignText.escape(
        action.orElse("(no action)")
            + messageId.map(id -> " " + id).orElse("")
            + relatesTo.map(id -> " to " + id).orElse(""),
        300);
  }

  /** Collects a header. Not safe for several threads. */
  public static final class Builder {
    private Addressing addressing = Addressing.AUGUST_2004;
    private Optional<String> language = Optional.empty();
    private Optional<String> action = Optional.empty();
    private Optional<String> to = Optional.empty();
    private Optional<String> messageId = Optional.empty();
    private Optional<String> relatesTo = Optional.empty();
    private Optional<String> replyTo = Optional.empty();
    private Optional<String> resourceUri = Optional.empty();
    private final Map<String, CimValue> selectors = new LinkedHashMap<>();
    private OptionalLong maxEnvelopeSize = OptionalLong.empty();
    private Optional<Duration> operationTimeout = Optional.empty();
    private final Map<String, String> options = new LinkedHashMap<>();
    private Optional<String> operationId = Optional.empty();
    private Optional<String> subscription = Optional.empty();
    private final Map<String, Long> bookmarks = new LinkedHashMap<>();
    private final ImmutableList.Builder<String> notUnderstood = ImmutableList.builder();

    private Builder() {}

    /** Sets {@link WsManHeader#addressing()}. */
    @CanIgnoreReturnValue
    public Builder addressing(Addressing version) {
      addressing = version;
      return this;
    }

    /** Sets {@link WsManHeader#language()}. */
    @CanIgnoreReturnValue
    public Builder language(String tag) {
      language = Optional.of(tag);
      return this;
    }

    /** Sets {@link WsManHeader#action()}. */
    @CanIgnoreReturnValue
    public Builder action(String uri) {
      action = Optional.of(uri);
      return this;
    }

    /** Sets {@link WsManHeader#to()}. */
    @CanIgnoreReturnValue
    public Builder to(String uri) {
      to = Optional.of(uri);
      return this;
    }

    /** Sets {@link WsManHeader#messageId()}. */
    @CanIgnoreReturnValue
    public Builder messageId(String id) {
      messageId = Optional.of(id);
      return this;
    }

    /** Sets {@link WsManHeader#relatesTo()}. */
    @CanIgnoreReturnValue
    public Builder relatesTo(String id) {
      relatesTo = Optional.of(id);
      return this;
    }

    /** Sets {@link WsManHeader#replyTo()}. */
    @CanIgnoreReturnValue
    public Builder replyTo(String uri) {
      replyTo = Optional.of(uri);
      return this;
    }

    /** Sets {@link WsManHeader#resourceUri()}. */
    @CanIgnoreReturnValue
    public Builder resourceUri(String uri) {
      resourceUri = Optional.of(uri);
      return this;
    }

    /** Sets resource and selectors to the instance of {@code reference}. */
    @CanIgnoreReturnValue
    public Builder instance(CimReference reference) {
      selectors.clear();
      selectors.putAll(reference.keys());
      return resourceUri(reference.resourceUri());
    }

    /** Adds a selector. */
    @CanIgnoreReturnValue
    public Builder selector(String name, CimValue value) {
      selectors.put(name, value);
      return this;
    }

    /** Sets {@link WsManHeader#maxEnvelopeSize()}. */
    @CanIgnoreReturnValue
    public Builder maxEnvelopeSize(long bytes) {
      maxEnvelopeSize = OptionalLong.of(bytes);
      return this;
    }

    /** Sets {@link WsManHeader#operationTimeout()}. */
    @CanIgnoreReturnValue
    public Builder operationTimeout(Duration timeout) {
      operationTimeout = Optional.of(timeout);
      return this;
    }

    /** Adds an option. */
    @CanIgnoreReturnValue
    public Builder option(String name, String value) {
      options.put(name, value);
      return this;
    }

    /** Sets {@link WsManHeader#operationId()}. */
    @CanIgnoreReturnValue
    public Builder operationId(String id) {
      operationId = Optional.of(id);
      return this;
    }

    /** Sets {@link WsManHeader#subscription()}. */
    @CanIgnoreReturnValue
    public Builder subscription(String identifier) {
      subscription = Optional.of(identifier);
      return this;
    }

    /** Adds a log's entry of {@link WsManHeader#bookmarks()}. */
    @CanIgnoreReturnValue
    public Builder bookmark(String log, long record) {
      bookmarks.put(log, record);
      return this;
    }

    @CanIgnoreReturnValue
    Builder notUnderstood(String name) {
      notUnderstood.add(name);
      return this;
    }

    /** Returns the header. */
    public WsManHeader build() {
      return new WsManHeader(
          addressing,
          language,
          action,
          to,
          messageId,
          relatesTo,
          replyTo,
          resourceUri,
          ImmutableMap.copyOf(selectors),
          maxEnvelopeSize,
          operationTimeout,
          ImmutableMap.copyOf(options),
          operationId,
          subscription,
          ImmutableMap.copyOf(bookmarks),
          notUnderstood.build());
    }
  }
}
