package plaza.ngsild.http;

import java.util.Set;
import plaza.graph.Value;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.parse.EntityParser;
import plaza.ngsild.source.AskParser;
import plaza.ngsild.source.Identity;
import plaza.ngsild.source.RegistrationDesk;
import plaza.web.Right;
import plaza.web.Routes;

/// Context sources: `/csourceRegistrations`, `/csourceRegistrations/{id}`, `/info/sourceIdentity`
/// (clauses 6.8, 6.9, 6.33).
public final class RegistrationFace {
  private static final String PATH = NgsiLdFace.BASE + "/csourceRegistrations";
  private static final Set<String> OPTIONS = Set.of("sysAttrs");
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "idPattern",
          "type",
          "attrs",
          "pick",
          "omit",
          "q",
          "csf",
          "georel",
          "geometry",
          "coordinates",
          "geoproperty",
          "geometryProperty",
          "timerel",
          "timeAt",
          "endTimeAt",
          "timeproperty",
          "scopeQ",
          "lang",
          "limit",
          "offset",
          "count",
          "options");
  private static final long LARGEST_DOCUMENT = 1 << 20;

  private final Desk desk;
  private final RegistrationDesk registrations;
  private final Identity identity;

  public RegistrationFace(
      Ledger ledger,
      Reader reader,
      Policy policy,
      Contexts contexts,
      RegistrationDesk registrations,
      Identity identity) {
    this.desk = new Desk(ledger, reader, contexts, policy, ConsumptionLimits.DEFAULT);
    this.registrations = registrations;
    this.identity = identity;
  }

  public Routes routes() {
    return new Routes(NgsiLdFace.ERRORS, LARGEST_DOCUMENT)
        .post(PATH, Right.anyone(), desk.handler(this::create))
        .get(PATH, Right.anyone(), desk.handler(this::list))
        .get(PATH + "/{id}", Right.anyone(), desk.handler(this::retrieve))
        .patch(PATH + "/{id}", Right.anyone(), desk.handler(this::update))
        .delete(PATH + "/{id}", Right.anyone(), desk.handler(this::delete))
        .get(
            NgsiLdFace.BASE + "/info/sourceIdentity", Right.anyone(), desk.handler(this::identity));
  }

  /// Clause 5.9.2.
  private void create(Call call) {
    call.allow(Set.of());
    var document = new Value.Struct(EntityParser.object(call.document()));
    var id = registrations.create(call.actor(), call.writeAddress(), document, call.context());
    call.exchange().setHeader("Location", EntityRoutes.location(PATH, id)).send(201);
  }

  /// Clause 5.10.2.
  private void list(Call call) {
    call.allow(KNOWN);
    boolean system = Options.options(call, OPTIONS).contains("sysAttrs");
    var media = call.accepted();
    var paging = Paging.of(call, desk.reader.limits().entitiesPerPage());
    var listed =
        registrations.list(
            call.actor(),
            desk.existing(call.writeAddress()),
            AskParser.parse(call, call.context()),
            paging.offset(),
            paging.limit());
    paging.headers(call, media, listed.total(), listed.more());
    call.answer(
        media, listed.page().stream().map(one -> one.show(call.context(), system)).toList());
  }

  /// Clause 5.10.1.
  private void retrieve(Call call) {
    call.allow(Set.of("options"));
    boolean system = Options.options(call, OPTIONS).contains("sysAttrs");
    var media = call.accepted();
    var found =
        registrations.get(call.actor(), desk.existing(call.writeAddress()), call.recordId());
    call.answer(200, media, found.show(call.context(), system));
  }

  /// Clause 5.9.3.
  private void update(Call call) {
    call.allow(Set.of());
    var fragment = new Value.Struct(EntityParser.object(call.document()));
    registrations.update(
        call.actor(),
        desk.existing(call.writeAddress()),
        call.recordId(),
        fragment,
        call.context());
    call.exchange().send(204);
  }

  /// Clause 5.9.4.
  private void delete(Call call) {
    call.allow(Set.of());
    registrations.delete(call.actor(), desk.existing(call.writeAddress()), call.recordId());
    call.exchange().send(204);
  }

  /// Clause 5.15.1.
  private void identity(Call call) {
    call.allow(Set.of());
    var media = call.accepted();
    var tenant = desk.existing(call.address()).tenant();
    call.answer(200, media, identity.show(tenant));
  }
}
