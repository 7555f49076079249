package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.wsman.WsManEndpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRemedyTest {
  /** Texts as the JDK gives them for what a KDC or a host says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "No valid credentials provided (Mechanism level: Clock skew too great (37)) | w32tm /resync",
        "Clock skew too great | w32tm /resync",
        "something else (37) | w32tm /resync",
        "Server not found in Kerberos database (7) | setspn -S HTTP/hv1.example COMPUTER",
        "Server not found in Kerberos database | setspn -S HTTP/hv1.example COMPUTER",
        "something else (7) | setspn -S HTTP/hv1.example COMPUTER",
        "Client not found in Kerberos database (6) | kinit",
        "Checksum failed | kinit",
      })
  void whatAKdcSaysDecidesWhatMendsALogin(String said, String command) {
    TransportException failure =
        new TransportException(
            Reason.REFUSED, "login not taken", new Exception(new Exception(said)));
    String remedy =
        HostRemedy.of(
            HostDoctor.Step.AUTHENTICATION,
            WsManEndpoint.parse("http://hv1.example:5985/wsman"),
            HostAccess.Auth.KERBEROS,
            failure);
    assertTrue(remedy.contains(command), remedy);
  }
}
