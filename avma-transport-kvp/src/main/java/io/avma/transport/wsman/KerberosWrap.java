package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import java.util.Arrays;

/**
 * Wire level: the wrap tokens of Kerberos (RFC 4121) between GSS, which keeps a token in one piece,
 * and WS-Management, which splits it in a signature and a body of the length of the clear text.
 *
 * <p>GSS writes header, encrypted text, trailer. Windows moves the trailer behind the header, which
 * is a rotation of all that follows the header to the right, and says by how much in the header's
 * field RRC. That field is left out of the checksum, so that the rotation can be done and undone
 * here, without a key. The field EC counts filler, which Windows rotates as well (MS-KILE 3.4.5.4).
 */
@CheckReturnValue
public final class KerberosWrap {
  private static final int HEADER = 16;
  private static final int CONFOUNDER = 16;
  private static final int SEALED = 2;

  private KerberosWrap() {}

  /**
   * Returns the part that holds a token.
   *
   * @param token a sealed token of AES as GSS gives it: not rotated, without filler
   * @param clearLength how long the clear text is, in bytes
   * @throws IllegalArgumentException if it is another token, for example one of RC4
   */
  public static SealedPart part(byte[] token, int clearLength) {
    int signature = token.length - clearLength;
    checkArgument(
        clearLength >= 0 && signature > HEADER + CONFOUNDER && isSealed(token),
        "no sealed wrap token of RFC 4121 (expected: a session key of AES)");
    checkArgument(
        word(token, 4) == 0 && word(token, 6) == 0, "a wrap token that is filled or rotated");
    int trailer = signature - HEADER - CONFOUNDER;
    byte[] rotated = rotated(token, trailer);
    rotated[6] = (byte) (trailer >> 8);
    rotated[7] = (byte) trailer;
    return new SealedPart(
        SealedPart.ENVELOPE_UTF_8,
        clearLength,
        Arrays.copyOf(rotated, signature),
        Arrays.copyOfRange(rotated, signature, rotated.length));
  }

  /**
   * Returns the token in a part, as GSS reads it: not rotated. It may be split anywhere.
   *
   * @throws TransportException {@code DAMAGED} ({@code wrap-token}) if there is no sealed token of
   *     RFC 4121
   */
  public static byte[] token(SealedPart part) throws TransportException {
    byte[] signature = part.signature();
    byte[] sealed = part.sealed();
    byte[] token = Arrays.copyOf(signature, signature.length + sealed.length);
    System.arraycopy(sealed, 0, token, signature.length, sealed.length);
    if (token.length < HEADER + CONFOUNDER || !isSealed(token)) {
      throw TransportException.damaged(
          new Flaw(
              "wrap-token",
              Flaw.Effect.LOST,
              Position.in("sealed message"),
              "no sealed wrap token of RFC 4121 (expected: Kerberos with AES, not NTLM or RC4)"));
    }
    int rrc = word(token, 6);
    if (rrc == 0) {
      return token;
    }
    int content = token.length - HEADER;
    byte[] straight = rotated(token, content - (rrc + word(token, 4)) % content);
    straight[6] = 0;
    straight[7] = 0;
    return straight;
  }

  private static boolean isSealed(byte[] token) {
    return token[0] == 5 && token[1] == 4 && (token[2] & SEALED) != 0 && token[3] == -1;
  }

  private static int word(byte[] token, int at) {
    return (token[at] & 0xFF) << 8 | (token[at + 1] & 0xFF);
  }

  /** With all behind the header moved to the right, what falls out coming in on the left. */
  private static byte[] rotated(byte[] token, int count) {
    int content = token.length - HEADER;
    int by = count % content;
    byte[] rotated = Arrays.copyOf(token, token.length);
    System.arraycopy(token, HEADER, rotated, HEADER + by, content - by);
    System.arraycopy(token, token.length - by, rotated, HEADER, by);
    return rotated;
  }
}
