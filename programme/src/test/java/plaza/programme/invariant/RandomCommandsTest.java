package plaza.programme.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import plaza.programme.procedure.Procedures;

/// The invariants of the programme, over thousands of random commands on whole small cities whose
/// power fails at any write.
///
/// A run is named by its seed. `-Dplaza.invariants.seed=7` runs that one alone,
/// `-Dplaza.invariants.runs=100` and `-Dplaza.invariants.commands=1000` run more and longer ones.
class RandomCommandsTest {
  private static final int RUNS = Integer.getInteger("plaza.invariants.runs", 16);
  private static final int COMMANDS = Integer.getInteger("plaza.invariants.commands", 350);

  /// Of all steps that people, Plaza or time can take, most must have been taken somewhere: else
  /// nothing was tried.
  private static final double TRIED = 0.65;

  /// Kept, so that they are not forgotten: the power is cut on purpose and need not be reported.
  private static final List<Logger> QUIET = new ArrayList<>();

  private static final List<Run.Result> RESULTS = new ArrayList<>();

  @BeforeAll
  static void askThousandsOfTimes() {
    for (var name : List.of("plaza.ledger.Ledger", "plaza.ledger.Feed", "plaza.programme")) {
      QUIET.add(Logger.getLogger(name));
      QUIET.getLast().setLevel(Level.OFF);
    }
    var seed = Long.getLong("plaza.invariants.seed");
    var seeds = seed != null ? LongStream.of(seed) : LongStream.rangeClosed(1, RUNS);
    seeds.forEach(one -> RESULTS.add(new Run(one).ask(COMMANDS)));
  }

  @AfterAll
  static void reportAgain() {
    QUIET.forEach(one -> one.setLevel(null));
    RESULTS.clear();
  }

  @Test
  void i1ASupportIsNeverMovedCopiedOrCountedTwice() {
    holds("I1");
  }

  @Test
  void i2NobodyReadsABodyBeforeTheCallClosesAndItsReceiptProvesIt() {
    holds("I2");
  }

  @Test
  void i3TheRubricIsFrozenFromScheduledOn() {
    holds("I3");
  }

  @Test
  void i4NobodyScoresOrVotesOnWhomTheyHaveATieTo() {
    holds("I4");
  }

  @Test
  void i5WhoApprovesDidNotPropose() {
    holds("I5");
  }

  @Test
  void i6NoGrantOrKeyWorksWithoutItsGroundOrPastItsEnd() {
    holds("I6");
  }

  @Test
  void i7NoPlaceIsOverbookedAtAnyInstant() {
    holds("I7");
  }

  @Test
  void i8AMeasuredIndicatorTakesNoTypedValue() {
    holds("I8");
  }

  @Test
  void i9WhatEndedHasALessonAndAnEvaluationWithinThirtyDays() {
    holds("I9");
  }

  @Test
  void i10NoRoundPaysMoreThanWasCommitted() {
    holds("I10");
  }

  @Test
  void i11EveryFollowerIsToldOfEveryStateOnce() {
    holds("I11");
  }

  @Test
  void i12TheEvidenceOfAGateRecomputes() {
    holds("I12");
  }

  @Test
  void i13NoPilotRunsUnderAnExemptionThatIsNotInForce() {
    holds("I13");
  }

  @Test
  void i14WhatIsPublicTellsNobodyApart() {
    holds("I14");
  }

  @Test
  void i15ANovatedPilotKeepsItsOcidAndGetsAnAmendment() {
    holds("I15");
  }

  @Test
  void everyEffectOfAProcedureHappensWithItsStep() {
    holds("effects");
  }

  @Test
  void timeTakesEachStepOnceAndNothingMovesWithoutALink() {
    holds("clock");
  }

  /// Beside the invariants: nothing crashes, the clock comes to an end, the audit chain and every
  /// frozen baseline recompute.
  @Test
  void theCityStaysWhole() {
    var faults = new ArrayList<String>();
    int asked = 0;
    int crashes = 0;
    for (var result : RESULTS) {
      for (var fault : result.faults()) if (fault.of().equals("city")) faults.add(fault.story());
      asked += result.asked();
      crashes += result.crashes();
    }
    assertThat(faults).isEmpty();
    assertThat(crashes).as("of %d commands some lost power", asked).isPositive();
  }

  @Test
  void mostStepsOfMostProceduresWereTaken() {
    if (RESULTS.size() < 10) return; // one run is for looking at one seed
    var all = new TreeSet<String>();
    for (var procedure : Procedures.load().all())
      for (var step : procedure.steps()) all.add(procedure.name() + " " + step.action());
    var left = new TreeSet<>(all);
    for (var result : RESULTS) left.removeAll(result.steps());

    assertThat((double) left.size() / all.size()).as("never taken: %s", left).isLessThan(1 - TRIED);
  }

  private static void holds(String name) {
    var faults = new ArrayList<String>();
    long looks = 0;
    for (var result : RESULTS) {
      for (var fault : result.faults()) if (fault.of().equals(name)) faults.add(fault.story());
      for (var one : result.invariants()) if (one.name().equals(name)) looks += one.looks();
    }
    assertThat(faults).isEmpty();
    if (RESULTS.size() > 1) assertThat(looks).as("there was something to look at").isPositive();
  }
}
