package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import io.avma.platform.ForeignText;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManFilter;
import io.avma.transport.wsman.WsManHeader;
import io.avma.transport.wsman.WsManItem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds instances: those that an enumeration wants, and the one that selectors name. */
final class Enumerations {
  private static final String NAMESPACE_SELECTOR = "__cimnamespace";

  private Enumerations() {}

  static Iterator<WsManItem> items(HostView view, WsManHeader header, WsManBody.Enumerate enumerate)
      throws Refusal {
    WmiNamespaces.Place place = WmiNamespaces.place(view.host(), header.resourceUri().orElse(""));
    WqlQuery query = query(place, enumerate.filter());
    WmiClass asked = WmiNamespaces.find(place, query.className());
    check(asked, query);
    Iterator<CimInstance> instances =
        Iterators.filter(
            Iterators.transform(asked.rows().of(view, query.condition()), asked::instance),
            query.condition()::matches);
    return Iterators.transform(
        instances,
        instance ->
            switch (enumerate.mode()) {
              case OBJECT -> item(asked, query, instance, Optional.empty());
              case EPR -> new WsManItem.Epr(asked.reference(instance));
              case OBJECT_AND_EPR ->
                  item(asked, query, instance, Optional.of(asked.reference(instance)));
            });
  }

  private static WsManItem item(
      WmiClass asked, WqlQuery query, CimInstance instance, Optional<CimReference> reference) {
    return new WsManItem.Instance(
        asked.uri(), asked.projected(instance, query.properties()), reference);
  }

  private static WqlQuery query(WmiNamespaces.Place place, Optional<WsManFilter> filter)
      throws Refusal {
    if (filter.isEmpty()) {
      if (place.isForQueries()) {
        throw Refusals.filter("A resource that ends in /* needs a query in WQL.");
      }
      return WqlQuery.all(place.className());
    }
    if (!filter.get().dialect().strip().equals(WsManFilter.WQL)) {
      throw Refusals.dialect(filter.get().dialect());
    }
    if (!place.isForQueries()) {
      throw Refusals.filter("A query in WQL needs a resource that ends in /*, not in a class.");
    }
    try {
      return WqlQuery.parse(filter.get().text().strip());
    } catch (WqlException e) {
      throw Refusals.query(e);
    }
  }

  private static void check(WmiClass asked, WqlQuery query) throws Refusal {
    List<String> names = new ArrayList<>(query.properties());
    names.addAll(query.condition().properties());
    for (String name : names) {
      if (!asked.has(name)) {
        throw Refusals.query(
            new WqlException(
                WqlScanner.INVALID_QUERY,
                "WQL: "
                    + asked.name()
                    + " has no property "
                    + ForeignText.escape(name, 80)
                    + " in the simulator"));
      }
    }
  }

  /** Returns the one instance of a class that the selectors name; a part of the keys will do. */
  static CimInstance single(HostView view, WmiClass asked, Map<String, CimValue> selectors)
      throws Refusal {
    ImmutableList.Builder<WqlCondition> conditions = ImmutableList.builder();
    for (Map.Entry<String, CimValue> selector : selectors.entrySet()) {
      String name = selector.getKey();
      if (name.equalsIgnoreCase(NAMESPACE_SELECTOR)) {
        continue;
      }
      if (asked.keys().stream().noneMatch(name::equalsIgnoreCase)
          || !(selector.getValue() instanceof CimValue.Text)) {
        throw Refusals.selectors(
            asked.name() + " has no key " + ForeignText.escape(name, 80) + " that is a text.");
      }
      conditions.add(new WqlCondition.Comparison(name, "=", selector.getValue().text()));
    }
    WqlCondition wanted = new WqlCondition.Every(conditions.build());
    Iterator<CimInstance> found =
        Iterators.filter(
            Iterators.transform(asked.rows().of(view, wanted), asked::instance), wanted::matches);
    if (!found.hasNext()) {
      throw Refusals.noInstance();
    }
    CimInstance first = found.next();
    if (found.hasNext()) {
      throw Refusals.selectors("The selectors name more than one instance of " + asked.name());
    }
    return first;
  }
}
