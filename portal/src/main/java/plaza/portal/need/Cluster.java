package plaza.portal.need;

import plaza.portal.page.Seen;

/// A cluster a need is in, or could be put in, as the need's page names it.
public record Cluster(Seen seen) {
  public String href() {
    return "/needs/clusters/" + seen.slug();
  }

  public String people() {
    long supporters = seen.count("supporters");
    return supporters == 1 ? "1 person" : supporters + " people";
  }

  public boolean isOpen() {
    return seen.state().equals("OPEN");
  }
}
