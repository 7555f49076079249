package io.avma.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.platform.HostId;
import io.avma.platform.Standing;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClusterVerdictProperties {
  private static final HostId A = new HostId("a");
  private static final HostId B = new HostId("b");
  private static final HostId C = new HostId("c");

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void theWorstNodeDecides(
      @ForAll("kinds") Verdict.Kind first,
      @ForAll("kinds") Verdict.Kind second,
      @ForAll("kinds") Verdict.Kind third) {
    ClusterVerdict verdict =
        new ClusterVerdict(
            ImmutableMap.of(A, example(first), B, example(second), C, example(third)));
    List<Verdict.Kind> kinds = new ArrayList<>(List.of(first, second, third));
    Verdict.Kind expected =
        kinds.contains(Verdict.Kind.UNSUPPORTED)
            ? Verdict.Kind.UNSUPPORTED
            : kinds.contains(Verdict.Kind.UNDETERMINED)
                ? Verdict.Kind.UNDETERMINED
                : Verdict.Kind.SUPPORTED;
    assertEquals(expected, verdict.kind());
    kinds.removeIf(kind -> kind == Verdict.Kind.SUPPORTED);
    assertEquals(kinds.size(), verdict.doubtful().size());
  }

  @Provide
  Arbitrary<Verdict.Kind> kinds() {
    return Arbitraries.of(Verdict.Kind.class);
  }

  private static Verdict example(Verdict.Kind kind) {
    return switch (kind) {
      case SUPPORTED -> new Verdict.Supported(Standing.DOCUMENTED, "DOC");
      case UNSUPPORTED ->
          new Verdict.Unsupported(
              ImmutableList.of(HostObstacles.NOT_ACTIVATED), ImmutableList.of());
      case UNDETERMINED ->
          new Verdict.Undetermined(
              ImmutableList.of(OpenQuestion.HOST_RELEASE), Standing.DOCUMENTED);
    };
  }
}
