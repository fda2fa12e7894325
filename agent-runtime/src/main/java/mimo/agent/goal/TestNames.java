package mimo.agent.goal;

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
              + "|.*(test|tests|it|spec)\\.(java|kt|kts|scala|groovy|cs|swift|php)|.*_spec\\.rb"
              + "|.*\\.snap|.*\\.bats");

  private static final Set<String> CONFIGURATION =
      Set.of(
          "conftest.py",
          "sitecustomize.py",
          "usercustomize.py",
          "pytest.ini",
          ".pytest.ini",
          "tox.ini",
          "noxfile.py",
          "setup.cfg",
          "pyproject.toml",
          ".coveragerc",
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
          "phpunit.xml",
          "phpunit.xml.dist",
          ".rspec",
          ".babelrc",
          "babel.config.js",
          "jvm.config",
          "maven.config",
          "karma.conf.js",
          "taskfile.yml");

  private static final Pattern CONFIGURATION_PATTERN =
      Pattern.compile(
          "(jest|vitest|vite|playwright|cypress|ava|webdriver|wdio)([.-].*)?\\.config\\.[a-z]+"
              + "|\\.mocharc(\\..*)?|\\.nycrc(\\..*)?|jest\\.setup\\..*|vitest\\.setup\\..*"
              + "|junit-platform\\.properties|.*\\.runsettings|.*\\.csproj");

  /// What others put there, and what building makes.
  private static final Set<String> PASSED_OVER =
      Set.of(
          "node_modules",
          "target",
          "build",
          "dist",
          "out",
          ".venv",
          "venv",
          "__pycache__",
          ".gradle",
          ".tox",
          ".nox",
          "vendor",
          ".mypy_cache",
          ".pytest_cache",
          "coverage");

  private TestNames() {}

  /// What a file is.
  enum Kind {
    TEST,
    CONFIGURATION
  }

  /// @param path below the workspace
  static Optional<Kind> of(String path) {
    var parts = List.of(path.toLowerCase(Locale.ROOT).split("/", -1));
    var folders = parts.subList(0, parts.size() - 1);
    if (folders.stream().anyMatch(PASSED_OVER::contains)) {
      return Optional.empty();
    }
    var name = parts.getLast();
    if (CONFIGURATION.contains(name) || CONFIGURATION_PATTERN.matcher(name).matches()) {
      return Optional.of(Kind.CONFIGURATION);
    }
    boolean test =
        folders.stream().anyMatch(TEST_FOLDERS::contains) || TEST.matcher(name).matches();
    return test ? Optional.of(Kind.TEST) : Optional.empty();
  }
}
