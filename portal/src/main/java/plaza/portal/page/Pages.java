package plaza.portal.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import plaza.access.Caller;
import plaza.graph.Refusal;
import plaza.web.Errors;
import plaza.web.Exchange;

/// Renders templates into answers.
public final class Pages {
  /// Scripts and styles come from here alone; MapLibre needs `blob:` for images it decodes.
  private static final String CONTENT_SECURITY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " worker-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'self';"
          + " form-action 'self'; frame-ancestors 'none'";

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Settings settings;
  private final Assets assets;

  public Pages(Settings settings, Assets assets) {
    this.settings = settings;
    this.assets = assets;
  }

  public Settings settings() {
    return settings;
  }

  /// @param model the template's parameters without its frame
  public void show(Exchange exchange, Page page, String template, Map<String, ?> model) {
    show(exchange, 200, page, template, model);
  }

  public void show(
      Exchange exchange, int status, Page page, String template, Map<String, ?> model) {
    var parameters = new HashMap<String, @Nullable Object>(model);
    parameters.put("frame", frame(page, exchange.caller(), exchange.path()));
    secure(exchange);
    exchange.html(status, render(template, parameters));
  }

  /// A part of a page, for htmx and islands.
  public void part(Exchange exchange, String template, Map<String, ?> model) {
    secure(exchange);
    exchange.html(200, render(template, new HashMap<>(model)));
  }

  private static void secure(Exchange exchange) {
    exchange
        .setHeader("Content-Security-Policy", CONTENT_SECURITY)
        .setHeader("X-Content-Type-Options", "nosniff")
        .setHeader("Referrer-Policy", "same-origin")
        .setHeader("Cache-Control", "no-store")
        .setHeader("Vary", "HX-Request");
  }

  /// Whether htmx or an island asks, which wants a part and no frame.
  public static boolean wantsPart(Exchange exchange) {
    return exchange.header("HX-Request").isPresent();
  }

  /// Refusals as pages.
  public Errors errors() {
    return refusal -> {
      int status = Errors.status(refusal);
      var page = Page.of(title(status), "", "");
      var parameters = new HashMap<String, @Nullable Object>();
      parameters.put("frame", frame(page, Caller.ANONYMOUS, "/"));
      parameters.put("status", status);
      parameters.put("sentence", String.valueOf(refusal.getMessage()));
      parameters.put(
          "unmet", refusal instanceof Refusal.Unmet unmet ? unmet.conditions() : List.of());
      var html = render("error", parameters);
      return new Errors.Answer(
          status,
          "text/html; charset=utf-8",
          html.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    };
  }

  private static String title(int status) {
    return switch (status) {
      case 401 -> "Please sign in";
      case 403 -> "That is not open to you";
      case 404 -> "Nothing here";
      case 400 -> "That did not work";
      case 409 -> "Not possible now";
      case 413 -> "Too large";
      case 429 -> "One moment, please";
      default -> "Something went wrong";
    };
  }

  private String render(String template, Map<String, @Nullable Object> parameters) {
    var out = new StringOutput(16_384);
    engine.render(template + ".jte", parameters, out);
    return out.toString();
  }

  private Frame frame(Page page, Caller caller, String path) {
    return new Frame(
        page.title(),
        page.description(),
        page.section(),
        page.invented() && settings.demo(),
        settings.city(),
        settings.zone(),
        caller.isAnonymous() ? null : caller.displayName(),
        caller.csrf(),
        path,
        assets.style(),
        assets.htmx(),
        assets.icon(),
        page.islands().stream().flatMap(name -> assets.island(name).stream()).toList(),
        settings.sources());
  }
}
