package plaza.ngsild.distribute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import plaza.graph.Value;
import plaza.ngsild.context.Context;
import plaza.ngsild.source.Operation;

/// Sends batches on: to each source what of the batch is its business (clauses 5.6.7 to 5.6.10,
/// 5.6.20).
public final class BatchForwarding {
  private final Forwarding forwarding;
  private final Passage passage;
  private final Batch batch;

  /// What sources did.
  ///
  /// @param done ids of entities of which something was done
  /// @param created ids of entities that did not exist there
  public record Told(Set<String> done, Set<String> created, List<Complaint> complaints) {}

  /// @param verdict with a fault
  public record Complaint(String entityId, Verdict verdict) {}

  /// One entity's part for one source.
  private record Piece(Batch.Item item, Routing.Parcel parcel) {
    Value document(Plain plain) {
      var writing = item.writing();
      return writing == null
          ? Value.of(item.id())
          : plain.body(
              writing.only(parcel.targets()).typed(Routing.types(parcel.match())).document());
    }
  }

  /// What goes to a source with one request.
  private record Load(String registrationId, Context context) {}

  public BatchForwarding(Forwarding forwarding, Passage passage, Batch batch) {
    this.forwarding = forwarding;
    this.passage = passage;
    this.batch = batch;
  }

  public Routing route(Batch.Item item) {
    return forwarding.route(
        passage, item.id(), item.types(), item.targets(), batch.operations(), false);
  }

  /// @param routings of the items, in their order
  public Told send(List<Batch.Item> items, List<Routing> routings) {
    var loads = new LinkedHashMap<Load, List<Piece>>();
    for (int i = 0; i < items.size(); i++) {
      var item = items.get(i);
      var context = item.writing() == null ? passage.context() : item.writing().context();
      for (var parcel : routings.get(i).parcels())
        loads
            .computeIfAbsent(
                new Load(parcel.match().registration().id(), context), _ -> new ArrayList<>())
            .add(new Piece(item, parcel));
    }
    var done = new LinkedHashSet<String>();
    var created = new LinkedHashSet<String>();
    var complaints = new ArrayList<Complaint>();
    for (var told :
        Fan.out(List.copyOf(loads.entrySet()), load -> send(load.getKey(), load.getValue()))) {
      done.addAll(told.done);
      created.addAll(told.created);
      complaints.addAll(told.complaints);
    }
    return new Told(done, created, complaints);
  }

  private Told send(Load load, List<Piece> pieces) {
    var first = pieces.getFirst().parcel;
    if (first.way() != Routing.Way.OPEN) {
      var complaints =
          pieces.stream()
              .map(piece ->
                  new Complaint(
                      piece.item.id(), Verdict.unsent(piece.parcel, batch.operation().word)))
              .toList();
      return new Told(Set.of(), Set.of(), complaints);
    }
    var speaking = passage.speaking(load.context);
    return first.match().registration().operations().contains(batch.operation())
        ? together(speaking, pieces)
        : oneByOne(speaking, pieces);
  }

  private Told together(Passage speaking, List<Piece> pieces) {
    var plain = new Plain(batch.operation(), batch.parameters());
    var body = new Value.Items(pieces.stream().map(piece -> piece.document(plain)).toList());
    var request = new SourceRequest("POST", batch.path(), plain.parameters(), body);
    var reply =
        forwarding
            .sources()
            .ask(speaking, pieces.getFirst().parcel.match().registration(), _ -> request);
    var ids = new LinkedHashSet<String>();
    for (var piece : pieces) ids.add(piece.item.id());
    if (!(reply.answer() instanceof SourceAnswer.Answered answered)
        || !answered.isFine()
        || (answered.status() == 207 && !(answered.body() instanceof Value.Struct))) {
      var fault = Verdict.fault(reply);
      return new Told(
          Set.of(),
          Set.of(),
          pieces.stream()
              .map(piece -> new Complaint(piece.item.id(), new Verdict(piece.parcel, fault, false)))
              .toList());
    }
    boolean creating = batch.operation() == Operation.CREATE_BATCH;
    if (answered.status() != 207 || !(answered.body() instanceof Value.Struct(var members))) {
      // Who creates says what it has created; some say no more than that they did it.
      var listed = answered.status() == 201 ? texts(answered.body()) : Set.<String>of();
      boolean all = creating || (answered.status() == 201 && answered.body() == null);
      return new Told(ids, all ? ids : listed, List.of());
    }
    var complaints = new ArrayList<Complaint>();
    if (members.get("errors") instanceof Value.Items(var errors))
      for (var error : errors) complaint(error, pieces, complaints);
    var done = new LinkedHashSet<>(texts(members.get("success")));
    done.retainAll(ids);
    var silent = new LinkedHashSet<>(ids);
    silent.removeAll(done);
    for (var complaint : complaints) silent.remove(complaint.entityId);
    for (var piece : pieces)
      if (silent.remove(piece.item.id()))
        complaints.add(
            new Complaint(
                piece.item.id(),
                Verdict.failed(
                    piece.parcel, Verdict.Kind.FAILED, "it does not say what became of it")));
    return new Told(done, creating ? done : Set.of(), complaints);
  }

