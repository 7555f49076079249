package io.avma.activation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.Edition;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Guests in every state, each reached by inputs, and every input; all at one instant. */
final class Examples {
  static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
  static final ActivationTerms TERMS = ActivationTerms.assumed();
  static final VmId VM = new VmId(new UUID(0x1111, 1));
  static final VmId OTHER_VM = new VmId(new UUID(0x1111, 2));
  static final HostId HOST = new HostId("host-1");
  static final GuestKey.Avma KEY = avma(WindowsRelease.WS_2022, Edition.DATACENTER);
  static final GuestKey.Avma OTHER_AVMA = avma(WindowsRelease.WS_2019, Edition.STANDARD);
  static final GuestKey.Other MAK = new GuestKey.Other(LicenseChannel.MAK, "QQQQQ");

  /** The nonce of every request that is in flight in an example. */
  static final Nonce PENDING = new Nonce(0xA1);

  /** The nonce of the request before it. */
  static final Nonce EARLIER = new Nonce(0xA0);

  static final Nonce FRESH = new Nonce(0xF0);
  static final Nonce FOREIGN = new Nonce(0xFF);

  private Examples() {}

  static GuestKey.Avma avma(WindowsRelease release, Edition edition) {
    return GuestKey.Avma.of(KeyCatalog.standard().find(release, edition).orElseThrow());
  }

  static GuestActivation off() {
    return GuestActivation.off(VM, KEY, TERMS);
  }

  static GuestActivation off(ActivationTerms terms) {
    return GuestActivation.off(VM, KEY, terms);
  }

  /** Not activated, rebooted at {@link #NOW}: the second request is in flight since then. */
  static GuestActivation requesting() {
    return next(asking(off(), NOW), new ActivationInput.Started(PENDING), NOW);
  }

  /** The first request failed at {@link #NOW}. */
  static GuestActivation waiting() {
    return next(asking(off(), NOW), refused(EARLIER, Hresult.HOST_NOT_ACTIVATED), NOW);
  }

  /** Activated since {@link #NOW}. */
  static GuestActivation activated() {
    return activatedAt(NOW);
  }

  static GuestActivation activatedAt(Instant when) {
    return next(asking(off(), when), granted(EARLIER), when);
  }

  /** Activated, a renewal is in flight since {@link #NOW}. */
  static GuestActivation renewing() {
    return next(activated(), new ActivationInput.ActivateNow(PENDING), NOW);
  }

  /** Activated, the renewal failed at {@link #NOW}. */
  static GuestActivation retrying() {
    return next(
        next(activated(), new ActivationInput.ActivateNow(PENDING), NOW),
        refused(PENDING, Hresult.HOST_NOT_ACTIVATED),
        NOW);
  }

  static GuestActivation withdrawn() {
    return next(activated(), new ActivationInput.KeyRemoved(), NOW);
  }

  static GuestActivation unkeyed() {
    return next(GuestActivation.off(VM, TERMS), new ActivationInput.Started(FOREIGN), NOW);
  }

  static GuestActivation otherKeyed() {
    return next(requesting(), new ActivationInput.OtherKeyInstalled(MAK), NOW);
  }

  /** Every state that differs for the transition function, by the name that the table uses. */
  static ImmutableMap<String, GuestActivation> guests() {
    ImmutableMap.Builder<String, GuestActivation> guests = ImmutableMap.builder();
    guests.put("OFF, no key", GuestActivation.off(VM, TERMS));
    guests.put("OFF, key of another channel", GuestActivation.off(VM, MAK, TERMS));
    guests.put("OFF, not activated", off());
    guests.put("OFF, activated", stopped(activated()));
    guests.put("OFF, activated before, expired since", stopped(activatedAt(days(-8))));
    guests.put("SAVED, no key", saved(unkeyed()));
    guests.put("SAVED, key removed, still activated", saved(withdrawn()));
    guests.put("SAVED, not activated", saved(requesting()));
    guests.put("SAVED, activated", saved(activated()));
    guests.put("SAVED, activated, renewal failed", saved(retrying()));
    guests.put("SAVED, activated before, expired since", saved(activatedAt(days(-8))));
    guests.put("UNKEYED, no key", unkeyed());
    guests.put("UNKEYED, key of another channel", otherKeyed());
    guests.put("WITHDRAWN", withdrawn());
    guests.put("REQUESTING", requesting());
    guests.put("WAITING", waiting());
    guests.put("ACTIVATED", activated());
    guests.put("RENEWING", renewing());
    guests.put("RETRYING", retrying());
    return guests.buildOrThrow();
  }

  /**
   * Every input that differs for the transition function, with when it comes.
   *
   * @param name the name that the table uses
   * @param label the name that the diagram uses; empty if it does not draw the case
   * @param input the input
   * @param now when
   */
  record Case(String name, String label, ActivationInput input, Instant now) {}

