package io.avma.cli;

import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.wsman.WsManEndpoint;

/**
 * The one command that mends a step of the way to a host, in PowerShell on it unless it says.
 * Sources: docs/least-privilege.md.
 */
final class HostRemedy {
  private HostRemedy() {}

  static String of(
      HostDoctor.Step step, WsManEndpoint endpoint, HostAccess.Auth auth, TransportException e) {
    return switch (step) {
      case NAME ->
          "on the DNS server: Add-DnsServerResourceRecordA -ZoneName ZONE -Name "
              + endpoint.host()
              + " -IPv4Address ADDRESS";
      case PORT ->
          endpoint.tls()
              ? "on the host: New-Item -Path WSMan:\\localhost\\Listener -Transport HTTPS -Address *"
                  + " -CertificateThumbPrint THUMBPRINT -Force"
              : "on the host: Enable-PSRemoting -Force";
      case TLS ->
          "here: avma host doctor "
              + endpoint
              + " --pin FINGERPRINT (on the host: (Get-ChildItem"
              + " Cert:\\LocalMachine\\My\\THUMBPRINT).GetCertHashString('SHA256'))";
      case AUTHENTICATION -> authentication(endpoint, auth, e);
      case VIRTUALIZATION_RIGHTS ->
          e.reason() == Reason.REFUSED
              ? "on the host: Add-LocalGroupMember -Group 'Hyper-V Administrators' -Member USER"
              : "on the host: Install-WindowsFeature Hyper-V -IncludeManagementTools -Restart";
      case SYSTEM_RIGHTS ->
          "on the host: wmimgmt.msc, Properties of WMI Control, Security, Root\\CIMV2: allow USER"
              + " 'Enable Account' and 'Remote Enable'";
      case LOG_RIGHTS ->
          "on the host: Add-LocalGroupMember -Group 'Event Log Readers' -Member USER";
      case CLUSTER_RIGHTS ->
          e.reason() == Reason.REFUSED
              ? "on the host: Grant-ClusterAccess -User DOMAIN\\USER -ReadOnly"
              : "on the host: Get-Service ClusSvc";
      case QUOTAS ->
          e.reason() == Reason.TOO_LARGE
              ? "on the host: Set-Item WSMan:\\localhost\\MaxEnvelopeSizekb 2048"
              : "on the host: Set-Item WSMan:\\localhost\\Service\\MaxConcurrentOperationsPerUser"
                  + " 3000";
    };
  }

  private static String authentication(
      WsManEndpoint endpoint, HostAccess.Auth auth, TransportException e) {
    if (auth == HostAccess.Auth.KERBEROS) {
      return kerberos(endpoint, e);
    }
    return endpoint.tls()
        ? "on the host: Set-Item WSMan:\\localhost\\Service\\Auth\\Basic $true"
        : "here: avma host doctor https://" + endpoint.host() + ":5986/wsman --auth basic";
  }

  /** The JDK and Windows number what a KDC says; texts differ, and numbers do not (RFC 4120). */
  private static String kerberos(WsManEndpoint endpoint, TransportException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (said.contains("(37)") || said.contains("Clock skew too great")) {
        return "here: chronyc makestep (the clocks are more than 5 minutes apart; on the host:"
            + " w32tm /resync)";
      }
      if (said.contains("(7)") || said.contains("Server not found in Kerberos database")) {
        return "on a domain controller: setspn -S HTTP/"
            + endpoint.host()
            + " COMPUTER (or ask the host by the name that setspn -L COMPUTER shows)";
      }
    }
    return "here: kinit USER@REALM";
  }
}
