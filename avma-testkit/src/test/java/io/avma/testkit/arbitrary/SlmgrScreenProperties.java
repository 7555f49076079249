package io.avma.testkit.arbitrary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.AvmaId;
import io.avma.activation.LicenseStatus;
import io.avma.activation.SlmgrLicense;
import io.avma.activation.SlmgrOutput;
import io.avma.platform.HostId;
import io.avma.platform.LicenseChannel;
import io.avma.testkit.arbitrary.SlmgrScreen.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What {@code slmgr} says is read back from what it prints, and nothing else is. */
@Domain(AvmaDomain.class)
@Domain(DomainContext.Global.class)
class SlmgrScreenProperties {
  @Property(tries = 400)
  void whatIsSaidIsRead(@ForAll SlmgrScreen screen) {
    SlmgrOutput output = SlmgrOutput.parse(screen.text());
    assertEquals(ImmutableList.of(), output.flaws());
    boolean foreignSentence = !screen.english() && screen.command() == Command.XPR;
    assertEquals(foreignSentence ? 0 : 1, output.licenses().size());
    if (!foreignSentence) {
      assertEquals(Optional.empty(), output.error());
      check(screen, output.licenses().get(0));
      assertEquals(
          output.licenses().stream().filter(SlmgrLicense::isAvma).findFirst(), output.avma());
    }
  }

  private static void check(SlmgrScreen screen, SlmgrLicense license) {
    boolean sentence = screen.command() == Command.XPR;
    boolean whole = screen.command() == Command.DLV;
    boolean notification = screen.status() == LicenseStatus.NOTIFICATION;
    assertEquals(
        screen.english() ? SlmgrLicense.Reading.ENGLISH : SlmgrLicense.Reading.STRUCTURE,
        license.reading());
    LicenseChannel said =
        screen.status() == LicenseStatus.LICENSED && screen.channel() == LicenseChannel.AVMA
            ? LicenseChannel.AVMA
            : LicenseChannel.UNKNOWN;
    assertEquals(sentence ? said : screen.channel(), license.channel());
    assertEquals(license.channel() == LicenseChannel.AVMA, license.isAvma());
    assertEquals(keep(!sentence, screen.lastFive()), license.lastFive());
    assertEquals(keep(screen.english() || notification, screen.status()), license.status());
    assertEquals(keep(!sentence && notification, screen.reason()), license.notificationReason());
    assertEquals(
        !sentence && screen.showsMinutes()
            ? OptionalLong.of(screen.minutes())
            : OptionalLong.empty(),
        license.minutesLeft());
    assertEquals(
        keep(!sentence && screen.showsMinutes(), Instant.EPOCH.plus(minutes(screen))),
        license.endsAt(Instant.EPOCH));
    assertEquals(keep(sentence && screen.showsEndDate(), screen.endDate()), license.endDate());
    assertEquals(keep(whole, screen.activationId()), license.activationId());
    assertEquals(
        screen.guestIaid().filter(id -> whole && screen.english()).map(AvmaId::new),
        license.guestIaid());
    boolean activated = whole && (screen.english() || screen.channel() == LicenseChannel.AVMA);
    assertEquals(screen.activatedBy().filter(host -> activated).map(HostId::new), license.host());
    assertEquals(
        screen.activatedBy().filter(host -> activated).map(host -> SlmgrScreen.ACTIVATION_TIME),
        license.activationTime());
    assertEquals(
        screen.activatedBy().filter(host -> activated).map(host -> SlmgrScreen.HOST_PID),
        license.hostDigitalPid2());
    assertFalse(license.toString().contains("\n"));
    license.lastFive().ifPresent(five -> assertTrue(license.toString().contains("key …" + five)));
    license.host().ifPresent(host -> assertTrue(license.toString().endsWith(" by " + host)));
    license
        .minutesLeft()
        .ifPresent(left -> assertTrue(license.toString().contains(" " + left + " minutes left")));
    license.endDate().ifPresent(end -> assertTrue(license.toString().contains(" until " + end)));
    license
        .status()
        .ifPresent(status -> assertTrue(license.toString().contains(" " + status.text())));
    license
        .notificationReason()
        .ifPresent(reason -> assertTrue(license.toString().contains(" " + reason)));
  }

