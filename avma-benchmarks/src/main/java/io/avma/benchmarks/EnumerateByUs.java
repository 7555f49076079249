package io.avma.benchmarks;

import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManItem;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import io.avma.transport.wsman.WsManQuery;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link EnumerateBesideOpenNms} compares, by this library: reads the Data Exchange components
 * of hosts, host after host, each time that it gets a line, and prints how many intrinsic items
 * they have. Takes a user and the URLs; the password is in AVMA_PASSWORD.
 */
public final class EnumerateByUs {
  private EnumerateByUs() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    char[] password = System.getenv("AVMA_PASSWORD").toCharArray();
    List<WsManClient> clients = new ArrayList<>();
    for (String url : List.of(arguments).subList(1, arguments.length)) {
      clients.add(
          WsManClient.open(
              WsManEndpoint.parse(url),
              WsManLogin.basic(endpoint -> new Credentials(arguments[0], password.clone())),
              WsManOptions.STANDARD.allowingBasicWithoutTls()));
    }
    WsManQuery components = WsManQuery.all("root/virtualization/v2", "Msvm_KvpExchangeComponent");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      long items = 0;
      for (WsManClient client : clients) {
        for (WsManItem item : client.enumerate(components)) {
          items +=
              ((WsManItem.Instance) item).instance().texts("GuestIntrinsicExchangeItems").size();
        }
      }
      System.out.println(items);
    }
  }
}
