package plaza.ngsild.http;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import plaza.graph.Address;
import plaza.graph.Refusal;
import plaza.graph.change.Edit;
import plaza.graph.change.Outcome;
import plaza.graph.change.Write;
import plaza.ledger.Ledger;
import plaza.ledger.Policy;
import plaza.ledger.Reader;
import plaza.ngsild.context.ContextUnavailable;
import plaza.ngsild.context.Contexts;
import plaza.ngsild.snapshot.Snapshots;
import plaza.ngsild.subscription.delivery.Timekeeper;
import plaza.web.Handler;

/// What all handlers share: the way in, the way out, contexts, and how refusals are answered.
final class Desk {
  final Ledger ledger;
  final Reader reader;
  final Contexts contexts;
  final Policy policy;
  final ConsumptionLimits limits;
  final Errands errands = new Errands(this);
  Federation federation;
  final EntityMaps maps;

  /// Null where operations cannot be about one.
  @Nullable Snapshots snapshots;

  private final Set<String> tenantsSeen = ConcurrentHashMap.newKeySet();

  Desk(Ledger ledger, Reader reader, Contexts contexts, Policy policy) {
    this(ledger, reader, contexts, policy, ConsumptionLimits.DEFAULT);
  }

  Desk(Ledger ledger, Reader reader, Contexts contexts, Policy policy, ConsumptionLimits limits) {
    this.limits = limits;
    this.maps = new EntityMaps(reader, limits, Timekeeper.MICROS);
    this.policy = policy;
    this.ledger = ledger;
    this.reader = reader;
    this.federation = new Federation(reader, null);
    this.contexts = contexts;
  }

  /// Does one operation.
  @FunctionalInterface
  interface Operation {
    void run(Call call) throws Exception;
  }

  /// As a handler of the web layer, with NGSI-LD's errors and the tenant echoed (clause 6.3.14).
  Handler handler(Operation operation) {
    return exchange -> {
      exchange.header("NGSILD-Tenant").ifPresent(name -> exchange.setHeader("NGSILD-Tenant", name));
      try {
        var call = new Call(exchange, contexts, snapshots);
        call.requireNoGeo();
        operation.run(call);
      } catch (Problem problem) {
        exchange.send(problem.type.status, Media.JSON.type, problem.body());
      } catch (Refusal refusal) {
        var problem =
            refusal instanceof Refusal.Conflict && exchange.header("If-Match").isPresent()
                ? new Problem(Problem.Type.CHANGED, String.valueOf(refusal.getMessage()))
                : Problem.of(refusal);
        exchange.send(problem.type.status, Media.JSON.type, problem.body());
      } catch (ContextUnavailable unavailable) {
        var problem =
            new Problem(
                Problem.Type.LD_CONTEXT_NOT_AVAILABLE, String.valueOf(unavailable.getMessage()));
        exchange.send(problem.type.status, Media.JSON.type, problem.body());
      } catch (Call.LengthRequired required) {
        exchange.send(411);
      } catch (Call.Unsupported unsupported) {
        if (exchange.method().equals("PATCH"))
          exchange.setHeader("Accept-Patch", String.join(", ", NgsiLdFace.ERRORS.patches()));
        exchange.setHeader("Accept", "application/json, application/ld+json").send(415);
      } catch (Call.NotAcceptable refused) {
        var types = refused.offered.stream().map(media -> media.type).toList();
        exchange.send(406, Media.JSON.type, plaza.json.Json.bytes(plaza.graph.Value.of(types)));
      }
    };
  }

  /// Writes here, all or nothing, and says what became of the last edit.
  Outcome.Done write(Call call, Address address, List<Edit> edits) {
    var receipt = ledger.write(call.actor(), Write.atomic(address, edits));
    return switch (receipt.outcomes().getLast()) {
      case Outcome.Done done -> done;
      case Outcome.Refused(_, var refusal) -> throw refusal;
    };
  }

  /// Clause 5.5.10: only creation makes a tenant.
  Address existing(Address address) {
    var tenant = address.tenant();
    if (tenant.equals(Address.DEFAULT_TENANT) || tenantsSeen.contains(tenant)) return address;
    if (!reader.tenantExists(tenant))
      throw new Problem(Problem.Type.NONEXISTENT_TENANT, "there is no tenant " + tenant);
    tenantsSeen.add(tenant);
    return address;
  }

  /// Whether the caller may write anything at all.
  boolean mayWrite(Call call) {
    var sight = policy.rights(call.actor(), call.writeAddress()).write();
    return sight.everything() || !sight.views().isEmpty();
  }
}
