package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What a message asks or answers. Fields are in the order of the wire. */
@CheckReturnValue
public sealed interface WsManBody {
  /** Asks who answers here; needs no action and, where the host lets it, no login. */
  record Identify() implements WsManBody {}

  /**
   * Says who answers here.
   *
   * @param protocolVersion a URI
   * @param productVendor a name
   * @param productVersion of Windows {@code OS: 10.0.20348 SP: 0.0 Stack: 3.0}, zeros without a
   *     login
   */
  record IdentifyResponse(String protocolVersion, String productVendor, String productVersion)
      implements WsManBody {}

  /** What the items of an enumeration are. */
  enum EnumerationMode {
    /** Instances; what a host takes where nothing is said. */
    OBJECT,
    /** References to instances. */
    EPR,
    /** Instances, each with its reference. */
    OBJECT_AND_EPR
  }

  /**
   * Begins an enumeration of the resource in the header.
   *
   * @param filter which items; a filter in WQL wants a resource that ends in {@code /*}
   * @param optimize whether the answer may hold items
   * @param maxElements how many items such an answer may hold; a host takes 1 for none
   * @param mode what the items are
   * @param expires how long the context shall last
   */
  record Enumerate(
      Optional<WsManFilter> filter,
      boolean optimize,
      OptionalLong maxElements,
      EnumerationMode mode,
      Optional<Duration> expires)
      implements WsManBody {
    /** Returns the enumeration of a whole class, item by item. */
    public static Enumerate all() {
      return new Enumerate(
          Optional.empty(), false, OptionalLong.empty(), EnumerationMode.OBJECT, Optional.empty());
    }
  }

  /**
   * Answers an Enumerate.
   *
   * @param expires how long the context lasts, or until when; a text of XML Schema
   * @param context what the first Pull has to name; none after the end
   * @param items the first items of an optimized enumeration
   * @param endOfSequence whether there are no more
   */
  record EnumerateResponse(
      Optional<String> expires,
      Optional<String> context,
      ImmutableList<WsManItem> items,
      boolean endOfSequence)
      implements WsManBody {}

  /**
   * Asks for the next items of an enumeration or subscription.
   *
   * @param context the newest context, for it may change with every answer
   * @param maxTime how long the host may wait for items
   * @param maxElements how many items; a host takes 1 for none
   * @param maxCharacters how long the items may be together
   */
  record Pull(
      String context,
      Optional<Duration> maxTime,
      OptionalLong maxElements,
      OptionalLong maxCharacters)
      implements WsManBody {}

  /**
   * Answers a Pull.
   *
   * @param context what the next Pull has to name; none after the end
   * @param items the items
   * @param endOfSequence whether these are the last
   */
  record PullResponse(
      Optional<String> context, ImmutableList<WsManItem> items, boolean endOfSequence)
      implements WsManBody {}

  /**
   * Ends an enumeration early.
   *
   * @param context the newest context
   */
  record Release(String context) implements WsManBody {}

  /** Answers a Release. */
  record ReleaseResponse() implements WsManBody {}

  /** Asks for the instance that the header's selectors name. */
  record Get() implements WsManBody {}

  /**
   * Answers a Get.
   *
   * @param resourceUri the class
   * @param instance the instance
   */
  record GetResponse(String resourceUri, CimInstance instance) implements WsManBody {}

  /**
   * Calls a method of the instance that the header's selectors name.
   *
   * @param resourceUri the class; some clients put another name space here
   * @param method the name
   * @param parameters what goes in
   */
  record Invoke(String resourceUri, String method, ImmutableList<CimProperty> parameters)
      implements WsManBody {
    /** Returns the action that the header needs. */
    public String action() {
      return resourceUri + "/" + method;
    }
  }

  /**
   * Answers a call.
   *
   * @param resourceUri the class
   * @param method the name
   * @param results what comes out, {@code ReturnValue} among it, as an instance
   */
  record InvokeResponse(String resourceUri, String method, CimInstance results)
      implements WsManBody {}

  /**
   * Begins a subscription to event logs, whose events are pulled.
   *
   * @param heartbeats after how long without an event an answer comes all the same
   * @param expires how long the subscription shall last
   * @param queries which events; of each log an XPath
   * @param bookmarks after which record of each log to begin
   * @param sendBookmarks whether answers shall hold bookmarks
   */
  record Subscribe(
      Optional<Duration> heartbeats,
      Optional<Duration> expires,
      ImmutableMap<String, String> queries,
      ImmutableMap<String, Long> bookmarks,
      boolean sendBookmarks)
      implements WsManBody {
    /** Checks that there is a query. */
    public Subscribe {
      checkArgument(!queries.isEmpty(), "a subscription to nothing");
    }
  }

  /**
   * Answers a Subscribe.
   *
   * @param identifier the subscription
   * @param expires how long it lasts, or until when; a text of XML Schema
   * @param context what the first Pull has to name
   */
  record SubscribeResponse(String identifier, Optional<String> expires, Optional<String> context)
      implements WsManBody {}

  /** Ends the subscription that the header names. */
  record Unsubscribe() implements WsManBody {}

  /** Answers an Unsubscribe. */
  record UnsubscribeResponse() implements WsManBody {}

  /** Says that an operation is over for the client; some clients of Windows do. */
  record End() implements WsManBody {}

  /** Answers an End. */
  record EndResponse() implements WsManBody {}

  /**
   * Says what went wrong. Texts are in the host's language.
   *
   * @param bySender whether the request is to blame, not the host
   * @param subcode what kind of fault, for example {@code AccessDenied}
   * @param reason the text for people
   * @param detail the URI that says more, for example which feature is not supported
   * @param code the code of Windows, 32 bits unsigned
   * @param machine the host that says so
   * @param message the text of Windows
   * @param wmiError the error of WMI
   */
  record Fault(
      boolean bySender,
      Optional<FaultSubcode> subcode,
      String reason,
      Optional<String> detail,
      OptionalLong code,
      Optional<String> machine,
      Optional<String> message,
      Optional<CimInstance> wmiError)
      implements WsManBody {
    /** Returns subcode, code and reason, escaped and cut. */
    @Override
    public String toString() {
      return subcode.map(FaultSubcode::name).orElse("fault")
          + (code.isPresent() ? String.format(" 0x%08X", code.getAsLong()) : "")
          + ": "
          + ForeignText.escape(reason, 200);
    }
  }
}
