package io.avma.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonLines;
import io.avma.cli.output.JsonObject;
import io.avma.cli.output.Screen;
import io.avma.cli.output.TextTable;
import io.avma.kvp.KvpPool;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.KvpStore;
import io.avma.transport.PoolContent;
import io.avma.transport.TransportException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** What {@code avma kvp show} prints: the items of pools, and what is wrong where. */
final class KvpShow {
  private static final int SHOWN = 300;

  private final Console console;
  private final boolean json;
  private final Path directory;

  KvpShow(Console console, boolean json, Path directory) {
    this.console = console;
    this.json = json;
    this.directory = directory;
  }

  /** Shows each pool; one that cannot be read hides no other. */
  ExitCode show(KvpStore store, List<KvpPool> pools) {
    ExitCode code = ExitCode.ANSWERED;
    for (KvpPool pool : pools) {
      try {
        PoolContent content = store.read(pool);
        if (json) {
          objects(content);
        } else {
          print(content);
        }
      } catch (TransportException e) {
        console.complain("avma kvp: " + e.getMessage());
        if (json) {
          unreadable(pool, e);
        }
        code = ExitCode.PARTIAL;
      }
    }
    return code;
  }

  private void print(PoolContent content) {
    ImmutableListMultimap<Long, Flaw> flaws = content.flawsByRecord();
    KvpPool pool = content.pool();
    console.sentence(
        Screen.Paint.HEADING,
        pool.label()
            + " (pool "
            + pool.number()
            + ", "
            + ForeignText.escape(directory.toString())
            + "): "
            + count(content.items().size(), "item"));
    TextTable table = new TextTable("#", "key", "value");
    for (PoolContent.Entry entry : content.entries()) {
      table.row(
          Long.toString(entry.record()),
          ForeignText.escape(entry.item().key(), SHOWN),
          ForeignText.escape(entry.item().value(), SHOWN));
      for (Flaw flaw : flaws.get(entry.record())) {
        table.note(sentence(flaw));
      }
    }
    table.print(console);
    for (Flaw flaw : content.flawsOfPool()) {
      console.sentence(sentence(flaw));
    }
    if (!content.flaws().isEmpty()) {
      console.sentence(verdict(content.flaws()));
    }
    console.line();
  }

  private static String sentence(Flaw flaw) {
    return JsonObject.word(flaw.effect()) + ": " + flaw + ".";
  }

  private static String verdict(ImmutableList<Flaw> flaws) {
    long grave = flaws.stream().filter(Flaw::stopsStrictReaders).count();
    return count(flaws.size(), "problem")
        + (grave == 0
            ? "; every item is what was written."
            : ", " + grave + " of them leave items in doubt or cost some.");
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private void objects(PoolContent content) {
    ImmutableListMultimap<Long, Flaw> flaws = content.flawsByRecord();
    JsonLines lines = console.json();
    for (PoolContent.Entry entry : content.entries()) {
      lines.object(
          "item", object -> item(content.pool(), entry, flaws.get(entry.record()), object));
    }
    lines.object(
        "pool",
        object ->
            object
                .text("pool", content.pool().label())
                .number("items", content.items().size())
                .objects("problems", content.flawsOfPool(), KvpShow::problem));
  }

  /** Writes the fields of an item. */
  static void item(
      KvpPool pool, PoolContent.Entry entry, ImmutableList<Flaw> flaws, JsonObject object) {
    object
        .text("pool", pool.label())
        .number("index", entry.record())
        .foreign("key", entry.item().key())
        .foreign("value", entry.item().value())
        .objects("problems", flaws, KvpShow::problem);
  }

  /** A pool that cannot be read is an object too: how many items it has is not known. */
  private void unreadable(KvpPool pool, TransportException failure) {
    console
        .json()
        .object(
            "pool",
            object ->
                object
                    .text("pool", pool.label())
                    .number("items", OptionalInt.empty())
                    .objects(
                        "problems",
                        ImmutableList.of(failure),
                        (e, problem) ->
                            problem
                                .text("code", JsonObject.word(e.reason()))
                                .word("effect", Flaw.Effect.LOST)
                                .text("place", "pool_" + pool.number())
                                .text("message", String.valueOf(e.getMessage()))));
  }

  private static void problem(Flaw flaw, JsonObject object) {
    object
        .text("code", flaw.code())
        .word("effect", flaw.effect())
        .text("place", flaw.position().toString())
        .text("message", flaw.message());
  }
}
