package io.avma.transport.wsman;

/** The version of WS-Addressing; Windows speaks the older one. */
public enum Addressing {
  /** {@code http://schemas.xmlsoap.org/ws/2004/08/addressing}. */
  AUGUST_2004("http://schemas.xmlsoap.org/ws/2004/08/addressing"),
  /** {@code http://www.w3.org/2005/08/addressing}. */
  AUGUST_2005("http://www.w3.org/2005/08/addressing");

  private final String uri;

  Addressing(String uri) {
    this.uri = uri;
  }

  /** Returns the name space. */
  public String uri() {
    return uri;
  }

  static boolean isNamespace(String uri) {
    return uri.equals(AUGUST_2004.uri) || uri.equals(AUGUST_2005.uri);
  }
}
