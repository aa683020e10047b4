package plaza.programme.call;

import java.util.LinkedHashMap;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.programme.procedure.AuditChain;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Engine;
import plaza.programme.record.Canonical;
import plaza.programme.record.Fields;
import plaza.programme.record.Kind;

/// Proves that a proposal is the one that was sealed: its receipt stands in the audit chain, where
/// anybody can read it, and whoever has the body and the nonce can work it out again.
///
/// The receipt is SHA-256, in lower-case hexadecimal, over the nonce, a line feed and the body as
/// canonical JSON (members sorted by name, no blanks) in UTF-8.
public final class Receipts {
  private final Engine engine;
  private final AuditChain chain;

  public Receipts(Engine engine) {
    this.engine = engine;
    this.chain = new AuditChain(engine.dossiers());
  }

  /// `{proposal, receipt, sealedAt, link, linkHash}`: what the chain says of the last submission.
  ///
  /// @throws Refusal.NotFound when the proposal was never submitted, or its seal was broken
  public Value.Struct find(Caller caller, String proposalId) {
    var link =
        chain.of(caller.address(), proposalId).stream()
            .filter(one -> one.texts("kind").contains(Kind.PROPOSAL.title()))
            .filter(one -> !one.text("from").equals(one.text("to")))
            .filter(one -> one.has("seal") || one.texts("action").contains("reviseBeforeDeadline"))
            .reduce((_, last) -> last)
            .filter(one -> one.has("seal"))
            .orElseThrow(() -> new Refusal.NotFound("no sealed proposal has the id " + proposalId));
    var receipt = new LinkedHashMap<String, Value>();
    receipt.put("proposal", Value.of(proposalId));
    receipt.put("receipt", Value.of(link.text("seal")));
    receipt.put("sealedAt", Value.of(link.text("at")));
    receipt.put("link", Value.of(link.count("number")));
    receipt.put("linkHash", Value.of(link.text("hash")));
    return new Value.Struct(receipt);
  }

  /// Works the receipt out from `{nonce, body}`, or from the nonce and the body as it is kept,
  /// which only its own organisation may ask for: `{…, computed, matches}`. Nothing of the body is
  /// answered or kept.
  public Value.Struct check(Caller caller, String proposalId, Value.Struct json) {
    var receipt = find(caller, proposalId);
    var input = new Fields("a receipt's proof", json);
    var nonce = input.text("nonce", 200);
    var body = input.findStruct("body").orElseGet(() -> kept(caller, proposalId));
    input.done();
    var computed = seal(nonce, body);
    var members = new LinkedHashMap<>(receipt.members());
    members.put("computed", Value.of(computed));
    members.put("matches", Value.of(Value.of(computed).equals(members.get("receipt"))));
    return new Value.Struct(members);
  }

  private Value.Struct kept(Caller caller, String proposalId) {
    var proposal = engine.dossiers().get(caller.address(), Kind.PROPOSAL, proposalId);
    if (!engine.standing(caller).belongsToAny(proposal.texts("organisation")))
      throw new Refusal.Forbidden(
          "send the body too; only the organisation of " + proposalId + " may leave it out");
    return new Value.Struct(ProposalDesk.body(proposal));
  }

  static String seal(String nonce, Value.Struct body) {
    return Canonical.hash(nonce + "\n" + Canonical.text(body));
  }
}
