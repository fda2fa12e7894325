package mimo.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mimo.engine.EngineException.StoreFailure;
import mimo.engine.journal.sqlite.StoreCheckup;
import mimo.engine.journal.sqlite.StoreCheckup.Pages;

/// The folder that holds runs, and the store in it. Nothing is created.
public record StoreCheck(Path folder) implements Check {

  private static final long LITTLE_SPACE = 256L * 1024 * 1024;
  private static final long MIB = 1024L * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public String area() {
    return "store";
  }

  @Override
  public List<Finding> look() throws IOException {
    var findings = new ArrayList<Finding>();
    findings.add(permissions());
    try {
      var checkup = StoreCheckup.of(folder, PATIENCE);
      findings.add(place(checkup));
      findings.add(checkup.database().map(this::database).orElseGet(this::none));
    } catch (StoreFailure failure) {
      findings.add(
          Finding.fail(
              area(),
              String.valueOf(failure.getMessage()),
              "see " + failure.code() + " in the errors' reference."));
    }
    return findings;
  }

  private Finding permissions() throws IOException {
    if (!Files.exists(folder)) {
      return Finding.ok(area(), folder + " will be created, for you alone");
    }
    if (!Files.isDirectory(folder)) {
      return Finding.fail(area(), folder + " is no folder", "move that file away.");
    }
    if (!Files.isWritable(folder)) {
      return Finding.fail(area(), folder + " cannot be written", "make it writable for you.");
    }
    var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    return permissions.endsWith("------")
        ? Finding.ok(area(), folder + " is yours alone (" + permissions + ")")
        : Finding.warn(
            area(),
            "others may look into " + folder + " (" + permissions + ")",
            "chmod 700 " + folder);
  }

  private Finding place(StoreCheckup checkup) {
    if (checkup.remote().isPresent()) {
      return Finding.fail(
          area(), checkup.remote().get(), "set MIMOCODE_HOME to a folder on a local disk.");
    }
    var what = "%,d MiB free on %s".formatted(checkup.freeBytes() / MIB, checkup.fileSystem());
    return checkup.freeBytes() < LITTLE_SPACE
        ? Finding.warn(area(), what, "free some space: a run that cannot be written down stops.")
        : Finding.ok(area(), what);
  }

  private Finding none() {
    return Finding.ok(area(), "no run was started yet, so there is no mimocode.db");
  }

  private Finding database(StoreCheckup.Database database) {
    var sessions = database.sessions() == 0 ? "" : " and " + sessions(database.sessions());
    var content =
        "mimocode.db, version " + database.version() + ", " + runs(database.runs()) + sessions;
    return switch (database.pages()) {
      case Pages.Sound() -> Finding.ok(area(), content + ", is sound");
      case Pages.Other() -> Finding.ok(area(), content + "; the next run brings it up to date");
      case Pages.InUse() ->
          Finding.ok(area(), content + "; not checked, since " + working(database) + " at work");
      case Pages.TooMany() ->
          Finding.ok(
              area(),
              content
                  + "; no damage found in %d s, not all was read".formatted(PATIENCE.toSeconds()));
      case Pages.Damaged(var found) ->
          Finding.fail(
              area(),
              content + ", is damaged: " + String.join("; ", found),
              "copy what you need from mimo runs show, then move the file away.");
    };
  }

  private static String working(StoreCheckup.Database database) {
    return database.sessions() == 0 ? runs(database.working()) : database.working() + " of them";
  }

  private static String sessions(int count) {
    return count == 1 ? "1 session" : count + " sessions";
  }

  private static String runs(int count) {
    return count == 1 ? "1 run" : count + " runs";
  }
}
