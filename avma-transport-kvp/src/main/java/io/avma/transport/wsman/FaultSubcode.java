package io.avma.transport.wsman;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * The kind of a fault.
 *
 * @param namespace the URI of its name space
 * @param name its name there, for example {@code DestinationUnreachable}
 */
@CheckReturnValue
public record FaultSubcode(String namespace, String name) {
  /** Returns a kind that WS-Management names, for example {@code AccessDenied}. */
  public static FaultSubcode wsman(String name) {
    return new FaultSubcode(Names.WSMAN, name);
  }

  /** Returns a kind that WS-Addressing names, for example {@code DestinationUnreachable}. */
  public static FaultSubcode addressing(String name) {
    return new FaultSubcode(Addressing.AUGUST_2004.uri(), name);
  }

  /** Returns a kind that WS-Enumeration names, for example {@code InvalidEnumerationContext}. */
  public static FaultSubcode enumeration(String name) {
    return new FaultSubcode(Names.ENUMERATION, name);
  }
}
