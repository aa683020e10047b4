package plaza.ngsild.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.graph.Names;
import plaza.graph.Value;
import plaza.ngsild.distribute.Distributor;
import plaza.ngsild.distribute.Passage;
import plaza.ngsild.distribute.SourceAnswer;
import plaza.ngsild.distribute.SourceRequest;
import plaza.ngsild.source.Operation;
import plaza.ngsild.source.Registration;
import plaza.ngsild.subscription.Mappings.Mapping;

/// The copies of subscriptions that are at sources. A source may give one an id of its own: its
/// `Location` says so (clause 6.10.3.1).
final class RemoteSubscriptions {
  private static final String PATH = "/subscriptions";
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 50;

  private final Distributor distributor;
  private final Mappings mappings;
  private final Secret secret;

  RemoteSubscriptions(Distributor distributor, Mappings mappings, Secret secret) {
    this.distributor = distributor;
    this.mappings = mappings;
    this.secret = secret;
  }

  /// The id that sources are asked to give a copy.
  static String id(Copies.Key key) {
    return "urn:ngsi-ld:Subscription:" + key;
  }

  /// Where sources are to send the notifications of a copy.
  String uri(Copies.Key key, String root) {
    return root + "/ngsi-ld/v1" + PATH + "/" + token(key) + "/notifications";
  }

  private String token(Copies.Key key) {
    return key + "-" + secret.seal(key.toString());
  }

  /// Makes a copy or changes it.
  ///
  /// @param before what is known to be there; null when that is not known
  /// @return whether it is there now
  boolean put(
      Passage passage,
      Registration registration,
      Copies.Key key,
      Value.Struct wanted,
      Value.@Nullable Struct before) {
    var mapping = mappings.find(key).orElse(null);
    if (mapping != null && !mapping.isCertain()) {
      // An answer was lost. Who gives ids of his own would make another one.
      var found = search(passage, registration, key);
      if (found == null) return false;
      if (!found.isEmpty()) {
        mapping = remember(passage, registration, key, found.removeFirst());
        for (var twin : found) delete(passage, registration, twin);
      }
    }
    // As the source is registered now, and not to go any more.
    if (mapping != null && mapping.isCertain())
      mapping = remember(passage, registration, key, mapping.id());
    return (mapping != null && mapping.isCertain())
        ? changed(passage, registration, key, mapping.id(), wanted, before)
        : created(passage, registration, key, wanted, before);
  }

  /// @return whether it is there no more
  boolean remove(Passage passage, Registration registration, Copies.Key key) {
    if (registration.operations().contains(Operation.DELETE_SUBSCRIPTION)) {
      var mapping = mappings.find(key).orElse(null);
      if (mapping == null) return true;
      var ids = new ArrayList<String>();
      if (mapping.isCertain()) ids.add(mapping.id());
      else {
        var found = search(passage, registration, key);
        if (found == null) return false;
        ids.addAll(found);
        if (!ids.contains(id(key))) ids.add(id(key));
      }
      for (var id : ids) if (!delete(passage, registration, id)) return false;
    }
    mappings.forget(key);
    return true;
  }

  private boolean created(
      Passage passage,
      Registration registration,
      Copies.Key key,
      Value.Struct wanted,
      Value.@Nullable Struct before) {
    remember(passage, registration, key, "");
    var answer = send(passage, registration, "POST", PATH, Map.of(), wanted);
    if (answer == null) return false;
    // Made by an attempt whose answer was lost.
    if (answer.status() == 409) {
      remember(passage, registration, key, id(key));
      return changed(passage, registration, key, id(key), wanted, before);
    }
    if (!answer.isFine()) return false;
    remember(passage, registration, key, located(answer.location(), id(key)));
    return true;
  }

  private boolean changed(
      Passage passage,
      Registration registration,
      Copies.Key key,
      String id,
      Value.Struct wanted,
      Value.@Nullable Struct before) {
    if (!registration.operations().contains(Operation.UPDATE_SUBSCRIPTION))
      return delete(passage, registration, id) && created(passage, registration, key, wanted, null);
    var members = new LinkedHashMap<>(wanted.members());
    members.remove("id");
    // What it had and has no more.
    if (before != null)
      for (var name : before.members().keySet())
        if (!wanted.members().containsKey(name)) members.put(name, Value.of(Names.NGSI_NULL));
    var answer =
        send(passage, registration, "PATCH", path(id), Map.of(), new Value.Struct(members));
    if (answer == null) return false;
    return answer.status() == 404
        ? created(passage, registration, key, wanted, null)
        : answer.isFine();
  }

  private boolean delete(Passage passage, Registration registration, String id) {
    var answer = send(passage, registration, "DELETE", path(id), Map.of(), null);
    return answer != null && (answer.isFine() || answer.status() == 404);
  }

  private Mapping remember(Passage passage, Registration registration, Copies.Key key, String id) {
    var mapping = Mapping.of(passage.tenant(), registration, id);
    mappings.keep(key, mapping);
    return mapping;
  }

  /// The ids of the copies that are there, told by where they send; null when the source does not
  /// say.
  private @Nullable List<String> search(
      Passage passage, Registration registration, Copies.Key key) {
    var found = new ArrayList<String>();
    if (!registration.operations().contains(Operation.QUERY_SUBSCRIPTION)) return found;
    for (int page = 0; page < MOST_PAGES; page++) {
      var parameters =
          Map.of("limit", Integer.toString(PAGE), "offset", Integer.toString(page * PAGE));
      var answer = send(passage, registration, "GET", PATH, parameters, null);
      if (answer == null || !answer.isFine()) return null;
      if (!(answer.body() instanceof Value.Items(var items))) return found;
      for (var item : items)
        if (item instanceof Value.Struct(var members)
            && members.get("id") instanceof Value.Text(var id)
            && sendsTo(members.get("notification"), token(key))
            && !found.contains(id)) found.add(id);
      if (items.size() < PAGE) return found;
    }
    return found;
  }

  private static boolean sendsTo(@Nullable Value notification, String token) {
    return notification instanceof Value.Struct(var members)
        && members.get("endpoint") instanceof Value.Struct(var endpoint)
        && endpoint.get("uri") instanceof Value.Text(var uri)
        && uri.contains("/" + token + "/");
  }

  /// The last segment of a Location.
  static String located(@Nullable String location, String otherwise) {
    if (location == null) return otherwise;
    var path = location.split("[?#]", 2)[0];
    var segment = path.substring(path.lastIndexOf('/') + 1);
    return segment.isEmpty() ? otherwise : SourceRequest.decoded(segment);
  }

  private static String path(String id) {
    return PATH + "/" + SourceRequest.segment(id);
  }

  /// Null when there was no answer.
  private SourceAnswer.@Nullable Answered send(
      Passage passage,
      Registration registration,
      String method,
      String path,
      Map<String, String> parameters,
      Value.@Nullable Struct body) {
    var request = new SourceRequest(method, path, parameters, body);
    return distributor.send(passage, registration, request)
            instanceof SourceAnswer.Answered answered
        ? answered
        : null;
  }
}
