package io.avma.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PlatformProperties {
  @Property
  void anyNameHasOneAnswer(@ForAll String text) {
    assertEquals(WindowsRelease.named(text), WindowsRelease.named(" " + text + " "));
    assertEquals(Edition.named(text), Edition.named(" " + text + " "));
  }

  @Property
  void everyCodeIsReadBackInEachSpelling(@ForAll int value) {
    Optional<Hresult> code = Optional.of(new Hresult(value));
    assertEquals(code, Hresult.parse(code.get().hex()));
    assertEquals(code, Hresult.parse(Integer.toString(value)));
    assertEquals(code, Hresult.parse(Integer.toUnsignedString(value)));
    assertEquals(code, Hresult.parse("hr=0x" + Integer.toHexString(value)));
  }

  @Property
  void anyCodeTextHasAnAnswer(@ForAll String text) {
    Hresult.parse(text).ifPresent(code -> assertEquals(10, code.hex().length()));
  }

  @Property
  void escapedTextIsHarmlessExceptForItsOwnBackslashes(@ForAll String text) {
    String escaped = ForeignText.escape(text);
    assertTrue(ForeignText.isHarmless(escaped.replace("\\u{", "")), escaped);
    assertEquals(ForeignText.isHarmless(text), escaped.equals(text));
  }

  @Property
  void cuttingNeverLeavesHalfAPairAndNeverGrowsWithoutBound(
      @ForAll String text, @ForAll @IntRange(min = 1, max = 60) int limit) {
    String cut = ForeignText.escape(text, limit);
    assertTrue(ForeignText.isHarmless(cut.replace("\\u{", "")), cut);
    assertTrue(cut.length() <= limit * 8 + 30);
    if (text.length() <= limit) {
      assertEquals(ForeignText.escape(text), cut);
    } else {
      assertTrue(cut.endsWith(" more)"));
    }
  }

  @Property
  void vmIdsAreOrderedAsTheyArePrintedAndReadBack(
      @ForAll("guids") UUID left, @ForAll("guids") UUID right) {
    VmId first = new VmId(left);
    VmId second = new VmId(right);
    assertEquals(Optional.of(first), VmId.parse(first.toString()));
    assertEquals(
        Integer.signum(first.toString().compareTo(second.toString())),
        Integer.signum(first.compareTo(second)));
    assertEquals(0, first.compareTo(new VmId(left)));
    VmId neighbour =
        new VmId(new UUID(left.getMostSignificantBits(), right.getLeastSignificantBits()));
    assertEquals(
        Integer.signum(first.toString().compareTo(neighbour.toString())),
        Integer.signum(first.compareTo(neighbour)));
  }

  @Provide
  Arbitrary<UUID> guids() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
  }
}
