package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.KvpStore;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.linux.LinuxGuest;
import io.avma.transport.linux.LongValues;
import io.avma.transport.linux.PoolOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avma kvp}: the Data Exchange pools of the Linux guest that this runs in. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Read and write the Data Exchange pools of a Linux guest, beside its daemon.",
      "  show              everything in the pools, and what is wrong with them",
      "  get KEY           the value of a key that the host has written",
      "  put KEY VALUE     say something to the host",
      "  remove KEY        no longer say it",
      "  watch             tell what the host changes, until interrupted",
      "Exit code 1 if there is no such key, 2 if an item must not be written, 3 if a pool cannot",
      "be reached."
    })
final class KvpCommand implements Callable<ExitCode> {
  private enum Action {
    SHOW(0, ""),
    GET(1, "KEY"),
    PUT(2, "KEY VALUE"),
    REMOVE(1, "KEY"),
    WATCH(0, "");

    private final int operands;
    private final String form;

    Action(int operands, String form) {
      this.operands = operands;
      this.form = form;
    }

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Console console;

  @Parameters(index = "0", paramLabel = "ACTION", description = "show, get, put, remove or watch.")
  private Action action = Action.SHOW;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY [VALUE]",
      description = "What the action is about.")
  private List<String> operands = new ArrayList<>();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the pools are, unless in /var/lib/hyperv or FreeBSD's place.")
  private Optional<Path> directory = Optional.empty();

  @Option(
      names = "--pool",
      paramLabel = "NAME",
      description = {
        "external, guest, auto, auto-external, auto-internal or its number. Unless given: all for",
        "show, external for get and watch, guest for put and remove."
      })
  private Optional<String> poolName = Optional.empty();

  @Option(
      names = "--long-values",
      paramLabel = "HOW",
      description = {
        "What put does with a value over 1,022 characters: refuse (default), numbered-keys or",
        "repeated-key. The other actions join such pieces."
      })
  private String longValues = "refuse";

  @Option(names = "--strict", description = "Stop at damage instead of reading what is sound.")
  private boolean strict;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End watch after N changes instead of when it is interrupted.")
  private int count = Integer.MAX_VALUE;

  @Option(
      names = "--raw",
      description = "Get prints the value as it is, in UTF-8, unescaped; not on a terminal.")
  private boolean raw;

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  KvpCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitCode call() throws InputException, InterruptedException {
    if (operands.size() != action.operands) {
      throw new InputException(
          Complaint.about(
              "avma kvp " + action.label(),
              "got " + operands.size() + " operands",
              "(expected: "
                  + (action.form.isEmpty() ? "none" : action.form)
                  + "). Put quotes around a value with blanks."));
    }
    if (count < 1) {
      throw new InputException(
          Complaint.about("--count", count + " is too few", "(expected: at least 1)."));
    }
    if (raw && (action != Action.GET || json || console.screen().live())) {
      throw new InputException(
          Complaint.about(
              "--raw",
              "does not go with this",
              "(expected: get, without --json, into a file or pipe). What is foreign may hold"
                  + " sequences that change a terminal."));
    }
    Optional<KvpPool> pool = pool();
    PoolOptions options = options(pool);
    try (LinuxGuest guest = LinuxGuest.open(options)) {
      return act(guest.pools(), options.directory(), pool);
    } catch (TransportException e) {
      console.complain("avma kvp: " + e.getMessage());
      return switch (e.reason()) {
        case INVALID, TOO_LARGE -> ExitCode.USAGE;
        default -> ExitCode.PARTIAL;
      };
    }
  }

  private ExitCode act(KvpStore store, Path where, Optional<KvpPool> pool)
      throws TransportException, InterruptedException {
    return switch (action) {
      case SHOW ->
          new KvpShow(console, json, where)
              .show(
                  store,
                  pool.map(ImmutableList::of).orElse(ImmutableList.copyOf(KvpPool.values())));
      case GET -> get(store, pool.orElse(KvpPool.EXTERNAL), operands.get(0));
      case PUT -> {
        KvpPool into = pool.orElse(KvpPool.GUEST);
        store.put(into, new KvpItem(operands.get(0), operands.get(1)));
        yield written(into, true);
      }
      case REMOVE -> {
        KvpPool from = pool.orElse(KvpPool.GUEST);
        yield written(from, store.remove(from, operands.get(0)));
      }
      case WATCH ->
          new KvpWatching(console, json).watch(store, pool.orElse(KvpPool.EXTERNAL), count);
    };
  }

  private ExitCode get(KvpStore store, KvpPool pool, String key) throws TransportException {
    PoolContent content = store.read(pool);
    Optional<PoolContent.Entry> found =
        content.entries().stream().filter(entry -> entry.item().key().equals(key)).findFirst();
    if (found.isEmpty()) {
      console.complain(
          "avma kvp: pool "
              + pool.label()
              + " has no key "
              + Complaint.quoted(key)
              + ", "
              + content.firstWins().size()
              + " others. 'avma kvp show' lists them; case counts.");
      return ExitCode.NO;
    }
    PoolContent.Entry entry = found.get();
    ImmutableList<Flaw> flaws = content.flawsByRecord().get(entry.record());
    if (json) {
      console.json().object("value", object -> KvpShow.item(pool, entry, flaws, object));
      return ExitCode.ANSWERED;
    }
    if (raw) {
      console.raw(entry.item().value());
    } else {
      console.line(ForeignText.escape(entry.item().value()));
    }
    for (Flaw flaw : flaws) {
      console.complain("avma kvp: " + flaw);
    }
    return ExitCode.ANSWERED;
  }

  private ExitCode written(KvpPool pool, boolean done) {
    String key = operands.get(0);
    if (json) {
      console
          .json()
          .object(
              "write",
              object ->
                  object
                      .text("pool", pool.label())
                      .word("action", action)
                      .foreign("key", key)
                      .flag("done", done));
    } else if (!done) {
      console.complain(
          "avma kvp: pool " + pool.label() + " has no key " + Complaint.quoted(key) + ".");
    }
    return done ? ExitCode.ANSWERED : ExitCode.NO;
  }

  private Optional<KvpPool> pool() throws InputException {
    if (poolName.isEmpty()) {
      return Optional.empty();
    }
    Optional<KvpPool> pool = KvpPool.named(poolName.get());
    if (pool.isEmpty()) {
      throw new InputException(
          Complaint.about(
              "--pool",
              Complaint.quoted(poolName.get()) + " is none",
              "(expected: external, guest, auto, auto-external, auto-internal or 0 to 4)."));
    }
    return pool;
  }

  private PoolOptions options(Optional<KvpPool> pool) throws InputException {
    PoolOptions.Builder options =
        directory
            .map(PoolOptions::in)
            .orElseGet(
                () ->
                    System.getProperty("os.name", "").equals("FreeBSD")
                        ? PoolOptions.freeBsd()
                        : PoolOptions.linux())
            .toBuilder();
    options.strictness(strict ? Strictness.STRICT : Strictness.LENIENT);
    options.writable(pool.orElse(KvpPool.GUEST)); // who names a pool means it
    for (LongValues policy : LongValues.values()) {
      if (longValues.equals(policy.name().toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return options.longValues(policy).build();
      }
    }
    throw new InputException(
        Complaint.about(
            "--long-values",
            Complaint.quoted(longValues) + " is none",
            "(expected: refuse, numbered-keys or repeated-key)."));
  }
}
