import java.io.PrintStream;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.opennms.core.wsman.Identity;
import org.opennms.core.wsman.WSManClient;
import org.opennms.core.wsman.WSManEndpoint;
import org.opennms.core.wsman.WSManVersion;
import org.opennms.core.wsman.cxf.CXFWSManClientFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * Asks a host by OpenNMS' client and prints what it got, a line each; no class of ours is near.
 *
 * <p>Arguments: the URL and a user; the password is in AVMA_PASSWORD.
 */
public final class AskByOpenNms {
  private static final String WMI = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/";
  private static final String V2 = WMI + "virtualization/v2/";
  private static final String WQL = "http://schemas.microsoft.com/wbem/wsman/1/WQL";
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final String url;
  private final String user;
  private final WSManVersion version;
  private final WSManClient client;

  private AskByOpenNms(String url, String user, String password, WSManVersion version)
      throws Exception {
    this.url = url;
    this.user = user;
    this.version = version;
    this.client = client(password);
  }

  public static void main(String[] args) throws Exception {
    // The first writes the name space of addressing of 2004, the second that of 2005.
    for (WSManVersion version : List.of(WSManVersion.WSMAN_1_0, WSManVersion.WSMAN_1_2)) {
      new AskByOpenNms(args[0], args[1], System.getenv("AVMA_PASSWORD"), version).ask();
    }
    System.exit(0); // whatever threads it has left behind
  }

  private WSManClient client(String password) throws Exception {
    return new CXFWSManClientFactory()
        .getClient(
            new WSManEndpoint.Builder(url)
                .withBasicAuth(user, password)
                .withServerVersion(version)
                .withMaxElements(3)
                .build());
  }

  private void ask() throws Exception {
    Identity identity = client.identify();
    say("identity", identity.getProductVendor(), identity.getProductVersion());
    say("protocols", identity.getProtocolVersions().toString());

    List<Map<String, String>> systems =
        query(V2, "SELECT Name, ElementName, EnabledState FROM Msvm_ComputerSystem");
    for (Map<String, String> each : systems) {
      say("system", each.get("Name"), each.get("ElementName"), each.get("EnabledState"));
      get(each.get("Name"));
    }
    // Answers that end at once, with an item and without.
    for (Map<String, String> each :
        query(V2, "SELECT Name FROM Msvm_ComputerSystem WHERE EnabledState = 32769")) {
      say("saved", each.get("Name"));
    }
    say("nobodies", query(V2, "SELECT * FROM Msvm_ComputerSystem WHERE Name = 'x'").toString());

    List<Node> nodes = new ArrayList<>();
    client.enumerateAndPull(V2 + "Msvm_KvpExchangeComponent", nodes, true);
    for (Node node : nodes) {
      items(node, "SystemName", "GuestIntrinsicExchangeItems", "GuestExchangeItems");
    }
    say("pulls", Integer.toString(pulls(V2 + "Msvm_KvpExchangeComponentSettingData")));

    for (Map<String, String> each :
        query(WMI + "cimv2/", "SELECT * FROM Win32_NTLogEvent WHERE Logfile='Application'")) {
      say(
          "event",
          each.get("RecordNumber"),
          each.get("EventCode"),
          each.get("ComputerName"),
          each.get("TimeGenerated"),
          each.get("InsertionStrings"));
    }
    refused("wrong password", () -> client("guess").enumerate(V2 + "Msvm_ComputerSystem"));
    refused("no such class", () -> client.enumerate(V2 + "Msvm_Unheard"));
    refused("no such query", () -> query(V2, "SELECT Colour FROM Msvm_ComputerSystem"));
    refused("no such VM", () -> get("00000000-0000-4000-8000-000000000000"));
  }

  private List<Map<String, String>> query(String place, String wql) {
    List<Node> nodes = new ArrayList<>();
    client.enumerateAndPullUsingFilter(place + "*", WQL, wql, nodes, true);
    List<Map<String, String>> rows = new ArrayList<>();
    nodes.forEach(node -> rows.add(row(node)));
    return rows;
  }

  private void get(String name) {
    Map<String, String> row =
        row(
            client.get(
                V2 + "Msvm_ComputerSystem",
                Map.of("CreationClassName", "Msvm_ComputerSystem", "Name", name)));
    say("got", row.get("Name"), row.get("EnabledState"), row.get("InstallDate"));
  }

  /** One Pull after the other, as a program does that wants to see what it gets. */
  private int pulls(String resource) throws Exception {
    String context = client.enumerate(resource);
    int count = 0;
    while (context != null) {
      List<Node> nodes = new ArrayList<>();
      context = client.pull(context, resource, nodes, false);
      count++;
      for (Node node : nodes) {
        items(node, "InstanceID", "HostExchangeItems", "HostOnlyItems");
      }
    }
    return count;
  }

  private void items(Node node, String key, String... arrays) throws Exception {
    String of = row(node).get(key);
    for (String array : arrays) {
      for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
        if (array.equals(child.getLocalName())) {
          Map<String, String> item = item(child.getTextContent());
          say("item", of, array, item.get("Name"), item.get("Data"), item.get("Source"));
        }
      }
    }
  }

  /** An embedded instance, by the JDK's parser. */
  private static Map<String, String> item(String text) throws Exception {
    Element instance =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(text)))
            .getDocumentElement();
    Map<String, String> item = new LinkedHashMap<>();
    for (Node each = instance.getFirstChild(); each != null; each = each.getNextSibling()) {
      Element property = (Element) each;
      if (property.getFirstChild() != null) {
        item.put(property.getAttribute("NAME"), property.getFirstChild().getTextContent());
      }
    }
    return item;
  }

  /** Properties and their values; those of an array together. */
  private static Map<String, String> row(Node node) {
    Map<String, String> row = new LinkedHashMap<>();
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element) {
        row.merge(child.getLocalName(), child.getTextContent(), (one, more) -> one + "|" + more);
      }
    }
    return row;
  }

  private interface Attempt {
    void make() throws Exception;
  }

  private void refused(String what, Attempt attempt) {
    try {
      attempt.make();
      say(what, "not refused");
    } catch (Exception e) {
      say(what, e.getClass().getName(), String.valueOf(e.getMessage()));
    }
  }

  private void say(String what, String... values) {
    StringBuilder line = new StringBuilder(version.name()).append('\t').append(what);
    for (String value : values) {
      line.append('\t').append(URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8));
    }
    OUT.println(line);
  }
}
