package io.avma.transport.wsman;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * Which items an enumeration is to give.
 *
 * @param dialect the language, by its URI
 * @param text the question
 */
@CheckReturnValue
public record WsManFilter(String dialect, String text) {
  /** The dialect of {@link Wql}. */
  public static final String WQL = "http://schemas.microsoft.com/wbem/wsman/1/WQL";

  /** Returns the filter of a query. */
  public static WsManFilter of(Wql query) {
    return new WsManFilter(WQL, query.toString());
  }
}
