package io.avma.benchmarks;

import com.github.oxo42.stateless4j.StateMachineConfig;
import com.github.oxo42.stateless4j.triggers.TriggerWithParameters1;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationState;
import io.avma.activation.ActivationTerms;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.Nonce;
import io.avma.activation.Transition;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.config.StateMachineBuilder;
import reactor.core.publisher.Mono;

/**
 * One transition of a guest that is renewed again and again: it falls due and asks with a nonce, or
 * the answer with that nonce arrives and it is activated until the grant is over. Beside it the
 * same two states, two triggers and two actions in the state machines that people use; those check
 * the nonce and work out the end, and know nothing of the other states and rules.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class GuestTransitionBenchmark {
  /** How many renewals are prepared; the inputs are made beforehand, for all alike. */
  private static final int ROUNDS = 512;

  private static final Duration VALIDITY = ActivationTerms.assumed().validity();
  private static final Duration STEP = VALIDITY.minus(ActivationTerms.assumed().renewalLead());
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  enum Phase {
    ACTIVATED,
    RENEWING
  }

  enum Trigger {
    DUE,
    ANSWERED
  }

  /** A trigger of the peers: its nonce and when it comes. */
  record Step(long nonce, Instant now) {}

  /** What the peers keep and work out. */
  static final class Peer {
    private long pending;
    private Instant until = START;

    void asked(Step step) {
      pending = step.nonce;
    }

    boolean expects(Step step) {
      return pending == step.nonce;
    }

    void granted(Step step) {
      until = step.now.plus(VALIDITY);
    }
  }

  private final ActivationInput[] inputs = new ActivationInput[2 * ROUNDS];
  private final Step[] steps = new Step[2 * ROUNDS];
  private final Instant[] times = new Instant[2 * ROUNDS];
  private GuestActivation first;
  private GuestActivation guest;
  private int next;

  private final Peer stateless = new Peer();
  private com.github.oxo42.stateless4j.StateMachine<Phase, Trigger> statelessMachine;
  private TriggerWithParameters1<Step, Trigger> statelessDue;
  private TriggerWithParameters1<Step, Trigger> statelessAnswered;

  private final Peer spring = new Peer();
  private StateMachine<Phase, Trigger> springMachine;
  private final Message<?>[] springMessages = new Message<?>[2 * ROUNDS];

  /** Prepares all three and lets each play all rounds once, to see that they end alike. */
  @Setup
  public void prepare() throws Exception {
    VmId vm = new VmId(new UUID(1, 2));
    HostId host = new HostId("host-1.invalid");
    GuestKey key = GuestKey.Avma.of(KeyCatalog.standard().avmaKeys().get(0));
    Instant now = START;
    for (int round = 0; round < ROUNDS; round++) {
      now = now.plus(STEP);
      long nonce = 0x9E37_79B9L * (round + 1);
      add(2 * round, new ActivationInput.Due(new Nonce(nonce)), new Step(nonce, now));
      now = now.plusMillis(10);
      ActivationResponse answer =
          new ActivationResponse(
              vm, new Nonce(nonce), host, new ActivationResponse.Granted(VALIDITY));
      add(2 * round + 1, new ActivationInput.ResponseArrived(answer), new Step(nonce, now));
    }
    first =
        GuestActivation.off(vm, key, ActivationTerms.assumed())
            .on(new ActivationInput.Started(new Nonce(1)), START)
            .next()
            .on(
                new ActivationInput.ResponseArrived(
                    new ActivationResponse(
                        vm, new Nonce(1), host, new ActivationResponse.Granted(VALIDITY))),
                START)
            .next();
    configureStateless();
    configureSpring();
    guest = first;
    check();
  }

  private void add(int place, ActivationInput input, Step step) {
    inputs[place] = input;
    steps[place] = step;
    times[place] = step.now;
    springMessages[place] =
        MessageBuilder.withPayload(place % 2 == 0 ? Trigger.DUE : Trigger.ANSWERED)
            .setHeader("step", step)
            .build();
  }

  private void configureStateless() {
    StateMachineConfig<Phase, Trigger> config = new StateMachineConfig<>();
    statelessDue = config.setTriggerParameters(Trigger.DUE, Step.class);
    statelessAnswered = config.setTriggerParameters(Trigger.ANSWERED, Step.class);
    config
        .configure(Phase.ACTIVATED)
        .permit(Trigger.DUE, Phase.RENEWING)
        .onEntryFrom(
            statelessAnswered,
            step -> {
              if (!stateless.expects(step)) {
                throw new IllegalStateException("stale");
              }
              stateless.granted(step);
            });
    config
        .configure(Phase.RENEWING)
        .permit(Trigger.ANSWERED, Phase.ACTIVATED)
        .onEntryFrom(statelessDue, stateless::asked);
    statelessMachine = new com.github.oxo42.stateless4j.StateMachine<>(Phase.ACTIVATED, config);
  }

  private void configureSpring() throws Exception {
    StateMachineBuilder.Builder<Phase, Trigger> builder = StateMachineBuilder.builder();
    builder.configureConfiguration().withConfiguration().autoStartup(true);
    builder
        .configureStates()
        .withStates()
        .initial(Phase.ACTIVATED)
        .states(EnumSet.allOf(Phase.class));
    builder
        .configureTransitions()
        .withExternal()
        .source(Phase.ACTIVATED)
        .target(Phase.RENEWING)
        .event(Trigger.DUE)
        .action(context -> spring.asked((Step) context.getMessageHeader("step")))
        .and()
        .withExternal()
        .source(Phase.RENEWING)
        .target(Phase.ACTIVATED)
        .event(Trigger.ANSWERED)
        .guard(context -> spring.expects((Step) context.getMessageHeader("step")))
        .action(context -> spring.granted((Step) context.getMessageHeader("step")));
    springMachine = builder.build();
  }

  private void check() {
    for (int i = 0; i < 2 * ROUNDS; i++) {
      if (avma().rejection().isPresent()) {
        throw new IllegalStateException("rejected: " + inputs[i]);
      }
      next = i;
      stateless4j();
      next = i;
      springStatemachine();
      ActivationState.Kind expected =
          i % 2 == 0 ? ActivationState.Kind.RENEWING : ActivationState.Kind.ACTIVATED;
      Phase phase = i % 2 == 0 ? Phase.RENEWING : Phase.ACTIVATED;
      boolean alike =
          guest.state().kind() == expected
              && statelessMachine.getState() == phase
              && springMachine.getState().getId() == phase;
      Instant until = guest.activationAt(times[i]).orElseThrow().expiresAt();
      if (!alike || i % 2 == 1 && !(until.equals(stateless.until) && until.equals(spring.until))) {
        throw new IllegalStateException("the peers disagree after step " + i);
      }
    }
    guest = first;
    next = 0;
  }

  private int step() {
    int step = next;
    next = step + 1 == 2 * ROUNDS ? 0 : step + 1;
    return step;
  }

  /** This library: the whole machine with its clock, retired nonces, effects and rejections. */
  @Benchmark
  public Transition<GuestActivation> avma() {
    int step = step();
    if (step == 0) {
      guest = first; // time begins again
    }
    Transition<GuestActivation> transition = guest.on(inputs[step], times[step]);
    guest = transition.next();
    return transition;
  }

  /** stateless4j: configured once, fired with a typed parameter. */
  @Benchmark
  public Object stateless4j() {
    int step = step();
    statelessMachine.fire(step % 2 == 0 ? statelessDue : statelessAnswered, steps[step]);
    return statelessMachine.getState();
  }

  /** Spring Statemachine: an event with a header, sent reactively and waited for. */
  @Benchmark
  @SuppressWarnings("unchecked")
  public Object springStatemachine() {
    int step = step();
    return springMachine.sendEvent(Mono.just((Message<Trigger>) springMessages[step])).blockLast();
  }
}
