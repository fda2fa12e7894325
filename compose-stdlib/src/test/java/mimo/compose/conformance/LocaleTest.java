package mimo.compose.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;
import mimo.compose.testing.Player;
import mimo.sandbox.InlineSandbox;
import mimo.sandbox.SandboxLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What scripts write does not depend on the machine they run on (L35, C27). A worker gets an empty
/// environment; here the script shares a process that speaks another language.
final class LocaleTest {

  private static final Path CASES =
      Path.of(System.getProperty("basedir", ""), "src/test/resources", "conformance");

  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();

  @AfterEach
  void comesHome() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  @ParameterizedTest
  @CsvSource({
    "de-DE, Europe/Berlin",
    "tr-TR, Europe/Istanbul",
    "ar-EG-u-nu-arab, Africa/Cairo",
    "hi-IN-u-nu-deva, Asia/Kolkata",
    "th-TH-u-ca-buddhist, Asia/Bangkok"
  })
  void aScriptWritesNumbersAndDatesAlikeUnderFiveLocales(String language, String place)
      throws InterruptedException {
    var script =
        CaseFile.all(CASES).stream()
            .filter(each -> each.id().equals("C27"))
            .findFirst()
            .orElseThrow();
    var trial = script.trials().getFirst();
    Locale.setDefault(Locale.forLanguageTag(language));
    TimeZone.setDefault(TimeZone.getTimeZone(place));

    try (var sandbox = new InlineSandbox(SandboxLimits.defaults())) {
      var played = new Player(script.source(), script.imports(), trial).play(sandbox);

      assertEquals(trial.expected(), played);
    }
  }
}
