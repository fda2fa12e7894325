package mimo.agent.goal;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells by its name whether a file is a test, or says how tests run (G9).
final class TestNames {

  private static final Set<String> TEST_FOLDERS =
      Set.of("test", "tests", "__tests__", "spec", "specs", "testdata", "__snapshots__");

  private static final Pattern TEST =
      Pattern.compile(
          "test_.*\\.py|.*_test\\.(py|go|rb|exs?|dart|c|cc|cpp)|.*[.-](test|spec|cy)\\.[cm]?[jt]sx?"
              + "|.*_spec\\.rb|.*\\.snap|.*\\.bats");

  /// Where only capitals tell a test from an Audit, an Edit or the Latest.
  private static final Pattern CAPITAL_TEST =
      Pattern.compile(
          "(Test[A-Z0-9].*|.*(Tests?|TestCase)|.*[a-z0-9]IT)"
              + "\\.(java|kt|kts|scala|groovy|cs|swift|php)"
              + "|.*Spec\\.(kt|kts|scala|groovy|swift|php)");

  /// Below here is what is tested, whatever it is called.
  private static final Pattern TESTED =
      Pattern.compile("(.*/)?src/main/(java|kotlin|scala|groovy|resources)/.*");

  private static final Set<String> CONFIGURATION =
      Set.of(
          "conftest.py",
          "sitecustomize.py",
          "usercustomize.py",
          "pytest.ini",
          ".pytest.ini",
          "tox.ini",
          "noxfile.py",
          ".coveragerc",
          "phpunit.xml",
          "phpunit.xml.dist",
          ".rspec",
          ".babelrc",
          "babel.config.js",
          "jvm.config",
          "maven.config",
          "karma.conf.js");

  /// They say how tests run, and much besides: what the work depends on, and how it is built.
  private static final Set<String> BUILD =
      Set.of(
          "setup.cfg",
          "pyproject.toml",
          "package.json",
          "pom.xml",
          "build.gradle",
          "build.gradle.kts",
          "settings.gradle",
          "settings.gradle.kts",
          "gradle.properties",
          "build.sbt",
          "makefile",
          "gnumakefile",
          "justfile",
          "rakefile",
          "cmakelists.txt",
          "cargo.toml",
          "go.mod",
          "deno.json",
          "bunfig.toml",
          "taskfile.yml");

  private static final Pattern CONFIGURATION_PATTERN =
      Pattern.compile(
          "(jest|vitest|vite|playwright|cypress|ava|webdriver|wdio)([.-].*)?\\.config\\.[a-z]+"
              + "|\\.mocharc(\\..*)?|\\.nycrc(\\..*)?|jest\\.setup\\..*|vitest\\.setup\\..*"
              + "|junit-platform\\.properties|.*\\.runsettings");

  /// What others put there.
  private static final Set<String> OTHERS =
      Set.of(
          "node_modules",
          ".venv",
          "venv",
          "__pycache__",
          ".gradle",
          ".tox",
          ".nox",
          ".mypy_cache",
          ".pytest_cache");

  /// What others put there to run tests with.
  private static final Pattern RUNNER =
      Pattern.compile("(.*/)?(node_modules/\\.bin|\\.?venv/bin)/[^/]*");

  /// Where building puts what it makes, unless people keep something there.
  private static final Set<String> MADE =
      Set.of("target", "build", "dist", "out", "vendor", "coverage");

  private TestNames() {}

  /// What a file is.
  enum Kind {
    TEST,
    CONFIGURATION,
    /// What runs tests; installing adds some.
    RUNNER
  }

  /// @param path below the workspace
  static Optional<Kind> of(String path) {
    var folders = folders(path);
    var at = folders.stream().filter(OTHERS::contains).findFirst();
    if (at.isPresent()) {
      boolean first = Collections.frequency(folders, at.get()) == 1;
      return first && RUNNER.matcher(path).matches() ? Optional.of(Kind.RUNNER) : Optional.empty();
    }
    var name = path.substring(path.lastIndexOf('/') + 1);
    var lower = name.toLowerCase(Locale.ROOT);
    if (isBuild(path)
        || CONFIGURATION.contains(lower)
        || CONFIGURATION_PATTERN.matcher(lower).matches()) {
      return Optional.of(Kind.CONFIGURATION);
    }
    boolean test =
        TEST.matcher(lower).matches()
            || (!TESTED.matcher(path).matches()
                && (CAPITAL_TEST.matcher(name).matches()
                    || folders.stream().anyMatch(TEST_FOLDERS::contains)));
    return test ? Optional.of(Kind.TEST) : Optional.empty();
  }

  /// Whether a file says how the work is built, and among other things how its tests run.
  static boolean isBuild(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return BUILD.contains(name) || name.endsWith(".csproj");
  }

  /// Whether a file lies where building puts things, and not among tests.
  static boolean isPerhapsMade(String path) {
    for (var folder : folders(path)) {
      if (TEST_FOLDERS.contains(folder)) {
        return false;
      }
      if (MADE.contains(folder)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> folders(String path) {
    var parts = List.of(path.toLowerCase(Locale.ROOT).split("/", -1));
    return parts.subList(0, parts.size() - 1);
  }
}
