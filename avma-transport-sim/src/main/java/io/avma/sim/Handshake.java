package io.avma.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationResponse;
import io.avma.activation.Effect;
import io.avma.activation.GuestActivation;
import io.avma.activation.HostActivation;
import io.avma.activation.HostInput;
import io.avma.activation.Kept;
import io.avma.activation.Nonce;
import io.avma.activation.Rejected;
import io.avma.activation.Transition;
import io.avma.platform.Hresult;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Feeds the two machines, carries out what they ask for, and carries their messages. */
final class Handshake {
  private final Engine engine;

  Handshake(Engine engine) {
    this.engine = engine;
  }

  // Guests.

  /** Feeds a guest, notes {@code what} in the trace, and carries out what the guest asks for. */
  Optional<Rejected> feed(
      GuestRecord guest, ActivationInput input, TraceEntry.@Nullable What what, long detail) {
    GuestActivation before = guest.machine;
    Transition<GuestActivation> transition =
        engine.machines().guest(before, input, engine.clockOf(guest));
    if (transition.rejection().isPresent()) {
      engine.trace(
          TraceEntry.What.REJECTED,
          guest,
          Trace.NOBODY,
          TraceNames.number(transition.rejection().get().reason()));
      return transition.rejection();
    }
    if (what != null) {
      engine.trace(what, guest, Trace.NOBODY, detail);
    }
    guest.machine = transition.next();
    if (engine.isObserved()) {
      engine.happened(
          new Happening.GuestChanged(
              new SimulatedGuest(engine, guest), input, before, guest.machine));
    }
    for (Effect effect : transition.effects()) {
      carryOut(guest, input, effect);
    }
    plan(guest);
    return Optional.empty();
  }

  void wake(GuestRecord guest) {
    if (guest.wakeAt != engine.time()) {
      return; // planned for a state that is over
    }
    guest.wakeAt = GuestRecord.NEVER;
    feedTime(guest, new ActivationInput.Due(nonce()));
  }

  /** Feeds a guest that its time has come, or has changed; its activation may be over by that. */
  void feedTime(GuestRecord guest, ActivationInput input) {
    Kept kept = guest.machine.state().kept();
    Optional<Rejected> unused = feed(guest, input, null, Trace.NO_DETAIL);
    if ((kept instanceof Kept.Licensed || kept instanceof Kept.Withdrawn)
        && guest.machine.activationAt(engine.clockOf(guest)).isEmpty()) {
      engine.trace(TraceEntry.What.EXPIRED, guest, Trace.NOBODY, Trace.NO_DETAIL);
    }
  }

  /** Plans the next wake-up of {@code guest}, by the guest's clock. */
  void plan(GuestRecord guest) {
    Optional<Instant> due = guest.machine.dueAt();
    if (due.isEmpty()) {
      guest.wakeAt = GuestRecord.NEVER;
      return;
    }
    long at = Math.max(engine.time(), Engine.nanos(due.get()) - guest.clockAhead());
    if (at != guest.wakeAt) {
      guest.wakeAt = at;
      engine.plan(at, EventQueue.Kind.WAKE, guest.index, null);
    }
  }

  Nonce nonce() {
    return new Nonce(engine.drawNonce());
  }

  private void carryOut(GuestRecord guest, ActivationInput input, Effect effect) {
    switch (effect.kind()) {
      case SEND_REQUEST -> send(guest, ((Effect.SendRequest) effect).request());
      case LOG_OUTCOME -> logOutcome(guest, input, ((Effect.LogOutcome) effect).outcome().code());
      case PUBLISH_ITEMS -> {
        if (engine.machines().publishes()) {
          GuestItems.publish(engine, guest, (Effect.PublishItems) effect);
        }
      }
      case CLEAR_ITEMS -> GuestItems.clear(engine, guest, ((Effect.ClearItems) effect).names());
      case SEND_RESPONSE, LOG_REQUEST -> throw new AssertionError(effect.kind());
    }
  }

