package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;

/** Keys with a certificate that they have signed themselves, by the JDK's own tool. */
final class ServerKeys {
  static final char[] PASSWORD = "changeit".toCharArray();

  private ServerKeys() {}

  /** Makes a key that is good for this machine's own names. */
  static KeyStore make(Path folder, String alias, String name) throws Exception {
    Path file = folder.resolve(alias + ".p12");
    Path output = folder.resolve(alias + ".txt");
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            alias,
            "-dname",
            name,
            "-keyalg",
            "EC",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD));
    Process tool =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertEquals(0, tool.waitFor(), Files.readString(output));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}
