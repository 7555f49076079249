package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.cim.CimReference;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a client enumerates.
 *
 * @param resourceUri the class, or for a query its name space with {@code /*}
 * @param query which instances
 * @param mode what the items are
 * @param maxElements how many items an answer may hold, where it is not what the options say
 */
@CheckReturnValue
public record WsManQuery(
    String resourceUri,
    Optional<Wql> query,
    WsManBody.EnumerationMode mode,
    OptionalInt maxElements) {
  /** Checks the number. */
  public WsManQuery {
    checkArgument(
        maxElements.isEmpty() || maxElements.getAsInt() >= 1,
        "maxElements is %s (expected: at least 1)",
        maxElements);
  }

  /**
   * Returns all instances of a class.
   *
   * @param namespace for example {@code root/virtualization/v2}
   */
  public static WsManQuery all(String namespace, String className) {
    return new WsManQuery(
        CimReference.WMI + namespace.replace('\\', '/') + "/" + className,
        Optional.empty(),
        WsManBody.EnumerationMode.OBJECT,
        OptionalInt.empty());
  }

  /**
   * Returns the answer to a query.
   *
   * @param namespace for example {@code root/virtualization/v2}
   */
  public static WsManQuery of(String namespace, Wql query) {
    return new WsManQuery(
        CimReference.WMI + namespace.replace('\\', '/') + "/*",
        Optional.of(query),
        WsManBody.EnumerationMode.OBJECT,
        OptionalInt.empty());
  }

  /** Returns the same with other items: references, or both. */
  public WsManQuery withMode(WsManBody.EnumerationMode other) {
    return new WsManQuery(resourceUri, query, other, maxElements);
  }

  /** Returns the same with at most {@code count} items an answer. */
  public WsManQuery withMaxElements(int count) {
    return new WsManQuery(resourceUri, query, mode, OptionalInt.of(count));
  }
}
