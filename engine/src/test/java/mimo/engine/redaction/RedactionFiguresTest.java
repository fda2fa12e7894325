package mimo.engine.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import mimo.engine.redaction.SecretSamples.Kind;
import org.junit.jupiter.api.Test;

/// How many secrets are found, and how much else (S66, T18), on texts made up by seed.
final class RedactionFiguresTest {

  private static final System.Logger LOG = System.getLogger(RedactionFiguresTest.class.getName());
  private static final long SEED = 20_261_122L;
  private static final int OF_EACH = 40;
  private static final int LINES = 200_000;

  private static final SecretRedactor STEPS =
      new SecretRedactor(new LiveValues(List.of()), "0a1b", Rules.PREFIX_ANCHORED);
  private static final SecretRedactor NOTES =
      new SecretRedactor(new LiveValues(List.of()), "0a1b", Rules.ALL);

  @Test
  void findsKeysThatAnnounceThemselvesWhateverStandsAroundThemS66() {
    var places =
        Stream.concat(SecretSamples.places().stream(), SecretSamples.anonymousPlaces().stream())
            .toList();

    for (var redactor : List.of(STEPS, NOTES)) {
      double recall = recall(redactor, SecretSamples.announced(), places);
      LOG.log(Level.INFO, "recall of announced keys: {0}", recall);
      assertTrue(recall >= 0.99, "seed " + SEED + ": recall " + recall);
    }
  }

  @Test
  void findsSecretsThatOnlyTheirNamesGiveAwayWhereTextIsKeptS66() {
    double recall = recall(NOTES, SecretSamples.named(), SecretSamples.places());

    LOG.log(Level.INFO, "recall of named secrets: {0}", recall);
    assertTrue(recall >= 0.95, "seed " + SEED + ": recall " + recall);
  }

  /// A sample counts as found if nothing of it that would do is left.
  private static double recall(SecretRedactor redactor, List<Kind> kinds, List<String> places) {
    var random = new Random(SEED);
    var missed = new TreeMap<String, Integer>();
    int samples = 0;
    for (var kind : kinds) {
      for (var place : places) {
        for (int i = 0; i < OF_EACH; i++) {
          var secret = kind.make().apply(random);
          var text = String.format(place, kind.name(), secret);
          samples++;
          if (holds(redactor.clean(text), secret)) {
            missed.merge(kind.name() + " in " + place, 1, Integer::sum);
          }
        }
      }
    }
    LOG.log(Level.INFO, "missed of {0}: {1}", samples, missed);
    return 1 - missed.values().stream().mapToInt(n -> n).sum() / (double) samples;
  }

  private static boolean holds(String clean, String secret) {
    return clean.contains(secret.substring(secret.length() * 2 / 3));
  }

  @Test
  void hitsAtMostOneOrdinaryLineInTenThousandS66() {
    for (var redactor : List.of(STEPS, NOTES)) {
      var random = new Random(SEED);
      var hits = new ArrayList<String>();
      for (int i = 0; i < LINES; i++) {
        var line = OrdinaryLines.next(random);
        if (!redactor.clean(line).equals(line)) {
          hits.add(line);
        }
      }
      LOG.log(Level.INFO, "{0} of {1} ordinary lines hit", hits.size(), LINES);
      assertTrue(
          hits.size() <= LINES / 10_000,
          "seed " + SEED + ": " + hits.size() + ", first " + hits.stream().limit(10).toList());
    }
  }

  @Test
  void isRightInNineHitsOfTenAmongMuchThatLooksAlikeS66() {
    var random = new Random(SEED);
    int right = 0;
    int wrong = 0;
    var kinds =
        Stream.concat(SecretSamples.announced().stream(), SecretSamples.named().stream()).toList();
    for (int i = 0; i < LINES; i++) {
      boolean secret = random.nextInt(200) == 0;
      var kind = kinds.get(random.nextInt(kinds.size()));
      var line =
          secret
              ? String.format(
                  SecretSamples.places().get(random.nextInt(8)),
                  kind.name(),
                  kind.make().apply(random))
              : OrdinaryLines.next(random);
      boolean hit = !NOTES.clean(line).equals(line);
      right += hit && secret ? 1 : 0;
      wrong += hit && !secret ? 1 : 0;
    }
    double precision = right / (double) (right + wrong);
    LOG.log(Level.INFO, "precision {0} of {1} hits", precision, right + wrong);
    assertTrue(precision >= 0.90, "seed " + SEED + ": precision " + precision);
  }

  @Test
  void keepsLinesAndCleansNoTextTwice() {
    var random = new Random(SEED);
    var text = new StringBuilder();
    for (var kind : SecretSamples.announced()) {
      text.append(String.format("%s: %s%n", kind.name(), kind.make().apply(random)));
      text.append(OrdinaryLines.next(random)).append('\n');
    }

    var once = NOTES.clean(text.toString());

    assertEquals(text.toString().lines().count(), once.lines().count());
    assertEquals(once, NOTES.clean(once));
    assertEquals(once, STEPS.clean(once));
  }

  @Test
  void findsASecretByTheNameOfItsJsonMember() {
    var random = new Random(SEED);
    var json =
        "{\"a\":[{\"client_secret\":\"%s\"}],\"note\":\"a\\nb\"}"
            .formatted(SecretSamples.named().get(3).make().apply(random));

    var clean = NOTES.cleanJson(json);

    assertTrue(
        clean.matches(
            "\\{\"a\":\\[\\{\"client_secret\":\"\\[REDACTED:named-secret:[0-9a-f]{4}]\"}],"
                + "\"note\":\"a\\\\nb\"}"),
        clean);
    assertEquals(json, STEPS.cleanJson(json));
  }

  /// A search that costs the square of the length would not come to an end here. What it costs is
  /// measured by [BenchmarkRedaction].
  @Test
  void comesToAnEndOnTextMadeToBeSlowS66() {
    for (var redactor : List.of(STEPS, NOTES)) {
      for (var piece : BenchmarkRedaction.hostile()) {
        var clean = redactor.clean(piece.repeat(1024 * 1024 / piece.length()));

        assertEquals(clean, redactor.clean(clean), piece);
      }
    }
  }

  @Test
  void leavesAGuessAloneInWhatAWorkflowReadsD11() {
    var random = new Random(SEED);
    for (var kind : SecretSamples.named()) {
      var text = String.format("{\"%s\":\"%s\"}", kind.name(), kind.make().apply(random));

      assertEquals(text, STEPS.clean(text));
      assertFalse(NOTES.clean(text).equals(text), text);
    }
  }
}
