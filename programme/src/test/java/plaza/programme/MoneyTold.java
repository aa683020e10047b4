package plaza.programme;

import static plaza.programme.ProgrammeCity.DEPARTMENT;
import static plaza.programme.ProgrammeCity.OTHER_TEAM;
import static plaza.programme.ProgrammeCity.struct;

import java.time.Duration;
import java.util.List;
import plaza.programme.procedure.Caller;
import plaza.programme.procedure.Standing;
import plaza.programme.record.Dossier;
import plaza.programme.record.Kind;

/// How a pilot and a service of an [AccountableCity] are paid for.
final class MoneyTold {
  private final AccountableCity told;

  MoneyTold(AccountableCity told) {
    this.told = told;
  }

  Dossier funded(Dossier pilot) {
    var round =
        told.city.all(Kind.FUNDING_ROUND).stream()
            .filter(one -> one.texts("pilot").contains(pilot.id()))
            .findFirst()
            .orElseThrow();
    told.city
        .programme
        .uptake()
        .rounds()
        .amend(
            told.finance,
            round.id(),
            struct(
                """
                {'currency': 'TWD', 'target': '900000', 'minimum': '120000.30',
                 'publicCap': '0.6', 'deadline': '%s',
                 'terms': {'title': 'Terms', 'url': 'https://plaza.example/terms.pdf'},
                 'conditionsPrecedent': ['A permit']}
                """
                    .formatted(told.city.now.plus(Duration.ofDays(20)))),
            null);
    told.city.move(told.finance, told.get(round), "open", "{}");
    commit(told.finance, round, DEPARTMENT, "grant", "40000.10", "");
    commit(
        told.banker,
        round,
        AccountableCity.BANK,
        "loan",
        "80000.20",
        ", 'conditions': ['Sealed condition']");
    commit(told.banker, round, AccountableCity.BANK, "guarantee", "5000", ", 'inKind': true");
    told.city.pass(Duration.ofDays(1));
    told.city.move(told.finance, told.get(round), "commercialClose", "{}");
    told.city
        .programme
        .uptake()
        .rounds()
        .meetCondition(
            told.finance, round.id(), struct("{'condition': 1, 'evidence': 'Permit 7'}"));
    var loan =
        told.city.all(Kind.COMMITMENT).stream().filter(one -> one.has("conditions")).findFirst();
    told.city
        .programme
        .uptake()
        .rounds()
        .meetCondition(
            told.finance,
            round.id(),
            struct(
                "{'commitment': '%s', 'evidence': 'Sealed evidence'}"
                    .formatted(loan.orElseThrow().id())));
    told.city.pass(Duration.ofDays(1));
    told.city.move(
        told.finance,
        told.get(round),
        "financialClose",
        """
        {'documents': [{'title': 'Agreement', 'url': 'https://plaza.example/agreement.pdf',
                        'sha256': '%s', 'signedAt': '2026-07-20T00:00:00Z'}]}
        """
            .formatted("a".repeat(64)));
    var grant =
        told.city.all(Kind.COMMITMENT).stream().filter(one -> one.flag("publicParty")).findFirst();
    for (var amount : List.of("30000.05", "10000.05")) {
      told.city.pass(Duration.ofDays(1));
      told.city.move(
          told.finance,
          told.get(round),
          "disburse",
          "{'commitment': '%s', 'amount': '%s', 'reference': 'Sealed reference'}"
              .formatted(grant.orElseThrow().id(), amount));
    }
    return told.get(round);
  }

  private void commit(
      Caller by, Dossier round, String party, String type, String amount, String more) {
    told.city.move(
        by,
        told.get(round),
        "commit",
        """
        {'organisation': '%s', 'financeType': '%s', 'amount': '%s',
         'relatedPartyDeclared': false%s}
        """
            .formatted(party, type, amount, more));
  }

  /// A service that no pilot came before, and the money behind it.
  void fundedService() {
    told.city.people.give(told.pmo.id(), "serviceOwner", Standing.CITY);
    var service =
        told.city
            .programme
            .uptake()
            .services()
            .draft(
                told.pmo,
                struct(
                    """
                    {'title': 'Night buses ahead', 'slug': 'buses', 'department': '%s',
                     'withoutPilot': 'It ran for years before there was a programme of any kind.',
                     'noDataNeeded': 'It needs none.', 'supportContact': 'zzhelp@example.org',
                     'usageMeter': true, 'licence': 'CC-BY-4.0', 'operator': '%s',
                     'accessibility': {'standard': 'WCAG 2.2', 'level': 'AA',
                                       'url': 'https://plaza.example/a11y'},
                     'renewalDate': '2030-07-01T00:00:00Z'}
                    """
                        .formatted(DEPARTMENT, OTHER_TEAM)))
            .record();
    told.city.move(told.pmo, service, "launch", "{}");
    var round =
        told.city
            .programme
            .uptake()
            .rounds()
            .plan(
                told.finance,
                struct(
                    """
                    {'title': 'More night buses', 'service': '%s', 'currency': 'EUR',
                     'target': '99999999999999', 'minimum': '10', 'publicCap': '1', 'deadline': '%s',
                     'terms': {'title': 'Terms', 'url': 'https://plaza.example/terms.pdf'}}
                    """
                        .formatted(service.id(), told.city.now.plus(Duration.ofDays(20)))))
            .record();
    told.city.move(told.finance, told.get(round), "open", "{}");
    commit(told.finance, round, DEPARTMENT, "grant", "0.10", "");
    commit(told.finance, round, DEPARTMENT, "loan", "300000000", "");
    commit(told.banker, round, AccountableCity.BANK, "equity", "12345678901234.20", "");
    told.city.move(told.finance, told.get(round), "commercialClose", "{}");
  }
}
