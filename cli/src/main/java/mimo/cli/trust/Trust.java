package mimo.cli.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import mimo.agent.hook.Hook;
import mimo.cli.config.Folders;
import mimo.cli.error.CommandException;
import mimo.cli.script.Admission;
import mimo.cli.script.Script;
import mimo.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/// Decides what of a repository may run (A57, S28, S29). Thread-safe.
///
/// A folder without anything that could run needs no trust. Where there is something, the user has
/// agreed to exactly these bytes, or is asked on a terminal, or it does not run.
public final class Trust implements Admission {

  private final TrustStore store;
  private final TrustQuestion question;
  private final Supplier<List<Hook>> own;
  private final AtomicReference<@Nullable List<Hook>> hooks = new AtomicReference<>();
  private final FileDigests digests;
  private volatile boolean given;

  /// @param own the user's hooks, which may name programs of a repository
  public Trust(Folders folders, Terminal terminal, Supplier<List<Hook>> own, InstantSource clock) {
    this.store = new TrustStore(folders);
    this.question = new TrustQuestion(terminal);
    this.own = own;
    this.digests = new FileDigests(clock);
  }

  /// What decides over scripts and agents: this.
  public Admission admission() {
    return this;
  }

  /// `--trust`: everything counts as trusted until this process ends.
  public void giveForNow() {
    given = true;
  }

  /// Something that is written.
  @FunctionalInterface
  public interface Writing<E extends Exception> {
    void write() throws E;
  }

  /// How a folder stands now.
  public Standing standing(Path folder) {
    var now = new ExecutableFiles(folder, hooks(), digests).all();
    return new Standing(now, store.trusted(real(folder)));
  }

  private List<Hook> hooks() {
    var known = hooks.get();
    if (known == null) {
      known = own.get();
      hooks.set(known);
    }
    return known;
  }

  /// Agrees to what a standing shows.
  public void grant(Path folder, Standing shown) {
    store.trust(real(folder), shown.now());
  }

  /// Takes back what was agreed to.
  ///
  /// @return whether anything was
  public boolean revoke(Path folder) {
    return store.forget(real(folder));
  }

  /// Does what the user asks mimo to write into a folder: what was trusted, or needed no trust,
  /// still does not have to be asked about. It is the user who writes. Where anything else changes
  /// meanwhile, he is asked about all of it.
  ///
  /// @param files what is written; nothing else may
  public <E extends Exception> void keepOver(Path folder, List<Path> files, Writing<E> writing)
      throws E {
    var written = new Written();
    keepOver(
        folder,
        written,
        () -> {
          writing.write();
          files.forEach(written::file);
        });
  }

  /// The same where it shows only on the way what is written; it counts also if not all of it was.
  ///
  /// @param written filled while it is written
  public <E extends Exception> void keepOver(Path folder, Written written, Writing<E> writing)
      throws E {
    var before = standing(folder);
    try {
      writing.write();
    } finally {
      if (before.isTrusted()) {
        var after = standing(folder);
        if (after.now().differsOnlyBy(written, before.now())) {
          grant(folder, after);
        }
      }
    }
  }

  @Override
  public void admit(Path folder, Script script, Manner manner) {
    var standing = standing(folder);
    boolean agreed =
        given
            || standing.isTrusted()
            || (manner == Manner.ASKING && question.isAnswered(script.name(), standing));
    if (!agreed) {
      throw new CommandException("untrusted", question.refusal(script.name(), standing));
    }
    if (!standing.now().holds(Path.of(script.location()), script.text())) {
      throw new CommandException(
          "untrusted", script.name() + " changed while mimo looked at it; start again");
    }
    if (!given && !standing.isTrusted()) {
      grant(folder, standing);
    }
  }

  @Override
  public BiPredicate<Path, String> admitted(Path folder) {
    try {
      var standing = standing(folder);
      return given || standing.isTrusted() ? standing.now()::holds : (_, _) -> false;
    } catch (CommandException tooMuch) {
      return (_, _) -> false;
    }
  }

  @Override
  public boolean trusts(Path folder) {
    try {
      var standing = standing(folder);
      // Where nothing is there to be trusted yet, what comes is the user's own.
      return given || standing.isTrusted();
    } catch (CommandException tooMuch) {
      return false;
    }
  }

  @Override
  public Map<Path, String> trusted(Path folder) {
    try {
      var standing = standing(folder);
      return given || standing.isTrusted() ? standing.now().byPath() : Map.of();
    } catch (CommandException tooMuch) {
      return Map.of();
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException unresolved) {
      return folder.toAbsolutePath().normalize();
    }
  }
}
