import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.metricshub.winrm.WinRMHttpProtocolEnum;
import org.metricshub.winrm.command.WinRMCommandExecutor;
import org.metricshub.winrm.service.client.auth.AuthenticationEnum;
import org.metricshub.winrm.wql.WinRMWqlExecutor;

/**
 * Asks a host by MetricsHub's client and prints what it got, a line each; no class of ours is near.
 *
 * <p>Arguments: the URL, a user, the variable that holds the password, KERBEROS or NTLM, and then
 * pairs: a name space and a query in it, or "command" and one. Behind "--" the next begins.
 */
public final class AskByWinrmJava {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final long TIMEOUT = 60_000;

  private AskByWinrmJava() {}

  public static void main(String[] args) {
    List<String> all = List.of(args);
    for (int from = 0; from < all.size(); ) {
      int to = from;
      while (to < all.size() && !all.get(to).equals("--")) {
        to++;
      }
      say("session", List.of());
      ask(all.subList(from, to));
      from = to + 1;
    }
    System.exit(0); // whatever threads it has left behind
  }

  private static void ask(List<String> args) {
    URI uri = URI.create(args.get(0));
    WinRMHttpProtocolEnum protocol =
        WinRMHttpProtocolEnum.valueOf(uri.getScheme().toUpperCase(Locale.ROOT));
    String user = args.get(1);
    char[] password = System.getenv(args.get(2)).toCharArray();
    List<AuthenticationEnum> by = List.of(AuthenticationEnum.valueOf(args.get(3)));
    for (int i = 4; i < args.size(); i += 2) {
      String what = args.get(i + 1);
      try {
        if (args.get(i).equals("command")) {
          String output =
              WinRMCommandExecutor.execute(
                      what,
                      protocol,
                      uri.getHost(),
                      uri.getPort(),
                      user,
                      password,
                      null,
                      TIMEOUT,
                      null,
                      null,
                      by)
                  .getStdout();
          say("output", List.of(output));
        } else {
          WinRMWqlExecutor answer =
              WinRMWqlExecutor.executeWql(
                  protocol,
                  uri.getHost(),
                  uri.getPort(),
                  user,
                  password,
                  args.get(i),
                  what,
                  TIMEOUT,
                  null,
                  by);
          say("headers", answer.getHeaders());
          answer.getRows().forEach(row -> say("row", row));
        }
      } catch (Exception e) {
        say("refused", List.of(e.getClass().getName(), String.valueOf(e.getMessage())));
      }
    }
  }

  private static void say(String what, List<String> values) {
    StringBuilder line = new StringBuilder(what);
    for (String value : values) {
      line.append('\t').append(URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8));
    }
    OUT.println(line);
  }
}
