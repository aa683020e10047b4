package plaza.programme.publication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import plaza.graph.Value;

/// What a release may say: the objects of OCDS 1.1.5
/// (https://standard.open-contracting.org/1.1/en/schema/reference/) and of the profile for
/// public-private partnerships
/// (https://standard.open-contracting.org/profiles/ppp/latest/en/reference/schema/), written down
/// from their reference tables.
///
/// Of each field: its name, an asterisk when it is required, and after a colon what it holds: the
/// name of an object, `[]` for a list of them, or one of `text date number flag uri list`, or the
/// codes of a closed list between bars. Without a colon it is a text.
public final class OcdsFields {
  private static final String OBJECTS =
      """
      Package uri*:uri version* extensions:list publishedDate*:date publisher*:Publisher license:uri publicationPolicy:uri releases*:Release[] links:Links
      RecordPackage uri*:uri version* extensions:list publishedDate*:date publisher*:Publisher license:uri publicationPolicy:uri records*:Record[] links:Links
      Links next:uri
      Publisher name* scheme uid uri:uri
      Record ocid* releases*:Release[] compiledRelease:Release
      Release ocid* id* date*:date tag*:|planning|planningUpdate|tender|tenderAmendment|tenderUpdate|tenderCancellation|award|awardUpdate|awardCancellation|contract|contractUpdate|contractAmendment|implementation|implementationUpdate|contractTermination|compiled| initiationType*:|tender| parties:Organization[] buyer:Reference planning:Planning tender:Tender bids:Bids awards:Award[] contracts:Contract[] language relatedProcesses:RelatedProcess[]
      Organization id* name identifier:Identifier additionalIdentifiers:Identifier[] address:Address roles:list
      Identifier scheme id legalName uri:uri
      Address streetAddress locality region postalCode countryName
      Reference id* name
      Planning rationale budget:Budget documents:Document[] milestones:Milestone[]
      Budget id description amount:Amount
      Amount amount*:number currency*
      Document id* documentType title description url:uri datePublished:date dateModified:date format language
      Milestone id* title type description code dueDate:date dateMet:date dateModified:date status:|scheduled|met|notMet|partiallyMet|
      Tender id* title description status:|planning|planned|active|cancelled|unsuccessful|complete|withdrawn| procuringEntity:Reference value:Amount procurementMethod:|open|selective|limited|direct| procurementMethodDetails procurementMethodRationale mainProcurementCategory:|goods|works|services| awardCriteria awardCriteriaDetails submissionMethod:list submissionMethodDetails eligibilityCriteria tenderPeriod:Period numberOfTenderers:number tenderers:Reference[] documents:Document[] amendments:Amendment[] targets:Metric[]
      Period startDate:date endDate:date maxExtentDate:date durationInDays:number
      Amendment id date:date rationale description amendsReleaseID releaseID
      Bids statistics:Statistic[] details:Bid[]
      Statistic id* measure* value*:number
      Bid id* status:|invited|pending|valid|disqualified|withdrawn| tenderers:Reference[]
      Award id* title description status:|pending|active|cancelled|unsuccessful| date:date value:Amount suppliers:Reference[] contractPeriod:Period relatedBid amendments:Amendment[]
      Contract id* awardID* title description status:|pending|active|cancelled|terminated| period:Period value:Amount dateSigned:date documents:Document[] milestones:Milestone[] amendments:Amendment[] implementation:Implementation finance:Finance[] financeSummary:FinanceSummary agreedMetrics:Metric[]
      Implementation transactions:Transaction[] milestones:Milestone[] documents:Document[] metrics:Metric[]
      Transaction id* source:uri date:date value:Amount payer:Reference payee:Reference
      Finance id* title description financingParty:Reference assetClass:|debt|equity| type:|bond|loan|hybrid|shares.listed|shares.unlisted|grant|guarantee| value:Amount
      FinanceSummary debtEquityRatio:number debtEquityRatioDetails shareCapital:Amount shareCapitalDetails subsidyRatio:number subsidyRatioDetails
      Metric id* title description observations:Observation[]
      Observation id* period:Period measure unit:Unit notes
      Unit name
      RelatedProcess id* relationship:list title scheme identifier uri:uri
      """;

  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  private static final Map<String, Map<String, Field>> KNOWN = known();

  private record Field(boolean required, String holds) {}

  private OcdsFields() {}

  private static Map<String, Map<String, Field>> known() {
    var known = new HashMap<String, Map<String, Field>>();
    OBJECTS
        .lines()
        .forEach(line -> {
          var words = line.split(" ");
          var fields = new HashMap<String, Field>();
          for (var word : List.of(words).subList(1, words.length)) {
            var parts = word.split(":", 2);
            fields.put(
                parts[0].replace("*", ""),
                new Field(parts[0].endsWith("*"), parts.length == 1 ? "text" : parts[1]));
          }
          known.put(words[0], fields);
        });
    return known;
  }

  /// One sentence per fault; empty when all is as the standard says.
  public static List<String> faults(String object, Value value) {
    var faults = new ArrayList<String>();
    check(object, value, object, faults);
    return faults;
  }

  private static void check(String holds, Value value, String at, List<String> faults) {
    if (holds.endsWith("[]")) {
      if (!(value instanceof Value.Items(var items))) faults.add(at + " is no list");
      else {
        var ids = new java.util.HashSet<Value>();
        for (int i = 0; i < items.size(); i++) {
          check(holds.substring(0, holds.length() - 2), items.get(i), at + "/" + i, faults);
          if (items.get(i) instanceof Value.Struct(var members)
              && members.containsKey("id")
              && !ids.add(members.get("id")))
            faults.add(at + " has an id twice: " + members.get("id"));
        }
      }
      return;
    }
    var fields = KNOWN.get(holds);
    if (fields == null) plain(holds, value, at, faults);
    else if (!(value instanceof Value.Struct(var members))) faults.add(at + " is no object");
    else {
      fields.forEach((name, field) -> {
        if (field.required() && !members.containsKey(name)) faults.add(at + " lacks " + name);
      });
      members.forEach((name, member) -> {
        var field = fields.get(name);
        if (field == null) faults.add(at + " has no field " + name);
        else check(field.holds(), member, at + "/" + name, faults);
      });
    }
  }

  private static void plain(String holds, Value value, String at, List<String> faults) {
    boolean good =
        switch (holds) {
          case "number" -> value instanceof Value.Whole || value instanceof Value.Decimal;
          case "flag" -> value instanceof Value.Flag;
          case "list" -> value instanceof Value.Items(var items) && texts(items);
          case "date" -> value instanceof Value.Text(var text) && MOMENT.matcher(text).matches();
          case "uri" -> value instanceof Value.Text(var text) && text.matches("https?://\\S+");
          case "text" -> value instanceof Value.Text(var text) && !text.isBlank();
          default -> ofCodes(Set.of(holds.split("\\|")), value);
        };
    if (!good) faults.add(at + " should be " + holds + ", not " + value);
  }

  private static boolean texts(List<Value> items) {
    return !items.isEmpty() && items.stream().allMatch(Value.Text.class::isInstance);
  }

  private static boolean ofCodes(Set<String> codes, Value value) {
    return value instanceof Value.Items(var items)
        ? items.stream().allMatch(one -> ofCodes(codes, one))
        : value instanceof Value.Text(var text) && codes.contains(text);
  }
}