  static ImmutableList<Case> cases(GuestActivation guest) {
    ImmutableList.Builder<Case> cases = ImmutableList.builder();
    cases.add(new Case("STARTED", "started", new ActivationInput.Started(FRESH), NOW));
    cases.add(
        new Case("STARTED, with a used nonce", "", new ActivationInput.Started(EARLIER), NOW));
    cases.add(new Case("DUE, early", "", new ActivationInput.Due(FRESH), NOW.minusSeconds(1)));
    guest
        .dueAt()
        .ifPresent(due -> cases.add(new Case("DUE", "due", new ActivationInput.Due(FRESH), due)));
    cases.add(new Case("DUE, 8 days later", "expired", new ActivationInput.Due(FRESH), days(8)));
    cases.add(
        new Case("ACTIVATE_NOW", "activate now", new ActivationInput.ActivateNow(FRESH), NOW));
    cases.add(new Case("RESPONSE_ARRIVED, a grant", "grant", granted(PENDING), NOW));
    cases.add(
        new Case(
            "RESPONSE_ARRIVED, a grant that comes too late",
            "",
            granted(PENDING),
            NOW.plus(TERMS.replyTimeout())));
    cases.add(
        new Case(
            "RESPONSE_ARRIVED, a refusal", "refusal", refused(PENDING, Hresult.ID_MISMATCH), NOW));
    cases.add(new Case("RESPONSE_ARRIVED, to an earlier request", "", granted(EARLIER), NOW));
    cases.add(new Case("RESPONSE_ARRIVED, never asked for", "invalid data", granted(FOREIGN), NOW));
    cases.add(
        new Case(
            "RESPONSE_ARRIVED, for another VM", "invalid data", granted(OTHER_VM, PENDING), NOW));
    cases.add(
        new Case("RESPONSE_DAMAGED", "invalid data", new ActivationInput.ResponseDamaged(), NOW));
    cases.add(
        new Case(
            "RESPONSE_DAMAGED, too late",
            "",
            new ActivationInput.ResponseDamaged(),
            NOW.plus(TERMS.replyTimeout())));
    cases.add(
        new Case(
            "KEY_INSTALLED, the same",
            "same key again",
            new ActivationInput.KeyInstalled(KEY, FRESH),
            NOW));
    cases.add(
        new Case(
            "KEY_INSTALLED, another",
            "another AVMA key",
            new ActivationInput.KeyInstalled(OTHER_AVMA, FRESH),
            NOW));
    cases.add(
        new Case(
            "OTHER_KEY_INSTALLED", "other key", new ActivationInput.OtherKeyInstalled(MAK), NOW));
    cases.add(new Case("KEY_REMOVED", "key removed", new ActivationInput.KeyRemoved(), NOW));
    cases.add(new Case("LIVE_MIGRATED", "migrated", new ActivationInput.LiveMigrated(), NOW));
    cases.add(new Case("CLOCK_SET, back a day", "", new ActivationInput.ClockSet(NOW), days(-1)));
    cases.add(new Case("CLOCK_SET, ahead 8 days", "", new ActivationInput.ClockSet(NOW), days(8)));
    cases.add(new Case("STOPPED", "", new ActivationInput.Stopped(), NOW));
    cases.add(new Case("CRASHED", "", new ActivationInput.Crashed(), NOW));
    cases.add(new Case("SAVED", "", new ActivationInput.Saved(), NOW));
    cases.add(new Case("RESTORED", "", new ActivationInput.Restored(), NOW));
    cases.add(
        new Case(
            "REVERTED, to a checkpoint with memory",
            "",
            new ActivationInput.Reverted(requesting()),
            NOW));
    cases.add(
        new Case(
            "REVERTED, to a checkpoint without",
            "",
            new ActivationInput.Reverted(stopped(activated())),
            NOW));
    cases.add(
        new Case(
            "REVERTED, to a checkpoint of another VM",
            "",
            new ActivationInput.Reverted(GuestActivation.off(OTHER_VM, KEY, TERMS)),
            NOW));
    return cases.build();
  }

  static Instant days(int days) {
    return NOW.plus(Duration.ofDays(days));
  }

  static ActivationInput granted(Nonce nonce) {
    return granted(VM, nonce);
  }

  static ActivationInput granted(VmId vm, Nonce nonce) {
    return new ActivationInput.ResponseArrived(
        new ActivationResponse(vm, nonce, HOST, TERMS.grant()));
  }

  static ActivationInput refused(Nonce nonce, Hresult code) {
    return new ActivationInput.ResponseArrived(
        new ActivationResponse(VM, nonce, HOST, new ActivationResponse.Refused(code)));
  }

  static GuestActivation next(GuestActivation guest, ActivationInput input, Instant now) {
    Transition<GuestActivation> transition = guest.on(input, now);
    if (transition.isRejected()) {
      throw new AssertionError(transition.rejection().orElseThrow().sentence());
    }
    return transition.next();
  }

  static GuestActivation stopped(GuestActivation guest) {
    return next(guest, new ActivationInput.Stopped(), guest.seen());
  }

  static GuestActivation saved(GuestActivation guest) {
    return next(guest, new ActivationInput.Saved(), guest.seen());
  }

  private static GuestActivation asking(GuestActivation guest, Instant when) {
    return next(guest, new ActivationInput.Started(EARLIER), when);
  }
}
