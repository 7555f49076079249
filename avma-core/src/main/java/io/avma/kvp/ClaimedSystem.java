package io.avma.kvp;

import com.google.common.collect.ImmutableList;
import io.avma.platform.Edition;
import io.avma.platform.ForeignText;
import io.avma.platform.GuestSystem;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.platform.WindowsSku;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The operating system that a guest's items add up to, and where they contradict each other. */
final class ClaimedSystem {
  private static final int OLDEST_BUILD_WITH_AVMA = WindowsRelease.WS_2012_R2.build();

  private final TypedItems<IntrinsicItem> items;
  private final String name;
  private final Optional<WindowsSku> sku;
  private final OptionalInt build;

  ClaimedSystem(TypedItems<IntrinsicItem> items) {
    this.items = items;
    name =
        items.get(IntrinsicItem.OS_NAME, ItemValue.Text.class).map(ItemValue.Text::text).orElse("");
    sku = items.get(IntrinsicItem.OS_EDITION_ID, ItemValue.Sku.class).flatMap(ItemValue.Sku::sku);
    OptionalInt fromNumber = buildNumber();
    build = fromNumber.isPresent() ? fromNumber : buildInVersion();
  }

  /**
   * Builds are shared by clients and servers, so the product type decides, and the name where there
   * is none (assumed).
   */
  GuestSystem system() {
    if (!isWindows()) {
      boolean silent = name.isBlank() && version(IntrinsicItem.OS_VERSION).isEmpty();
      return silent
          ? new GuestSystem.Unknown()
          : new GuestSystem.NotWindows(name.isBlank() ? "not Windows" : name);
    }
    String shown = name.isBlank() ? "Windows" : name;
    if (isClient()) {
      return new GuestSystem.WindowsClient(shown);
    }
    if (build.isPresent() && build.getAsInt() < OLDEST_BUILD_WITH_AVMA) {
      return new GuestSystem.EarlierWindowsServer(shown);
    }
    Optional<Edition> edition = sku.isPresent() ? sku.get().edition() : editionInName();
    ImmutableList<WindowsRelease> releases = candidates();
    if (edition.isEmpty() || releases.isEmpty()) {
      return new GuestSystem.Unknown();
    }
    boolean evaluation =
        sku.map(known -> known.is(WindowsSku.Trait.EVALUATION))
            .orElse(lowerName().contains("evaluation"));
    return new GuestSystem.WindowsServer(releases.get(0), edition.get(), Ternary.of(evaluation));
  }

  ImmutableList<WindowsRelease> candidates() {
    if (build.isEmpty() || !isWindows() || isClient()) {
      return ImmutableList.of();
    }
    int number = build.getAsInt();
    return sku.map(known -> known.releasesOf(number)).orElse(WindowsRelease.ofBuild(number));
  }

  ImmutableList<KvpProblem> contradictions() {
    ImmutableList.Builder<KvpProblem> found = ImmutableList.builder();
    if (!isWindows()) {
      return ImmutableList.of();
    }
    OptionalInt inVersion = buildInVersion();
    if (inVersion.isPresent() && build.isPresent() && !inVersion.equals(build)) {
      found.add(
          contradiction(
              IntrinsicItem.OS_BUILD_NUMBER,
              build.getAsInt() + " (expected: " + inVersion.getAsInt() + ", as OSVersion says)"));
    }
    Optional<Edition> named = editionInName();
    Optional<Edition> numbered = sku.flatMap(WindowsSku::edition);
    if (named.isPresent() && numbered.isPresent() && !named.equals(numbered)) {
      found.add(
          contradiction(
              IntrinsicItem.OS_EDITION_ID,
              numbered.get().displayName()
                  + " (expected: "
                  + named.get().displayName()
                  + ", as OSName '"
                  + ForeignText.escape(name, 80)
                  + "' says)"));
    }
    return found.build();
  }

  private boolean isWindows() {
    return items.get(IntrinsicItem.PRODUCT_TYPE, ItemValue.Product.class).isPresent()
        || items.get(IntrinsicItem.OS_EDITION_ID, ItemValue.Sku.class).isPresent()
        || lowerName().startsWith("windows")
        || lowerName().startsWith("microsoft windows");
  }

  private boolean isClient() {
    return items
        .get(IntrinsicItem.PRODUCT_TYPE, ItemValue.Product.class)
        .map(product -> product.type() == ProductType.WORKSTATION)
        .orElse(sku.isEmpty() && !name.isBlank() && !lowerName().contains("server"));
  }

  private Optional<Edition> editionInName() {
    String lower = lowerName();
    if (lower.contains("azure edition")) {
      return Optional.of(Edition.AZURE_EDITION);
    }
    for (Edition edition : Edition.values()) {
      if (lower.contains(edition.displayName().toLowerCase(Locale.ROOT))) {
        return Optional.of(edition);
      }
    }
    return Optional.empty();
  }

  private OptionalInt buildNumber() {
    return version(IntrinsicItem.OS_BUILD_NUMBER)
        .filter(version -> version.numbers().size() == 1 && version.suffix().isEmpty())
        .map(version -> version.number(0))
        .orElse(OptionalInt.empty());
  }

  private OptionalInt buildInVersion() {
    return version(IntrinsicItem.OS_VERSION)
        .map(version -> version.number(2))
        .orElse(OptionalInt.empty());
  }

  private Optional<ItemValue.Version> version(IntrinsicItem item) {
    return items.get(item, ItemValue.Version.class);
  }

  private String lowerName() {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static KvpProblem contradiction(IntrinsicItem item, String message) {
    return KvpProblem.of(KvpSource.INTRINSIC, item.key(), KvpProblem.Reason.CONTRADICTION, message);
  }
}
