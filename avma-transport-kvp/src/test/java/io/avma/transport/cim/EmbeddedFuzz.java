package io.avma.transport.cim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The fuzzer's way into the codecs of embedded instances. */
public final class EmbeddedFuzz {
  private EmbeddedFuzz() {}

  /** Returns an item as it is and as it is found inside of a message. */
  public static List<byte[]> seeds() {
    String item =
        KvpDataItemCodec.encode(
            new KvpDataItem(Optional.of("OSName"), Optional.of("a<b>&"), OptionalInt.of(2)));
    StringBuilder escaped = new StringBuilder();
    XmlText.appendContent(escaped, item);
    return List.of(
        item.getBytes(UTF_8),
        escaped.toString().getBytes(UTF_8),
        ("<![CDATA[" + item + item + "]]>").getBytes(UTF_8));
  }

  /** Throws if the bytes are read otherwise than any text should be. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    CimProperties.check(new String(bytes, UTF_8));
  }
}