  private static Set<String> texts(@org.jspecify.annotations.Nullable Value value) {
    var texts = new LinkedHashSet<String>();
    if (value instanceof Value.Items(var items))
      for (var item : items) if (item instanceof Value.Text(var text)) texts.add(text);
    return texts;
  }

  private static void complaint(Value error, List<Piece> pieces, List<Complaint> complaints) {
    if (!(error instanceof Value.Struct(var told))
        || !(told.get("entityId") instanceof Value.Text(var id))) return;
    for (var piece : pieces)
      if (piece.item.id().equals(id)) {
        complaints.add(new Complaint(id, failed(piece, told.get("error"))));
        return;
      }
  }

  /// What the source says of an entity is told on (clause 5.6.7.4: merged with the others).
  private static Verdict failed(Piece piece, @org.jspecify.annotations.Nullable Value problem) {
    var type = Trouble.type(problem);
    var kind = Verdict.Kind.FAILED;
    if (type.endsWith("AlreadyExists")) kind = Verdict.Kind.EXISTS;
    if (type.endsWith("ResourceNotFound")) kind = Verdict.Kind.NOT_FOUND;
    if (type.endsWith("Conflict")) kind = Verdict.Kind.CONFLICT;
    var said = problem instanceof Value.Struct details && !type.isEmpty() ? details : null;
    return new Verdict(
        piece.parcel, new Verdict.Fault(kind, Trouble.detail(problem), Map.of(), said), false);
  }

  private Told oneByOne(Passage speaking, List<Piece> pieces) {
    var done = new LinkedHashSet<String>();
    var created = new LinkedHashSet<String>();
    var complaints = new ArrayList<Complaint>();
    // In their order: the same entity may come twice (clause 5.5.11).
    for (var piece : pieces) {
      var offered = new HashSet<>(piece.parcel.match().registration().operations());
      var verdict = single(speaking, piece, offered, created);
      if (verdict.fault() == null) done.add(piece.item.id());
      else complaints.add(new Complaint(piece.item.id(), verdict));
    }
    return new Told(done, created, complaints);
  }

  private Verdict single(
      Passage speaking, Piece piece, Set<Operation> offered, Set<String> created) {
    Verdict last = Verdict.failed(piece.parcel, Verdict.Kind.CONFLICT, "nothing fits");
    for (var operation : batch.operations()) {
      if (operation == batch.operation() || !offered.contains(operation)) continue;
      var errand = batch.errand(operation, piece.item);
      last = forwarding.send(speaking, errand, List.of(piece.parcel)).getFirst();
      var fault = last.fault();
      if (fault == null && operation == Operation.CREATE_ENTITY) created.add(piece.item.id());
      // An upsert goes on when the entity exists (clause 5.6.8.4).
      if (fault == null || fault.kind() != Verdict.Kind.EXISTS) return last;
    }
    return batch.singly() == Batch.Singly.CREATE
        ? last
        : Verdict.failed(
            piece.parcel,
            Verdict.Kind.UNSUPPORTED,
            piece.item.id() + " exists there, and the source offers no operation that changes it");
  }
}
