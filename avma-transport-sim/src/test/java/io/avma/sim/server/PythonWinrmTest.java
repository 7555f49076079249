package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.realm.TestRealm;
import io.avma.sim.SimulatedDatacenter;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * pywinrm with MIT Kerberos below it, as Debian has them, asks a host as Windows is set up by
 * default: Kerberos and sealed messages over plain HTTP.
 */
@Timeout(120)
class PythonWinrmTest {
  private static final String ENUMERATE =
      """
      <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
          xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
          xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"
          xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">
        <s:Header>
          <a:To>http://localhost/wsman</a:To>
          <w:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/wmi/root/virtualization/v2/*</w:ResourceURI>
          <a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>
          <a:Action>http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate</a:Action>
          <a:MessageID>uuid:11111111-2222-3333-4444-555555555555</a:MessageID>
        </s:Header>
        <s:Body>
          <n:Enumerate>
            <w:OptimizeEnumeration/>
            <w:MaxElements>100</w:MaxElements>
            <w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">SELECT ElementName FROM Msvm_ComputerSystem</w:Filter>
          </n:Enumerate>
        </s:Body>
      </s:Envelope>
      """;

  @TempDir Path folder;

  private static SimulatedDatacenter datacenter() {
    return SimulatedDatacenter.builder()
        .host("hv-1", HostProfile.datacenter(WindowsRelease.WS_2022))
        .build();
  }

  @Test
  void asksSealedOverHttp() throws Exception {
    for (String module : List.of("winrm", "requests_kerberos", "gssapi")) {
      assumeTrue(
          Files.isDirectory(Path.of("/usr/lib/python3/dist-packages", module)),
          "Debian's python3 has no " + module);
    }
    try (TestRealm realm = TestRealm.start(folder);
        WsManServer server =
            WsManServer.builder(PythonWinrmTest::datacenter).kerberos(realm.keytab()).start()) {
      Path script = folder.resolve("ask.py");
      try (InputStream in = PythonWinrmTest.class.getResourceAsStream("ask.py")) {
        Files.copy(in, script);
      }
      Path identify = Files.writeString(folder.resolve("identify.xml"), Wire.IDENTIFY);
      Path enumerate = Files.writeString(folder.resolve("enumerate.xml"), ENUMERATE);
      Path output = folder.resolve("output");
      ProcessBuilder python =
          new ProcessBuilder(
                  "/usr/bin/python3",
                  script.toString(),
                  "http://localhost:" + server.endpoints().get(0).uri().getPort() + "/wsman",
                  identify.toString(),
                  enumerate.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      python.environment().put("KRB5_CONFIG", folder.resolve("client.conf").toString());
      python.environment().put("KRB5CCNAME", "FILE:" + realm.ticketCache());
      Process process = python.start();
      boolean ended = process.waitFor(100, TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertTrue(ended && process.exitValue() == 0, said);
      assertTrue(said.contains("IdentifyResponse"), said);
      assertTrue(said.contains("hv-1") || said.contains("HV-1"), said);
      assertTrue(said.contains("refused: "), said);
      assertEquals(-1, said.indexOf("a shell was opened"), said);
    }
  }
}
