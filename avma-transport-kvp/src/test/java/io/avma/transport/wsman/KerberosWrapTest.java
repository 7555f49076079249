package io.avma.transport.wsman;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.avma.transport.TransportException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerberosWrapTest {
  /** As GSS writes it: header, confounder, clear text, trailer, each byte its own. */
  private static byte[] token(int clear, int trailer, int ec, int rrc) {
    byte[] token = new byte[16 + 16 + clear + ec + trailer];
    for (int i = 16; i < token.length; i++) {
      token[i] = (byte) i;
    }
    token[0] = 5;
    token[1] = 4;
    token[2] = 6;
    token[3] = -1;
    token[5] = (byte) ec;
    token[7] = (byte) rrc;
    return token;
  }

  @Test
  void movesTheTrailerBehindTheHeader() {
    byte[] token = token(100, 28, 0, 0);
    SealedPart part = KerberosWrap.part(token, 100);
    assertEquals(60, part.signature().length);
    assertEquals(100, part.sealed().length);
    assertEquals(28, part.signature()[7], "RRC of AES with SHA-1");
    assertArrayEquals(
        Arrays.copyOfRange(token, token.length - 28, token.length),
        Arrays.copyOfRange(part.signature(), 16, 44));
    assertArrayEquals(
        Arrays.copyOfRange(token, 16, 32), Arrays.copyOfRange(part.signature(), 44, 60));
    assertArrayEquals(Arrays.copyOfRange(token, 32, 132), part.sealed());
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 32, 40})
  void undoesWhatItDid(int trailer) throws TransportException {
    for (int clear : new int[] {0, 1, 27, 28, 29, 5000}) {
      byte[] token = token(clear, trailer, 0, 0);
      assertArrayEquals(token, KerberosWrap.token(KerberosWrap.part(token, clear)));
    }
  }

  @Test
  void readsATokenThatIsNotRotatedWhereverItIsSplit() throws TransportException {
    byte[] token = token(50, 28, 0, 0);
    for (int at = 0; at <= token.length; at++) {
      SealedPart part =
          new SealedPart(
              SealedPart.ENVELOPE_UTF_8,
              50,
              Arrays.copyOf(token, at),
              Arrays.copyOfRange(token, at, token.length));
      assertArrayEquals(token, KerberosWrap.token(part));
    }
  }

  @Test
  void rotatesTheFillerTooAsWindowsDoes() throws TransportException {
    byte[] straight = token(50, 28, 16, 0);
    byte[] rotated = straight.clone();
    System.arraycopy(straight, straight.length - 44, rotated, 16, 44);
    System.arraycopy(straight, 16, rotated, 60, straight.length - 60);
    rotated[7] = 28;
    SealedPart part = new SealedPart(SealedPart.ENVELOPE_UTF_8, 50, rotated, new byte[0]);
    assertArrayEquals(straight, KerberosWrap.token(part));
  }

  @Test
  void turnsAroundACountThatIsLongerThanTheToken() throws TransportException {
    byte[] token = token(0, 28, 0, 0);
    byte[] hostile = token.clone();
    hostile[6] = (byte) 0xFF;
    hostile[7] = (byte) 0xFF;
    SealedPart part = new SealedPart(SealedPart.ENVELOPE_UTF_8, 0, hostile, new byte[0]);
    assertEquals(token.length, KerberosWrap.token(part).length);
  }

  @Test
  void refusesOtherTokens() {
    byte[] clear = token(50, 28, 0, 0);
    clear[2] = 0; // signed, not sealed: whoever takes it has no secrecy
    byte[] ntlm = new byte[80];
    ntlm[0] = 1;
    for (byte[] token : new byte[][] {clear, ntlm, new byte[0], Arrays.copyOf(clear, 20)}) {
      SealedPart part = new SealedPart(SealedPart.ENVELOPE_UTF_8, 50, token, new byte[0]);
      assertThrows(TransportException.class, () -> KerberosWrap.token(part));
      assertThrows(IllegalArgumentException.class, () -> KerberosWrap.part(token, 50));
    }
    assertThrows(IllegalArgumentException.class, () -> KerberosWrap.part(token(50, 28, 0, 28), 50));
  }
}