  private void logOutcome(GuestRecord guest, ActivationInput input, Hresult code) {
    int answeredBy =
        input instanceof ActivationInput.ResponseArrived ? guest.host : GuestRecord.NOWHERE;
    long shown = engine.time() + guest.clockAhead();
    int capacity = engine.settings().guestLogCapacity();
    boolean full = CompactLog.size(guest.log) == capacity;
    if (isLost(FaultPoint.GUEST_LOG, engine.hostOf(guest), guest)
        || !engine.machines().logs(FaultPoint.GUEST_LOG, code)) {
      guest.log = CompactLog.lose(guest.log, capacity, shown);
    } else {
      guest.log = CompactLog.add(guest.log, capacity, shown, code.value(), answeredBy);
    }
    if (full) {
      engine.recordsLost(engine.nameOf(guest), Happening.RecordsLost.Cause.PUSHED_OUT);
    }
    engine.trace(
        TraceEntry.What.OUTCOME,
        guest,
        answeredBy < 0 ? Trace.NOBODY : Trace.host(answeredBy),
        code.value());
  }

  // Hosts.

  /** Feeds a host something that has no effect but on itself. */
  void feed(HostRecord host, HostInput input) {
    host.machine = engine.machines().host(host.machine, input, engine.now()).next();
  }

  void requestArrives(HostRecord host, SimulatedMessage message) {
    GuestRecord guest = engine.guest(message.guest());
    if (!meets(message, guest) || !isListening(host, guest)) {
      engine.trace(TraceEntry.What.MESSAGE_LOST, guest, Trace.host(host.index), Trace.NO_DETAIL);
      return;
    }
    if (message.damaged()) {
      feed(host, new HostInput.RequestDamaged());
      engine.trace(TraceEntry.What.REQUEST_IGNORED, guest, Trace.host(host.index), Trace.NO_DETAIL);
      return;
    }
    ActivationRequest request = (ActivationRequest) message.content();
    if (engine.time() < host.throttlingUntil
        && host.machine.roleAt(engine.now()) != HostActivation.Role.SILENT) {
      logRequest(host, guest, request, Hresult.THROTTLED);
      respond(
          host,
          guest,
          message,
          new ActivationResponse(
              request.vm(),
              request.nonce(),
              host.machine.id(),
              new ActivationResponse.Refused(Hresult.THROTTLED)));
      return;
    }
    Transition<HostActivation> transition =
        engine.machines().host(host.machine, new HostInput.RequestArrived(request), engine.now());
    host.machine = transition.next();
    if (transition.effects().isEmpty()) {
      engine.trace(TraceEntry.What.REQUEST_IGNORED, guest, Trace.host(host.index), Trace.NO_DETAIL);
    }
    for (Effect effect : transition.effects()) {
      if (effect instanceof Effect.LogRequest logged) {
        logRequest(host, guest, logged.request(), logged.code());
      } else if (effect instanceof Effect.SendResponse answer) {
        respond(host, guest, message, answer.response());
      }
    }
  }

  /** Returns whether a host that a request has reached looks at it. */
  private boolean isListening(HostRecord host, GuestRecord guest) {
    if (host.down || engine.time() < host.hungUntil) {
      return false;
    }
    boolean listening = true;
    for (FaultInjector.Rule rule : strike(FaultPoint.HOST, host, guest)) {
      if (rule.fault() instanceof Fault.Hung hung) {
        host.hungUntil = Math.max(host.hungUntil, engine.time() + hung.time().toNanos());
        listening = false;
      } else if (rule.fault() instanceof Fault.Throttling throttling) {
        host.throttlingUntil =
            Math.max(host.throttlingUntil, engine.time() + throttling.time().toNanos());
      } else if (rule.fault() instanceof Fault.Restarting restarting) {
        engine.hostLife.fail(host, Optional.of(restarting.time()));
        listening = false;
      }
    }
    return listening;
  }

  private void logRequest(
      HostRecord host, GuestRecord guest, ActivationRequest request, Hresult code) {
    int capacity = engine.settings().hostLogCapacity();
    boolean full = CompactLog.size(host.log) == capacity;
    if (isLost(FaultPoint.HOST_LOG, host, guest)
        || !engine.machines().logs(FaultPoint.HOST_LOG, code)) {
      host.log = CompactLog.lose(host.log, capacity, engine.time());
    } else {
      host.log = CompactLog.add(host.log, capacity, engine.time(), code.value(), guest.index);
    }
    if (full) {
      engine.recordsLost(host.name, Happening.RecordsLost.Cause.PUSHED_OUT);
    }
    engine.trace(TraceEntry.What.REQUEST_ANSWERED, host, guest.index, code.value());
    if (engine.isObserved()) {
      engine.happened(
          new Happening.RequestAnswered(
              new SimulatedHost(engine, host), new SimulatedGuest(engine, guest), request, code));
    }
  }

