package mimo.agent.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import mimo.engine.CancellationToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A49. The rules are git's, so git is the judge where it is installed.
class IgnoreRulesTest {

  private static final List<String> FILES =
      List.of(
          "a.log",
          "b.txt",
          "build/out.o",
          "src/build/out.o",
          "src/a.log",
          "src/keep.log",
          "src/deep/x.tmp",
          "src/deep/keep.tmp",
          "doc/frotz/a",
          "a/doc/frotz/a",
          "foo/bar/x",
          "foo/bar/y/z",
          "#hash",
          "!bang",
          "trail ",
          "dir/f",
          "x/y/dir/f",
          "abc/1/2/f",
          "abc/f",
          "lib/a.o",
          "lib/sub/a.o",
          "[x].md",
          "x.md",
          "deep/a/b/c/target/t",
          "logs/.gitkeep");

  private static final Map<String, String> IGNORES =
      Map.of(
          "",
              """
              # comment

              *.log
              !keep.log
              /build
              doc/frotz/
              foo/*
              !foo/bar
              foo/bar/*
              !foo/bar/x
              \\#hash
              \\!bang
              trail\\ \ndir/
              abc/**
              **/target
              [[]x].md
              bad[
              logs/*
              !logs/.gitkeep
              """,
          "src", "*.tmp\n!deep/keep.tmp\n",
          "lib", "/*.o\n");

  @TempDir Path temp;

  @Test
  void agreesWithGit() throws Exception {
    write();
    assumeTrue(git("init", "-q") != null, "git is not installed");

    var listed = git("ls-files", "-z", "--others", "--exclude-standard");
    var ours = walk(TreeWalk.Leaving.IGNORED);

    var theirs = new TreeSet<>(List.of(String.valueOf(listed).split("\0", -1)));
    theirs.remove("");
    assertEquals(theirs, new TreeSet<>(ours));
  }

  @Test
  void leavesOutWhatTheFilesSay() throws Exception {
    write();

    var ours = walk(TreeWalk.Leaving.IGNORED);

    assertEquals(
        List.of(
            ".gitignore",
            "a/doc/frotz/a",
            "b.txt",
            "foo/bar/x",
            "lib/.gitignore",
            "lib/sub/a.o",
            "logs/.gitkeep",
            "src/.gitignore",
            "src/build/out.o",
            "src/deep/keep.tmp",
            "src/keep.log",
            "x.md"),
        ours);
  }

  @Test
  void seesEverythingButGitsOwnFolderIfAsked() throws Exception {
    write();
    Files.createDirectories(temp.resolve(".git"));
    Files.writeString(temp.resolve(".git/config"), "x");

    assertEquals(FILES.size() + IGNORES.size(), walk(TreeWalk.Leaving.NOTHING).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *.o     | a.o   | FILE   | true
          o/      | o     | FILE   | false
          o/      | o     | FOLDER | true
          /       | a     | FILE   | false
          a/**/b  | a/b   | FILE   | true
          a/**    | a     | FOLDER | false
          """)
  void knowsFilesFromFolders(String line, String path, Location.Kind kind, boolean ignored) {
    assertEquals(ignored, IgnoreRules.none().with("", line).ignores(path, kind));
  }

  private void write() throws IOException {
    for (var file : FILES) {
      var path = temp.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "x");
    }
    for (var ignore : IGNORES.entrySet()) {
      Files.writeString(temp.resolve(ignore.getKey()).resolve(".gitignore"), ignore.getValue());
    }
  }

  private List<String> walk(TreeWalk.Leaving leaving) throws IOException, InterruptedException {
    var guard = PathGuard.over(temp);
    var found = new ArrayList<String>();
    var walk = new TreeWalk(guard, leaving, CancellationToken.never());
    var ending =
        walk.walk(
            (Location.Inside) guard.locate("."),
            file -> {
              found.add(file.below());
              return TreeWalk.Next.GO_ON;
            });
    assertEquals(TreeWalk.Ending.DONE, ending);
    found.sort(null);
    return found;
  }

  private @org.jspecify.annotations.Nullable String git(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      var builder = new ProcessBuilder(command).directory(temp.toFile());
      builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
      builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
      var process = builder.start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? output : null;
    } catch (IOException missing) {
      return null;
    }
  }
}
