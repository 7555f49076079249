package io.avma.cli;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.platform.ForeignText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * From arguments to a command and from what becomes of it to an exit code. Only the command that is
 * asked for is built, so that the first line appears fast.
 */
final class Dispatch {
  private record Entry(
      String purpose, BiFunction<Console, Map<String, String>, Callable<ExitCode>> command) {
    static Entry of(String purpose, Function<Console, Callable<ExitCode>> command) {
      return new Entry(purpose, (console, environment) -> command.apply(console));
    }

    /** Returns a command that looks at the environment. */
    static Entry knowing(
        String purpose, BiFunction<Console, Map<String, String>, Callable<ExitCode>> command) {
      return new Entry(purpose, command);
    }
  }

  private static final ImmutableMap<String, Entry> COMMANDS =
      ImmutableMap.of(
          "keys", Entry.of("List the AVMA keys, or find one.", KeysCommand::new),
          "key", Entry.of("Say what a key really is.", KeyCommand::new),
          "check", Entry.of("Say whether a host activates a guest.", CheckCommand::new),
          "install-key", Entry.of("Say how a key gets into its guest.", InstallKeyCommand::new),
          "plan", Entry.of("Say what is wrong with a fleet.", PlanCommand::new),
          "events", Entry.of("Read event logs and exports.", EventsCommand::new),
          "simulate", Entry.of("Play a fleet for some days.", SimulateCommand::new),
          "sim", Entry.of("Serve simulated hosts.", SimCommand::new),
          "host", Entry.knowing("Ask Hyper-V hosts.", HostCommand::new),
          "kvp", Entry.of("Read and write a Linux guest's pools.", KvpCommand::new));

  private static final String DEBUG = "--debug";

  private final Console console;
  private final Map<String, String> environment;
  private boolean debug;

  Dispatch(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  /** Runs the command and returns its exit code. Never throws. */
  int run(String[] args) {
    debug = !environment.getOrDefault("AVMA_DEBUG", "").isEmpty();
    int first = 0;
    while (first < args.length && args[first].equals(DEBUG)) { // behind the command it is an option
      debug = true;
      first++;
    }
    int code;
    try {
      code = dispatch(Arrays.copyOfRange(args, first, args.length)).number();
    } catch (OutOfMemoryError e) {
      console.complain("avma: the input is too large for the memory of this Java.");
      console.complain("Give it more with java -Xmx, or ask for parts.");
      code = ExitCode.USAGE.number();
    } catch (Throwable bug) { // the last line of defence: no stack trace reaches a user unasked
      code = report(bug);
    }
    if (!console.written() && code != ExitCode.BUG.number()) {
      console.complain("avma: the output could not be written completely.");
      return ExitCode.PARTIAL.number();
    }
    return code;
  }

  private ExitCode dispatch(String[] args) {
    String name = args.length == 0 ? "" : args[0];
    switch (name) {
      case "" -> {
        overview(console::complain);
        return ExitCode.USAGE;
      }
      case "-h", "--help", "help" -> {
        return help(args);
      }
      case "-V", "--version" -> {
        console.line("avma " + version());
        return ExitCode.ANSWERED;
      }
      default -> {
        return command(name, Arrays.copyOfRange(args, 1, args.length));
      }
    }
  }

  private ExitCode help(String[] args) {
    if (args.length > 1) {
      return command(args[1], new String[] {"--help"});
    }
    overview(console::line);
    return ExitCode.ANSWERED;
  }

  private ExitCode command(String name, String[] args) {
    Entry entry = COMMANDS.get(name);
    if (entry == null) {
      console.complain(
          "avma: "
              + Complaint.quoted(name)
              + " is no command (expected: "
              + String.join(", ", COMMANDS.keySet())
              + "). Try 'avma --help'.");
      return ExitCode.USAGE;
    }
    Callable<ExitCode> command = entry.command().apply(console, environment);
    CommandLine line = new CommandLine(command).setCommandName("avma " + name);
    line.getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder(DEBUG)
                .type(boolean.class)
                .description("Should this fail by a bug, print where.")
                .build());
    line.setExpandAtFiles(false); // a key or a name may begin with @, and a file may hold anything
    line.setUsageHelpWidth(console.screen().width()).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      debug |= line.parseArgs(args).hasMatchedOption(DEBUG);
      if (line.isUsageHelpRequested()) {
        StringWriter text = new StringWriter();
        line.usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        text.toString().lines().forEach(console::line);
        return ExitCode.ANSWERED;
      }
      if (line.isVersionHelpRequested()) {
        console.line("avma " + version());
        return ExitCode.ANSWERED;
      }
      return command.call();
    } catch (CommandLine.ParameterException e) {
      console.complain("avma " + name + ": " + ForeignText.escape(firstLine(e), 400));
      console.complain("Try 'avma " + name + " --help'.");
      return ExitCode.USAGE;
    } catch (InputException e) {
      e.complaints().forEach(complaint -> console.complain(complaint.toString()));
      return ExitCode.USAGE;
    } catch (Exception e) {
      throw new CommandFailed(e);
    }
  }

  private static final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailed(Exception cause) {
      super(cause);
    }
  }

  private int report(Throwable bug) {
    Throwable cause = bug instanceof CommandFailed ? checkNotNull(bug.getCause()) : bug;
    console.complain(
        "avma: this should not have happened: "
            + cause.getClass().getSimpleName()
            + (cause.getMessage() == null ? "" : ": " + ForeignText.escape(firstLine(cause), 200)));
    if (debug) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(text -> console.complain(ForeignText.escape(text)));
    } else {
      console.complain("Please report it; --debug or AVMA_DEBUG=1 shows where it happened.");
    }
    return ExitCode.BUG.number();
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static void overview(java.util.function.Consumer<String> print) {
    print.accept("Usage: avma COMMAND [OPTIONS]");
    print.accept("Automatic Virtual Machine Activation: which key, which host, and what is wrong.");
    print.accept("");
    COMMANDS.forEach(
        (name, entry) -> print.accept(String.format("  %-12s %s", name, entry.purpose())));
    print.accept("");
    print.accept(
        "'avma COMMAND --help' tells more. Exit codes: 0 answered, 1 the answer is \"no\",");
    print.accept("2 wrong usage or input, 3 unreachable or partial, 70 a bug of avma.");
  }

  private static String version() {
    String version = Avma.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
