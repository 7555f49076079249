import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import org.opennms.core.wsman.WSManClient;
import org.opennms.core.wsman.WSManEndpoint;
import org.opennms.core.wsman.cxf.CXFWSManClientFactory;
import org.w3c.dom.Node;

/**
 * Reads the Data Exchange components of hosts by OpenNMS' client, host after host, each time that
 * it gets a line, and prints how many intrinsic items they have. For benchmarks.
 *
 * <p>Arguments: a user and the URLs; the password is in AVMA_PASSWORD.
 */
public final class EnumerateByOpenNms {
  private static final String COMPONENTS =
      "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/virtualization/v2/"
          + "Msvm_KvpExchangeComponent";

  private EnumerateByOpenNms() {}

  public static void main(String[] args) throws Exception {
    List<WSManClient> clients = new ArrayList<>();
    for (String url : List.of(args).subList(1, args.length)) {
      clients.add(
          new CXFWSManClientFactory()
              .getClient(
                  new WSManEndpoint.Builder(url)
                      .withBasicAuth(args[0], System.getenv("AVMA_PASSWORD"))
                      .withMaxElements(256)
                      .build()));
    }
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    while (in.readLine() != null) {
      long items = 0;
      for (WSManClient client : clients) {
        List<Node> nodes = new ArrayList<>();
        client.enumerateAndPull(COMPONENTS, nodes, true);
        for (Node node : nodes) {
          items += items(node);
        }
      }
      System.out.println(items);
    }
    System.exit(0); // whatever threads it has left behind
  }

  private static int items(Node component) {
    int items = 0;
    for (Node child = component.getFirstChild(); child != null; child = child.getNextSibling()) {
      if ("GuestIntrinsicExchangeItems".equals(child.getLocalName())
          && !child.getTextContent().isEmpty()) {
        items++;
      }
    }
    return items;
  }
}
