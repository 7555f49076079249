package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.net.HostAndPort;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a host answers, for example {@code http://host.example:5985/wsman}. Credentials are bound
 * to scheme, host and port together.
 *
 * @param tls whether by HTTPS
 * @param host the name or address, lower case; an address of IPv6 without brackets
 * @param port 1 to 65,535
 * @param path begins with a slash
 */
@CheckReturnValue
public record WsManEndpoint(boolean tls, String host, int port, String path) {
  /** The port for HTTP; documented. */
  public static final int HTTP_PORT = 5985;

  /** The port for HTTPS; documented. */
  public static final int HTTPS_PORT = 5986;

  /** Checks the parts. */
  public WsManEndpoint {
    host = host.toLowerCase(Locale.ROOT);
    checkArgument(
        !host.isEmpty() && host.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '/' && c != '@'),
        "host '%s' is no name or address",
        ForeignText.escape(host, 80));
    checkArgument(port >= 1 && port <= 65_535, "port is %s (expected: 1 to 65535)", port);
    checkArgument(
        path.startsWith("/") && path.chars().allMatch(c -> c > ' ' && c < 0x7F),
        "path '%s' is none (expected: /wsman)",
        ForeignText.escape(path, 80));
  }

  /** Returns the endpoint of a host as Windows sets it up: HTTP with sealed messages. */
  public static WsManEndpoint http(String host) {
    return new WsManEndpoint(false, host, HTTP_PORT, "/wsman");
  }

  /** Returns the usual endpoint of a host for HTTPS. */
  public static WsManEndpoint https(String host) {
    return new WsManEndpoint(true, host, HTTPS_PORT, "/wsman");
  }

  /**
   * Reads a URL; without a port 5985 or 5986, without a path {@code /wsman}.
   *
   * @throws IllegalArgumentException if it is no URL of HTTP or HTTPS, or has a login, a query or a
   *     fragment; the message does not repeat a login
   */
  public static WsManEndpoint parse(String url) {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "no URL (expected: http://HOST:5985/wsman or https://HOST:5986/wsman)");
    }
    checkArgument(
        uri.getRawUserInfo() == null && url.indexOf('@') < 0,
        "URL holds a login, which ends in logs and lists of processes (expected: give it apart)");
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    checkArgument(
        (tls || "http".equalsIgnoreCase(uri.getScheme())) && uri.getHost() != null,
        "'%s' is no URL of a host (expected: http://HOST:5985/wsman or https://HOST:5986/wsman)",
        ForeignText.escape(url, 100));
    checkArgument(
        uri.getRawQuery() == null && uri.getRawFragment() == null,
        "'%s' has a query or fragment (expected: none)",
        ForeignText.escape(url, 100));
    String path = uri.getRawPath();
    int port = uri.getPort() < 0 ? (tls ? HTTPS_PORT : HTTP_PORT) : uri.getPort();
    String host = uri.getHost();
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    return new WsManEndpoint(
        tls, host, port, path == null || path.isEmpty() || path.equals("/") ? "/wsman" : path);
  }

  /** Returns host and port, as the header {@code Host} has them. */
  String authority() {
    return HostAndPort.fromParts(host, port).toString();
  }

  /** Returns whether the other endpoint has the same scheme, host and port. */
  public boolean sameOrigin(WsManEndpoint other) {
    return tls == other.tls && host.equals(other.host) && port == other.port;
  }

  /** Returns the URL. */
  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority() + path;
  }
}
