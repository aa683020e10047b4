package plaza.ngsild.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import plaza.graph.Refusal;
import plaza.graph.query.Condition;
import plaza.graph.query.Operand;
import plaza.graph.query.Path;
import plaza.ngsild.context.Context;
import plaza.ngsild.parse.Members;

/// Reads the query language `q` of clause 4.9. And binds closer than or; parentheses may nest.
public final class QParser {
  private static final int LONGEST = 20_000;
  private static final int DEEPEST = 20;
  private static final String ENDS = ";|),";

  private final String text;
  private final Context context;
  private final Set<String> expandValues;
  private final int links;
  private int at;
  private int depth;

  private QParser(String text, Context context, Set<String> expandValues, int links) {
    this.text = text;
    this.context = context;
    this.expandValues = expandValues;
    this.links = links;
  }

  /// @throws Refusal.Invalid saying what stands where something else should
  public static Condition parse(String text, Context context) {
    return parse(text, context, Set.of(), 0);
  }

  /// @param expandValues names, as written, of attributes whose quoted values are vocabulary terms
  /// @param links how many links a linked-entity path may follow (clause 5.7.2.4)
  public static Condition parse(String text, Context context, Set<String> expandValues, int links) {
    if (text.length() > LONGEST)
      throw new Refusal.Invalid("q may have at most " + LONGEST + " characters");
    var parser = new QParser(text, context, expandValues, links);
    var condition = parser.or();
    if (parser.at < text.length()) throw parser.wrong("the end");
    return condition;
  }

  private Condition or() {
    if (++depth > DEEPEST)
      throw new Refusal.Invalid("q nests parentheses more than " + DEEPEST + " deep");
    var parts = new ArrayList<Condition>();
    do parts.add(and());
    while (accept('|'));
    depth--;
    return parts.size() == 1 ? parts.getFirst() : new Condition.Or(parts);
  }

  private Condition and() {
    var parts = new ArrayList<Condition>();
    do parts.add(term());
    while (accept(';'));
    return parts.size() == 1 ? parts.getFirst() : new Condition.And(parts);
  }

  private Condition term() {
    if (accept('(')) {
      var inner = or();
      if (!accept(')')) throw wrong("')'");
      return inner;
    }
    skipBlanks();
    var relations = new ArrayList<Relation>();
    int start = at;
    var path = path();
    while (at < text.length() && text.charAt(at) == '{') {
      requireLink(relations.size() + 1);
      at++;
      relations.add(new Relation(path, types()));
      start = at;
      path = path();
    }
    var written = text.substring(start, at).strip();
    for (var _ : relations) if (!accept('}')) throw wrong("'}'");
    var condition = asked(path, written);
    for (var relation : relations.reversed())
      condition = new Condition.Linked(relation.path, relation.types, condition);
    return condition;
  }

  /// A step over a link, and the types its target must have.
  private record Relation(Path path, List<String> types) {}

  private void requireLink(int depth) {
    if (depth > links)
      throw new Refusal.Invalid(
          links == 0
              ? "q asks about linked entities, which needs their retrieval: join=flat or join=inline"
              : "q follows more links than joinLevel=" + links + " allows, in '" + text + "'");
  }

