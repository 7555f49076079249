package io.avma.tracking;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.EventGap;
import io.avma.transport.VmFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that somebody said at one moment. The sum of them is all that a ledger knows.
 *
 * <p>An observation holds no time of reading unless it <em>is</em> a reading, so a log that is read
 * again gives equal observations. They have a total order, consistent with equality: by time, then
 * kind, then all the rest. Make them with an {@link Observer}. Immutable.
 */
@CheckReturnValue
public sealed interface Observation extends Comparable<Observation> {
  /** Who speaks. What a host says is evidence, as far as the host is believed; a guest's is not. */
  enum Witness {
    /** A virtualization host. */
    HOST,
    /** A guest, about itself. */
    GUEST
  }

  /** Which of the nested records an observation is, for a {@code switch}. */
  enum Kind {
    /** {@link HostSaw}. */
    HOST_SAW(Witness.HOST),
    /** {@link HostLacks}. */
    HOST_LACKS(Witness.HOST),
    /** {@link HostStated}. */
    HOST_STATED(Witness.HOST),
    /** {@link HostLogged}. */
    HOST_LOGGED(Witness.HOST),
    /** {@link GuestLogged}. */
    GUEST_LOGGED(Witness.GUEST),
    /** {@link GuestTold}. */
    GUEST_TOLD(Witness.GUEST),
    /** {@link LicenseTold}. */
    LICENSE_TOLD(Witness.GUEST),
    /** {@link LogGap}. */
    LOG_GAP(Witness.HOST);

    private final Witness witness;

    Kind(Witness witness) {
      this.witness = witness;
    }
  }

  /** Returns which of the nested records this is. */
  Kind kind();

  /** Returns when it was so: by the clock of the machine that logged it, or of whoever read it. */
  Instant at();

  /** Returns whether it is real or simulated. */
  Provenance provenance();

  /** Returns what it is kept under. */
  Subject subject();

  /** Returns a short name for it in texts: {@code host log 12310 #17}; escaped. */
  String label();

  /** Returns who speaks. */
  default Witness witness() {
    return subject() instanceof Subject.Vm && kind() == Kind.LOG_GAP
        ? Witness.GUEST
        : kind().witness;
  }

  private static String line(Observation told, Object what) {
    return told.at() + " " + told.subject() + ": " + told.label() + " " + what;
  }

  @Override
  default int compareTo(Observation other) {
    return ObservationOrder.compare(this, other);
  }

  /**
   * A sweep found the VM on a host.
   *
   * @param host the host that was asked
   * @param facts what the host knows of the VM; of one that could not be read the state is unknown
   * @param at when the host was asked
   * @param provenance real or simulated
   */
  record HostSaw(HostId host, VmFacts facts, Instant at, Provenance provenance)
      implements Observation {
    @Override
    public Kind kind() {
      return Kind.HOST_SAW;
    }

    @Override
    public Subject subject() {
      return new Subject.Vm(facts.vm());
    }

    @Override
    public String label() {
      return "seen by " + host;
    }

    /** Returns time, subject, label and what was said, escaped. */
    @Override
    public String toString() {
      return Observation.line(this, facts);
    }
  }

  /**
   * A host was asked for the VM and does not have it.
   *
   * @param host the host that was asked
   * @param vm the VM
   * @param at when the host was asked
   * @param provenance real or simulated
   */
  record HostLacks(HostId host, VmId vm, Instant at, Provenance provenance) implements Observation {
    @Override
    public Kind kind() {
      return Kind.HOST_LACKS;
    }

    @Override
    public Subject subject() {
      return new Subject.Vm(vm);
    }

    @Override
    public String label() {
      return "not on " + host;
    }

    /** Returns time, subject, label and what was said, escaped. */
    @Override
    public String toString() {
      return at() + " " + subject() + ": " + label();
    }
  }

  /**
   * A host said what it is.
   *
   * @param host the host
   * @param profile what it said; whatever it did not say is unknown
   * @param at when it said so
   * @param provenance real or simulated
   */
  record HostStated(HostId host, HostProfile profile, Instant at, Provenance provenance)
      implements Observation {
    @Override
    public Kind kind() {
      return Kind.HOST_STATED;
    }

    @Override
    public Subject subject() {
      return new Subject.Host(host);
    }

    @Override
    public String label() {
      return "profile of " + host;
    }

    /** Returns time, subject, label and what was said, escaped. */
    @Override
    public String toString() {
      return Observation.line(this, profile);
    }
  }

