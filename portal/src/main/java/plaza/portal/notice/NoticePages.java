package plaza.portal.notice;

import java.util.List;
import java.util.Map;
import plaza.graph.Refusal;
import plaza.graph.Value;
import plaza.portal.page.Forms;
import plaza.portal.page.Page;
import plaza.portal.page.Pages;
import plaza.portal.page.Seen;
import plaza.portal.page.Times;
import plaza.portal.record.Collection;
import plaza.portal.record.Titles;
import plaza.portal.story.Plain;
import plaza.portal.story.Visitors;
import plaza.programme.Programme;
import plaza.programme.record.Ids;
import plaza.programme.record.Kind;
import plaza.web.Exchange;
import plaza.web.Right;
import plaza.web.Routes;

/// What somebody was told, what they follow, and the two buttons that begin and end it. Works for
/// who is signed in and for the browser that holds a token.
public final class NoticePages {
  private static final int MOST = 100;
  private final Pages pages;
  private final Programme programme;
  private final Visitors visitors;
  private final Titles titles;
  private final Times times;

  public NoticePages(
      Pages pages, Programme programme, Visitors visitors, Titles titles, Times times) {
    this.pages = pages;
    this.programme = programme;
    this.visitors = visitors;
    this.titles = titles;
    this.times = times;
  }

  public Routes routes(Routes routes) {
    return routes
        .get("/notices", Right.anyone(), this::show)
        .post("/notices/follow", Right.anyone(), e -> change(e, true))
        .post("/notices/unfollow", Right.anyone(), e -> change(e, false));
  }

  /// One thing that happened to what one follows.
  ///
  /// @param href of its page; empty when it has none
  /// @param words what a department said, empty when nothing
  public record Told(String at, String title, String href, String what, String words) {}

  /// @param state in words; empty when it is not public now
  public record Followed(String subject, String title, String href, String state) {}

  private void show(Exchange exchange) {
    var caller = visitors.caller(exchange);
    boolean known = caller.personKey() != null;
    var board = programme.noticeBoard();
    var called = titles.to(caller);
    pages.show(
        exchange,
        Page.of("Notices", "What happened to what you follow.", "notices").ofProgramme(),
        "notices",
        Map.of(
            "known",
            known,
            "told",
            known
                ? board.list(caller, MOST).stream().map(view -> told(view, called)).toList()
                : List.<Told>of(),
            "followed",
            known
                ? board.following(caller).stream().map(NoticePages::followed).toList()
                : List.<Followed>of(),
            "times",
            times));
  }

  private static Told told(Value.Struct view, Titles.For called) {
    var notice = new Seen(view);
    var subject = notice.text("subject");
    return new Told(
        notice.text("at"),
        notice.findText("title").orElseGet(() -> called.of(subject)),
        Collection.href(subject).orElse(""),
        Plain.step(notice.text("kind"), notice.text("action")),
        notice.text("words"));
  }

  private static Followed followed(Value.Struct view) {
    var followed = new Seen(view);
    var subject = followed.text("subject");
    boolean open = followed.findText("state").isPresent();
    return new Followed(
        subject,
        followed.findText("title").orElse("Something that is not public now"),
        open ? Collection.href(subject).orElse("") : "",
        followed.findText("state").map(Plain::words).orElse(""));
  }

  private void change(Exchange exchange, boolean begins) {
    var form = Forms.ofOurs(exchange);
    var caller = visitors.caller(exchange);
    var subject = form.getOrDefault("subject", "");
    var kind = kind(subject);
    if (begins) programme.followers().follow(caller, kind, subject);
    else programme.followers().unfollow(caller, kind, subject);
    exchange.redirect(
        form.containsKey("stay") ? "/notices" : Collection.href(subject).orElse("/notices"));
  }

  private static Kind kind(String subject) {
    return Ids.kind(subject)
        .orElseThrow(() -> new Refusal.Invalid("subject must be the id of a record"));
  }
}
