package io.avma.transport.wsman;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Throwables;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final WsManEndpoint HOST = WsManEndpoint.https("hv1.example");

  @TempDir Path folder;

  private Path file(String text, String rights) throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path file = folder.resolve("login");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    return file;
  }

  @Test
  @SuppressWarnings("try") // what closing does is tried
  void areReadFromAFileOfItsOwnerAlone() throws Exception {
    Path file =
        file("# of the readers\r\nuser=dom\\rëader\r\npassword=  s3=cret \r\n", "rw-------");
    try (Credentials credentials = CredentialSource.file(file).credentials(HOST)) {
      assertEquals("dom\\rëader", credentials.user());
      assertArrayEquals("  s3=cret ".toCharArray(), credentials.password());
      assertFalse(credentials.toString().contains("s3"));
      credentials.close();
      assertArrayEquals(new char[10], credentials.password());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
  void areNotReadFromAFileThatOthersCanUse(String rights) throws Exception {
    TransportException failure = failure("user=u\npassword=s3cret\n", rights);
    assertTrue(failure.getMessage().contains("chmod 600"), failure.getMessage());
  }

  private TransportException failure(String text, String rights) throws IOException {
    CredentialSource source = CredentialSource.file(file(text, rights));
    TransportException failure =
        assertThrows(TransportException.class, () -> source.credentials(HOST));
    assertEquals(Reason.REFUSED, failure.reason());
    assertFalse(Throwables.getStackTraceAsString(failure).contains("s3cret"));
    return failure;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "user=u\n",
        "password=s3cret\n",
        "user=u\ns3cret\n",
        "user=u\npassword=s3cret\npassword=s3cret\n",
        "user=u\npassword=s3cret\nendpoint=s3cret\n",
        "user=u\npassword=s3cret\nendpoint=http://hv1.example:5985\n",
        "user=u\npassword=s3cret\nendpoint=https://hv2.example\n"
      })
  void areRefusedWithWhatIsWrongAndNothingOfTheFile(String text) throws Exception {
    failure(text, "rw-------");
  }

  @Test
  void areBoundToAnEndpoint() throws Exception {
    Path file = file("endpoint=https://HV1.example/\nuser=u\npassword=p\n", "rw-------");
    try (Credentials credentials = CredentialSource.file(file).credentials(HOST)) {
      assertEquals("u", credentials.user());
    }
  }

  @Test
  void areBounded() throws Exception {
    failure("user=u\npassword=" + "x".repeat(20_000), "rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:s3cret@host/wsman",
        "ftp://host/wsman",
        "host",
        "http://host/wsman?x=s",
        "http://host:99999/wsman",
        "http://ho st/"
      })
  void areNoPartOfAnEndpoint(String url) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> WsManEndpoint.parse(url));
    assertFalse(String.valueOf(failure.getMessage()).contains("s3cret"), failure.getMessage());
  }

  @Test
  void endpointsHaveTheUsualPortsAndPaths() {
    assertEquals("http://h:5985/wsman", WsManEndpoint.parse("HTTP://H").toString());
    assertEquals("https://h:5986/wsman", WsManEndpoint.parse("https://h/").toString());
    assertEquals("http://[::1]:80/x", WsManEndpoint.parse("http://[::1]:80/x").toString());
  }
}