  void responseArrives(GuestRecord guest, SimulatedMessage message) {
    if (!meets(message, guest)) {
      engine.trace(TraceEntry.What.MESSAGE_LOST, guest, Trace.NOBODY, Trace.NO_DETAIL);
      return;
    }
    ActivationInput input =
        message.damaged()
            ? new ActivationInput.ResponseDamaged()
            : new ActivationInput.ResponseArrived((ActivationResponse) message.content());
    Optional<Rejected> unused = feed(guest, input, null, Trace.NO_DETAIL);
  }

  private boolean meets(SimulatedMessage message, GuestRecord guest) {
    return engine.machines().meets(message.placement(), guest.placement)
        && GuestItems.reachesHost(guest);
  }

  // Messages.

  private void send(GuestRecord guest, ActivationRequest request) {
    HostRecord host = engine.hostOf(guest);
    engine.trace(
        TraceEntry.What.REQUEST_SENT, guest, Trace.host(guest.host), request.nonce().value());
    if (engine.isObserved()) {
      engine.happened(
          new Happening.RequestSent(
              new SimulatedGuest(engine, guest), new SimulatedHost(engine, host), request));
    }
    transmit(
        FaultPoint.REQUEST,
        host,
        guest,
        new SimulatedMessage(guest.index, guest.placement, request, false));
  }

  private void respond(
      HostRecord host, GuestRecord guest, SimulatedMessage request, ActivationResponse response) {
    transmit(
        FaultPoint.RESPONSE,
        host,
        guest,
        new SimulatedMessage(guest.index, request.placement(), response, false));
  }

  private void transmit(
      FaultPoint point, HostRecord host, GuestRecord guest, SimulatedMessage message) {
    long delay = engine.settings().messageDelay().toNanos();
    SimulatedMessage content = message;
    boolean lost = false;
    for (FaultInjector.Rule rule : strike(point, host, guest)) {
      Fault fault = rule.fault();
      if (fault instanceof Fault.Lost) {
        lost = true;
      } else if (fault instanceof Fault.Delayed delayed) {
        delay = LongMath.saturatedAdd(delay, delayed.delay().at(rule.draw()).toNanos());
      } else if (fault instanceof Fault.Reordered reordered) {
        delay = LongMath.saturatedAdd(delay, (long) (rule.draw() * reordered.within().toNanos()));
      } else if (fault instanceof Fault.Damaged damaged) {
        content = content.damage(damaged.bits(), rule.random);
      } else if (fault instanceof Fault.Duplicated duplicated) {
        for (int i = 0; i < duplicated.copies(); i++) {
          long later = duplicated.delay().at(rule.draw()).toNanos(); // drawn in any case
          if (!lost) {
            deliver(point, host, content, LongMath.saturatedAdd(delay, later));
          }
        }
      }
    }
    if (!lost) {
      deliver(point, host, content, delay);
    }
  }

  private void deliver(FaultPoint point, HostRecord host, SimulatedMessage message, long delay) {
    long at = LongMath.saturatedAdd(engine.time(), delay);
    if (point == FaultPoint.REQUEST) {
      engine.plan(at, EventQueue.Kind.REQUEST, host.index, message);
    } else {
      engine.plan(at, EventQueue.Kind.RESPONSE, message.guest(), message);
    }
  }

  // Faults.

  /** Returns the rules that strike here and now, noted in the trace. */
  ImmutableList<FaultInjector.Rule> strike(FaultPoint point, HostRecord host, GuestRecord guest) {
    ImmutableList<FaultInjector.Rule> struck =
        engine.faults().isOpen(point)
            ? engine.faults().strike(point, engine.time(), host.name, engine.nameOf(guest))
            : ImmutableList.of();
    for (FaultInjector.Rule rule : struck) {
      engine.trace(TraceEntry.What.FAULT, guest, Trace.host(host.index), rule.index);
      if (engine.isObserved()) {
        engine.happened(
            new Happening.FaultStruck(
                rule.rule, new SimulatedHost(engine, host), new SimulatedGuest(engine, guest)));
      }
    }
    return struck;
  }

  /** Returns whether a record is lost, which somebody who reads the log can tell by its number. */
  private boolean isLost(FaultPoint point, HostRecord host, GuestRecord guest) {
    boolean lost = !strike(point, host, guest).isEmpty();
    if (lost) {
      engine.recordsLost(
          point == FaultPoint.HOST_LOG ? host.name : engine.nameOf(guest),
          Happening.RecordsLost.Cause.NOT_WRITTEN);
    }
    return lost;
  }
}