  /**
   * Event 12310: a host has processed a request. Which VM it came from may be unknown.
   *
   * @param host the host whose log it stands in
   * @param key what makes it the same record
   * @param result the result code, if it can be read
   * @param detail the second string as it was written, at most 4,096 characters
   * @param at when the record was created, as exactly as the reader showed it
   * @param provenance real or simulated
   */
  record HostLogged(
      HostId host,
      RecordKey key,
      Optional<Hresult> result,
      Optional<String> detail,
      Instant at,
      Provenance provenance)
      implements Observation {
    @Override
    public Kind kind() {
      return Kind.HOST_LOGGED;
    }

    @Override
    public Subject subject() {
      return new Subject.Host(host);
    }

    @Override
    public String label() {
      return "host log 12310 " + key.number();
    }

    /** Returns time, subject, label and what was said, escaped. */
    @Override
    public String toString() {
      return Observation.line(this, result.map(Hresult::toString).orElse("result unreadable"));
    }
  }

  /**
   * Event 12309: a guest has processed an answer.
   *
   * @param vm the guest whose log it stands in
   * @param key what makes it the same record
   * @param result the result code, if it can be read
   * @param at when the record was created, as exactly as the reader showed it
   * @param provenance real or simulated
   */
  record GuestLogged(
      VmId vm, RecordKey key, Optional<Hresult> result, Instant at, Provenance provenance)
      implements Observation {
    @Override
    public Kind kind() {
      return Kind.GUEST_LOGGED;
    }

    @Override
    public Subject subject() {
      return new Subject.Vm(vm);
    }

    @Override
    public String label() {
      return "guest log 12309 " + key.number();
    }

    /** Returns time, subject, label and what was said, escaped. */
    @Override
    public String toString() {
      return Observation.line(this, result.map(Hresult::toString).orElse("result unreadable"));
    }
  }

  /**
   * A guest's Data Exchange items were read.
   *
   * @param vm the VM that was asked, or whose host was asked
   * @param via the host that handed them on; empty if they were read in the guest
   * @param statement what they say
   * @param at when they were read
   * @param provenance real or simulated
   */
  record GuestTold(
      VmId vm, Optional<HostId> via, GuestStatement statement, Instant at, Provenance provenance)
      implements Observation {
    @Override
    public Kind kind() {
      return Kind.GUEST_TOLD;
    }

    @Override
    public Subject subject() {
      return new Subject.Vm(vm);
    }

    @Override
    public String label() {
      return "guest items" + via.map(host -> " through " + host).orElse("");
    }

    /** Returns time, subject, label and what was said, escaped. */
    @Override
    public String toString() {
      return Observation.line(this, statement);
    }
  }

  /**
   * A guest told its own license, when asked or in event 8230 or 8198.
   *
   * @param vm the guest
   * @param key the log record that says so; empty if the guest was asked
   * @param activated whether Windows says that it is
   * @param channel the channel of the installed key
   * @param partialProductKey the last five characters of the installed key
   * @param endsAt when the license or grace period ends; empty without an end
   * @param activatedBy the host that the guest says has activated it
   * @param activatedAt when the guest says that was
   * @param at when the guest said so
   * @param provenance real or simulated
   */
  record LicenseTold(
      VmId vm,
      Optional<RecordKey> key,
      Ternary activated,
      LicenseChannel channel,
      Optional<String> partialProductKey,
      Optional<Instant> endsAt,
      Optional<HostId> activatedBy,
      Optional<Instant> activatedAt,
      Instant at,
      Provenance provenance)
      implements Observation {
    @Override
    public Kind kind() {
      return Kind.LICENSE_TOLD;
    }

    @Override
    public Subject subject() {
      return new Subject.Vm(vm);
    }

    /** Returns whether the installed key is known to be none of AVMA's. */
    public boolean hasOtherKey() {
      return channel != LicenseChannel.UNKNOWN && channel != LicenseChannel.AVMA;
    }

    @Override
    public String label() {
      return key.map(record -> "guest log license state " + record.number())
          .orElse("license reading");
    }

    /** Returns time, subject, label and what was said, escaped. */
    @Override
    public String toString() {
      return Observation.line(this, "activated: " + activated + ", channel " + channel);
    }
  }

  /**
   * A stretch of a log is missing: about the time between the records around it that log says
   * nothing.
   *
   * @param subject whose log it is
   * @param gap what is missing
   * @param at when the first record behind the gap was created
   * @param provenance real or simulated
   */
  record LogGap(Subject subject, EventGap gap, Instant at, Provenance provenance)
      implements Observation {
    @Override
    public Kind kind() {
      return Kind.LOG_GAP;
    }

    @Override
    public String label() {
      return "gap in " + gap.log();
    }

    /** Returns when the last record in front of the gap was created; empty if unknown. */
    public Optional<Instant> from() {
      return gap.before().time();
    }

    /** Returns time, subject, label and what was said, escaped. */
    @Override
    public String toString() {
      return Observation.line(this, gap.kind());
    }
  }
}