  private static Duration minutes(SlmgrScreen screen) {
    return Duration.ofMinutes(screen.minutes());
  }

  private static <T> Optional<T> keep(boolean said, T value) {
    return said ? Optional.of(value) : Optional.empty();
  }

  /** {@code /dlv all} prints many; the one of the installed AVMA key is found among them. */
  @Property(tries = 100)
  void theAvmaLicenseIsFoundAmongOthers(
      @ForAll SlmgrScreen before, @ForAll SlmgrScreen avma, @ForAll SlmgrScreen behind) {
    String all =
        dlv(before, LicenseChannel.MAK)
            + "\n"
            + dlv(avma, LicenseChannel.AVMA)
            + "\n"
            + dlv(behind, LicenseChannel.RETAIL);
    SlmgrOutput output = SlmgrOutput.parse(all);
    assertEquals(3, output.licenses().size());
    assertEquals(Optional.of(output.licenses().get(1)), output.avma());
    assertEquals(Optional.of(avma.lastFive()), output.avma().orElseThrow().lastFive());
    // A license without a key comes after one that has it.
    String unused =
        dlv(before, LicenseChannel.AVMA).replaceAll("(?m)^.*" + before.lastFive() + "$", "");
    assertEquals(
        Optional.of(avma.lastFive()),
        SlmgrOutput.parse(unused + "\n" + dlv(avma, LicenseChannel.AVMA))
            .avma()
            .orElseThrow()
            .lastFive());
    assertTrue(SlmgrOutput.parse(unused).avma().isPresent());
    assertTrue(SlmgrOutput.parse(dlv(before, LicenseChannel.MAK)).avma().isEmpty());
  }

  private static String dlv(SlmgrScreen screen, LicenseChannel channel) {
    return new SlmgrScreen(
            Command.DLV,
            screen.english(),
            "\n",
            channel,
            screen.lastFive(),
            screen.status(),
            screen.reason(),
            screen.minutes(),
            screen.endDate(),
            screen.activationId(),
            screen.guestIaid(),
            screen.activatedBy())
        .text();
  }

  @Property(tries = 5)
  void whatIsTooLongIsLeftOutAndSaid(@ForAll SlmgrScreen screen) {
    String text = dlv(screen, LicenseChannel.AVMA);
    SlmgrOutput padded = SlmgrOutput.parse(text + "x".repeat(SlmgrOutput.LONGEST_LINE + 1));
    assertEquals(1, padded.licenses().size());
    assertTrue(padded.flaws().get(0).contains("a line of 1025 characters"), padded.toString());
    assertEquals(
        ImmutableList.of(), SlmgrOutput.parse(text + "x".repeat(SlmgrOutput.LONGEST_LINE)).flaws());
    String blank = "\n".repeat(SlmgrOutput.MOST_CHARACTERS - text.length());
    assertEquals(ImmutableList.of(), SlmgrOutput.parse(text + blank).flaws());
    SlmgrOutput cut = SlmgrOutput.parse(text + blank + "\n");
    assertTrue(cut.flaws().get(0).startsWith("262145 characters"), cut.toString());
    assertEquals(
        padded.licenses().get(0).toString(),
        SlmgrOutput.parse("\uFEFF" + text).licenses().get(0).toString());
    String many =
        String.join("\n", Collections.nCopies(SlmgrOutput.MOST_LICENSES + 1, shortOne(screen)));
    assertEquals(SlmgrOutput.MOST_LICENSES, SlmgrOutput.parse(many).licenses().size());
    assertTrue(SlmgrOutput.parse(many).flaws().get(0).startsWith("more than 256 licenses"));
  }

  private static String shortOne(SlmgrScreen screen) {
    return "Name: Windows\nDescription: Windows, VOLUME_MAK channel\nPartial Product Key: "
        + screen.lastFive();
  }

  @Property(tries = 50)
  void aRefusalIsItsCode(@ForAll SlmgrScreen screen) {
    SlmgrOutput output = SlmgrOutput.parse("On a computer: " + screen.reason().hex() + "\n");
    assertEquals(ImmutableList.of(), output.licenses());
    assertEquals(Optional.of(screen.reason()), output.error());
    assertEquals(Optional.empty(), SlmgrOutput.parse("On a computer: nothing\n").error());
  }
}