  /// `Device,Sensor:` before the path inside braces.
  private List<String> types() {
    int end = at;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || "_, ".indexOf(text.charAt(end)) >= 0))
      end++;
    if (end == text.length() || text.charAt(end) != ':' || text.startsWith("//", end + 1))
      return List.of();
    var types = new ArrayList<String>();
    for (var name : text.substring(at, end).split(",", -1))
      types.add(Members.name(name.strip(), "q: an entity type", context));
    at = end + 1;
    return types;
  }

  private Condition asked(Path path, String written) {
    var operator = operator();
    if (operator == null) return new Condition.Exists(path);
    return switch (operator) {
      case MATCHES, MATCHES_NOT -> new Condition.Test(path, operator, pattern());
      case EQUAL, UNEQUAL -> new Condition.Test(path, operator, operands(path, written));
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> {
        var operand = operand(false);
        if (operand instanceof Operand.Term
            || operand instanceof Operand.Between
            || operand instanceof Operand.Exactly(plaza.graph.Value.Flag _))
          throw new Refusal.Invalid(
              "q: only numbers, quoted texts and dates can be greater or less, in '" + text + "'");
        yield new Condition.Test(path, operator, operand);
      }
    };
  }

  private Path path() {
    int start = at;
    while (at < text.length() && "=!<>~;|()[{},\"".indexOf(text.charAt(at)) < 0) at++;
    var names = text.substring(start, at).strip();
    if (names.isEmpty()) throw wrong("the name of an attribute");
    var trail = new ArrayList<String>();
    while (accept('[')) {
      int close = text.indexOf(']', at);
      if (close < 0) throw new Refusal.Invalid("q opens '[' and never closes it: '" + text + "'");
      for (var name : text.substring(at, close).split("\\.", -1)) {
        if (name.isBlank()) throw wrong("a name between the brackets");
        trail.add(name.strip());
      }
      at = close + 1;
    }
    return Paths.path(names, trail, context);
  }

  private Condition.@Nullable Operator operator() {
    if (accept("==")) return Condition.Operator.EQUAL;
    if (accept("!=")) return Condition.Operator.UNEQUAL;
    if (accept("!~=")) return Condition.Operator.MATCHES_NOT;
    if (accept("~=")) return Condition.Operator.MATCHES;
    if (accept(">=")) return Condition.Operator.GREATER_OR_EQUAL;
    if (accept("<=")) return Condition.Operator.LESS_OR_EQUAL;
    if (accept(">")) return Condition.Operator.GREATER;
    if (accept("<")) return Condition.Operator.LESS;
    if (at == text.length() || ";|)".indexOf(text.charAt(at)) >= 0) return null;
    throw wrong("an operator such as == or >=");
  }

  private List<Operand> operands(Path path, String written) {
    boolean expand = expandValues.contains(written) || expandValues.contains(path.attribute());
    var operands = new ArrayList<Operand>();
    do operands.add(operand(expand));
    while (accept(','));
    if (operands.size() > 1 && operands.stream().anyMatch(Operand.Between.class::isInstance))
      throw new Refusal.Invalid("q mixes a range with a list in '" + text + "'");
    return operands;
  }

  private Operand operand(boolean expand) {
    var low = single(expand);
    if (!accept("..")) return low;
    return new Operand.Between(low, single(expand));
  }

  private Operand single(boolean expand) {
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '"') {
      var quoted = quoted(false);
      return expand
          ? new Operand.Term(quoted, context.expand(quoted))
          : new Operand.Exactly(plaza.graph.Value.of(quoted));
    }
    int start = at;
    while (at < text.length() && ENDS.indexOf(text.charAt(at)) < 0 && !text.startsWith("..", at))
      at++;
    var word = text.substring(start, at).strip();
    if (word.isEmpty()) throw wrong("a value");
    return Literals.operand(word, context);
  }

  private Operand pattern() {
    skipBlanks();
    String pattern;
    if (at < text.length() && text.charAt(at) == '"') pattern = quoted(true);
    else {
      int start = at;
      int open = 0;
      boolean inClass = false;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\\') at++;
        else if (c == '[') inClass = true;
        else if (c == ']') inClass = false;
        else if (!inClass && c == '(') open++;
        else if (!inClass && c == ')' && open-- == 0) break;
        else if (!inClass && open == 0 && (c == ';' || c == '|')) break;
        at++;
      }
      at = Math.min(at, text.length());
      pattern = text.substring(start, at);
    }
    return new Operand.Regex(Patterns.compile(pattern, "q"));
  }

  /// @param raw whether backslashes stay, as in patterns
  private String quoted(boolean raw) {
    var quoted = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') return quoted.toString();
      if (c != '\\' || at == text.length()) {
        quoted.append(c);
        continue;
      }
      char next = text.charAt(at++);
      if (raw) {
        if (next != '"') quoted.append('\\');
        quoted.append(next);
      } else at = Literals.unescape(text, at, next, quoted);
    }
    throw new Refusal.Invalid("q opens a quote and never closes it: '" + text + "'");
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') at++;
  }

  private boolean accept(char c) {
    skipBlanks();
    if (at >= text.length() || text.charAt(at) != c) return false;
    at++;
    return true;
  }

  private boolean accept(String token) {
    skipBlanks();
    if (!text.startsWith(token, at)) return false;
    at += token.length();
    return true;
  }

  private Refusal wrong(String wanted) {
    return new Refusal.Invalid(
        "q should have "
            + wanted
            + (at >= text.length() ? " at its end" : " before '" + text.substring(at) + "'")
            + ", in '"
            + text
            + "'");
  }
}
