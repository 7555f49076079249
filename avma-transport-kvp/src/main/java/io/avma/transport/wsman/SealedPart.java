package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;

/** Wire level: one sealed piece of a message. Immutable: what goes in and out is copied. */
@CheckReturnValue
public final class SealedPart {
  /** What Windows' clients say that they have sealed. */
  public static final String ENVELOPE_UTF_8 = "application/soap+xml;charset=UTF-8";

  /** No mechanism has signatures anywhere near as long. */
  static final int MAX_SIGNATURE = 4096;

  private final String contentType;
  private final int clearLength;
  private final byte[] signature;
  private final byte[] sealed;

  /**
   * Makes a part.
   *
   * @param contentType the media type of what was sealed, one line
   * @param clearLength its length in bytes, unsealed; some clients count padding in
   * @param signature what the security context needs to verify and unseal; at most 4,096 bytes
   * @param sealed the rest
   */
  public SealedPart(String contentType, int clearLength, byte[] signature, byte[] sealed) {
    checkArgument(
        contentType.chars().allMatch(c -> c >= ' ' && c < 0x7F),
        "content type is not one line of ASCII");
    checkArgument(clearLength >= 0, "clearLength is %s (expected: at least 0)", clearLength);
    checkArgument(
        signature.length <= MAX_SIGNATURE,
        "signature has %s bytes (expected: at most %s)",
        signature.length,
        MAX_SIGNATURE);
    this.contentType = contentType;
    this.clearLength = clearLength;
    this.signature = signature.clone();
    this.sealed = sealed.clone();
  }

  /** Returns the media type of what was sealed. */
  public String contentType() {
    return contentType;
  }

  /** Returns how many bytes were sealed, as the other side says. */
  public int clearLength() {
    return clearLength;
  }

  /** Returns what stands in front of the sealed bytes. */
  public byte[] signature() {
    return signature.clone();
  }

  /** Returns the sealed bytes. */
  public byte[] sealed() {
    return sealed.clone();
  }

  /** Returns the lengths. */
  @Override
  public String toString() {
    return clearLength + " bytes sealed as " + signature.length + " + " + sealed.length;
  }
}
