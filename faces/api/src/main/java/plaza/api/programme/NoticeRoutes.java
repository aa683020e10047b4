package plaza.api.programme;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import plaza.graph.Value;
import plaza.programme.Programme;
import plaza.programme.notice.Messages;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// Being told: one's own notices, following and no longer following, a record's web feed (Atom, RFC
/// 4287), and the city's webhooks.
public final class NoticeRoutes {
  private static final String ATOM = "http://www.w3.org/2005/Atom";
  private final Programme programme;
  private final Messages messages;

  public NoticeRoutes(Programme programme, Messages messages) {
    this.programme = programme;
    this.messages = messages;
  }

  public Routes routes() {
    var routes = new Routes();
    routes
        .get("/api/v1/notices", Right.anyone(), this::notices)
        .get("/api/v1/following", Right.anyone(), this::following)
        .get("/api/v1/webhooks", Right.known(), this::webhooks)
        .post("/api/v1/webhooks", Right.known(), this::openWebhook)
        .delete("/api/v1/webhooks/{id}", Right.known(), this::closeWebhook);
    for (var records : Records.values()) {
      var one = records.path() + "/{id}";
      routes
          .get(one + "/feed.atom", Right.anyone(), e -> feed(e, records))
          .put(one + "/followers/me", Right.anyone(), e -> follow(e, records, true))
          .delete(one + "/followers/me", Right.anyone(), e -> follow(e, records, false));
    }
    return routes;
  }

  private void notices(Exchange exchange) {
    var found = programme.noticeBoard().list(Asking.caller(exchange), exchange.query("limit", 100));
    exchange.json(200, new Value.Items(List.<Value>copyOf(found)));
  }

  private void following(Exchange exchange) {
    var found = programme.noticeBoard().following(Asking.caller(exchange));
    exchange.json(200, new Value.Items(List.<Value>copyOf(found)));
  }

  private void follow(Exchange exchange, Records records, boolean begins) {
    var caller = Asking.caller(exchange);
    var id = Asking.id(exchange);
    if (begins) programme.followers().follow(caller, records.kind(), id);
    else programme.followers().unfollow(caller, records.kind(), id);
    exchange.send(204);
  }

  private void webhooks(Exchange exchange) {
    exchange.json(
        200,
        new Value.Items(List.<Value>copyOf(messages.webhooks().list(Asking.caller(exchange)))));
  }

  private void openWebhook(Exchange exchange) {
    var caller = Asking.caller(exchange);
    var outcome = messages.webhooks().open(caller, Asking.body(exchange));
    var members =
        new java.util.LinkedHashMap<>(
            messages.webhooks().shown(caller.address(), outcome.record()).members());
    members.putAll(outcome.answers());
    exchange
        .setHeader("Location", "/api/v1/webhooks/" + outcome.record().id())
        .json(201, new Value.Struct(members));
  }

  private void closeWebhook(Exchange exchange) {
    messages.webhooks().close(Asking.caller(exchange), Asking.id(exchange));
    exchange.send(204);
  }

  private void feed(Exchange exchange, Records records) {
    var caller = Asking.caller(exchange);
    var id = Asking.id(exchange);
    var record = programme.view(caller, records.kind(), id);
    var events = programme.events(caller, id);
    exchange.send(
        200,
        "application/atom+xml",
        atom(exchange.origin() + exchange.path(), title(record, id), events));
  }

  private static String title(Value.Struct record, String id) {
    return record.members().get("title") instanceof Value.Text(var title) ? title : id;
  }

  private static byte[] atom(String self, String title, List<Value.Struct> events) {
    var bytes = new ByteArrayOutputStream();
    try {
      var xml = XMLOutputFactory.newInstance().createXMLStreamWriter(bytes, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("feed");
      xml.writeDefaultNamespace(ATOM);
      element(xml, "id", self);
      element(xml, "title", title);
      element(
          xml,
          "updated",
          events.isEmpty() ? Instant.EPOCH.toString() : text(events.getLast(), "at"));
      xml.writeEmptyElement("link");
      xml.writeAttribute("rel", "self");
      xml.writeAttribute("href", self);
      for (var event : events.reversed()) entry(xml, self, title, event);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("memory takes every byte", e);
    }
    return bytes.toByteArray();
  }

  private static void entry(XMLStreamWriter xml, String self, String title, Value.Struct event)
      throws XMLStreamException {
    xml.writeStartElement("entry");
    element(xml, "id", text(event, "id"));
    element(xml, "title", title + ": " + text(event, "to"));
    element(xml, "updated", text(event, "at"));
    xml.writeStartElement("author");
    element(xml, "name", text(event, "role").isEmpty() ? "Plaza" : text(event, "role"));
    xml.writeEndElement();
    element(xml, "summary", text(event, "from") + " → " + text(event, "to"));
    xml.writeEmptyElement("link");
    xml.writeAttribute("href", self.substring(0, self.length() - "/feed.atom".length()));
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private static String text(Value.Struct event, String name) {
    return event.members().get(name) instanceof Value.Text(var text) ? text : "";
  }
}
