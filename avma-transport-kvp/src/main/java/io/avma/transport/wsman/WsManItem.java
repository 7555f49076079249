package io.avma.transport.wsman;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import java.util.Optional;

/** An item of an enumeration or subscription. */
@CheckReturnValue
public sealed interface WsManItem {
  /**
   * An instance.
   *
   * @param resourceUri its class
   * @param instance the instance
   * @param reference where it is, if that was asked for
   */
  record Instance(String resourceUri, CimInstance instance, Optional<CimReference> reference)
      implements WsManItem {}

  /**
   * A reference to an instance.
   *
   * @param reference where it is
   */
  record Epr(CimReference reference) implements WsManItem {}

  /**
   * An event of a log.
   *
   * @param xml its XML, as text
   */
  record Event(String xml) implements WsManItem {}
}
