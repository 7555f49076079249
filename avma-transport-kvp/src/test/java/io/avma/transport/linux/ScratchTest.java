package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir Path directory;
  private final Scratch scratch = new Scratch();

  private <T> T read(byte[] content, Scratch.Work<T> work) throws Exception {
    Path file = Files.write(directory.resolve("pool" + content.length), content);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return scratch.read(channel, PoolLimits.standard(), "pool", work);
    }
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void aPoolThatIsReadWhileAnotherIsInUseHasMemoryOfItsOwn() throws Exception {
    byte[] one = filled(2560, 1);
    assertEquals(2560, read(one, PoolBytes::length)); // so there is something to take
    byte[] kept =
        read(
            one,
            pool -> {
              try {
                int length = read(filled(1000, 2), PoolBytes::length);
                assertEquals(1000, length);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
              assertArrayEquals(one, Arrays.copyOf(pool.bytes(), pool.length()));
              return pool.bytes();
            });
    assertSame(kept, read(filled(1000, 3), PoolBytes::bytes), "it is used again");
  }

  @Test
  void theMemoryOfAVeryLargePoolIsNotKept() throws Exception {
    int large = 6 << 20;
    assertEquals(large, read(new byte[large], PoolBytes::length));
    int kept = read(new byte[2560], pool -> pool.bytes().length);
    assertTrue(kept < large, kept + " bytes");
  }
}
