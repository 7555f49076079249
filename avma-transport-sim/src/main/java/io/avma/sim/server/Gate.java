package io.avma.sim.server;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ietf.jgss.GSSException;
import org.jspecify.annotations.Nullable;

/** Finds out who asks, by the header of a request and what its connection has agreed on. */
final class Gate {
  /** A token of Kerberos with a large list of groups has less. */
  private static final int MAX_TOKEN = 48 << 10;

  private static final String MUTUAL =
      "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";
  private static final String ANYONE = "anyone";

  private final SecurityPolicy policy;

  Gate(SecurityPolicy policy) {
    this.policy = policy;
  }

  /** What the gate says. */
  sealed interface Verdict {}

  /**
   * The request may be read.
   *
   * @param user who asks; none may ask who answers here, and nothing else
   * @param challenge what the answer adds to an authentication
   */
  record Admitted(Optional<String> user, Optional<String> challenge) implements Verdict {}

  /**
   * The request is answered with 401.
   *
   * @param challenges what the caller may do about it
   * @param why a sentence
   */
  record Refused(ImmutableList<String> challenges, String why) implements Verdict {}

  /**
   * Judges a request.
   *
   * @param authorization the header, if there is one
   * @param identify whether the caller says that it wants to know who answers, without a login
   * @param certificate the client's, verified
   * @param connection changed by what the header says
   */
  Verdict judge(
      @Nullable String authorization,
      boolean identify,
      Optional<X509Certificate> certificate,
      ConnectionLogin connection) {
    if (authorization == null || authorization.strip().equalsIgnoreCase(MUTUAL)) {
      return known(identify, certificate, connection);
    }
    List<String> words = Splitter.on(' ').trimResults().limit(2).splitToList(authorization.strip());
    String token = words.size() > 1 ? words.get(1) : "";
    return switch (words.get(0).toLowerCase(Locale.ROOT)) {
      case "basic" -> basic(token);
      case "negotiate", "kerberos" -> negotiate(words.get(0), token, connection);
      case "ntlm" -> refused(NegotiateToken.NTLM_REFUSED);
      default -> policy.anyLogin() ? anyone() : refused("authentication of an unknown kind");
    };
  }

  private Verdict known(
      boolean identify, Optional<X509Certificate> certificate, ConnectionLogin connection) {
    if (connection.user().isPresent()) {
      return new Admitted(connection.user(), Optional.empty());
    }
    if (certificate.isPresent()) {
      return new Admitted(
          Optional.of(certificate.get().getSubjectX500Principal().getName()), Optional.empty());
    }
    if (policy.anyLogin()) {
      return anyone();
    }
    return identify
        ? new Admitted(Optional.empty(), Optional.empty())
        : refused("authentication is needed");
  }

  private static Verdict anyone() {
    return new Admitted(Optional.of(ANYONE), Optional.empty());
  }

  private Verdict basic(String token) {
    if (policy.anyLogin()) {
      return anyone();
    }
    if (!policy.takesBasic()) {
      return refused(
          "Basic is not taken over HTTP, where anybody can read the password: use HTTPS or"
              + " Kerberos (Windows: AllowUnencrypted=false)");
    }
    Optional<String> user = policy.logins().user(token);
    return user.isPresent()
        ? new Admitted(user, Optional.empty())
        : refused("user or password is wrong");
  }

  private Verdict negotiate(String scheme, String token, ConnectionLogin connection) {
    byte[] decoded;
    try {
      decoded =
          token.length() > MAX_TOKEN * 4 / 3 ? new byte[0] : Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      decoded = new byte[0];
    }
    if (NegotiateToken.isNtlmAlone(decoded)) {
      connection.forget();
      return refused(NegotiateToken.NTLM_REFUSED);
    }
    KerberosService kerberos = policy.kerberos();
    if (kerberos == null) {
      return policy.anyLogin()
          ? anyone()
          : refused("Negotiate is not offered: this server has no keytab");
    }
    if (decoded.length == 0) {
      connection.forget();
      return refused("token is too long, empty or not in Base64");
    }
    try {
      byte[] next = connection.accept(kerberos, decoded);
      Optional<String> challenge =
          next.length == 0
              ? Optional.empty()
              : Optional.of(scheme + " " + Base64.getEncoder().encodeToString(next));
      return connection.user().isPresent()
          ? new Admitted(connection.user(), challenge)
          : new Refused(
              challenge.map(ImmutableList::of).orElseGet(policy::challenges), "to be continued");
    } catch (GSSException e) {
      connection.forget();
      return refused("token is not taken: " + e.getMajorString());
    }
  }

  private Verdict refused(String why) {
    return new Refused(policy.challenges(), why);
  }
}
