package mimo.agent.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import mimo.agent.memory.Memory;
import mimo.agent.memory.MemoryLayout;
import mimo.agent.memory.Provenance;
import mimo.agent.memory.Revision;
import mimo.agent.memory.Source;
import mimo.agent.proposal.Suggestion.Basis;
import mimo.agent.proposal.Suggestion.State;
import mimo.agent.skill.Skill;
import mimo.engine.redaction.LiveValues;
import mimo.engine.redaction.Rules;
import mimo.engine.redaction.SecretRedactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProposalTextTest {

  /// As it was written before there were skills and commands in proposals.
  private static final String OLD =
      """
      {"v":1,"id":"p4f21","at":"2026-11-22T10:00:00Z","author":"a/b","project":"shop-1","days":7,\
      "notes":["n"],"suggestions":[{"state":"open","reason":"old","place":"global/MEMORY.md",\
      "takes":[{"id":"m1","digest":"d"}],"needs":[],"heading":"Rules","source":"web","text":"T",\
      "id":"m2","session":"s1","turn":3,"basis":[{"where":"m1","turn":0,"source":"user",\
      "excerpt":"E"}]}]}
      """;

  @TempDir private Path folder;

  private Memory memory() {
    return new Memory(
        new MemoryLayout(folder.resolve("memory"), "shop-1", null),
        InstantSource.fixed(Instant.EPOCH),
        new Random(1),
        key -> new SecretRedactor(new LiveValues(List.of("hunter2hunter2")), key, Rules.ALL),
        Memory.Writing.ON);
  }

  @Test
  void whatWasWrittenBeforeIsReadAndWrittenAsItWasM24() {
    var proposal = ProposalText.read(OLD);

    assertEquals(
        new Proposal(
            "p4f21",
            Instant.parse("2026-11-22T10:00:00Z"),
            Origin.DREAM,
            "a/b",
            "shop-1",
            7,
            List.of("n"),
            List.of(
                Suggestion.open(
                    new Change.OfMemory(
                        "global/MEMORY.md",
                        new Revision(
                            List.of(new Revision.Held("m1", "d")),
                            List.of(),
                            "Rules",
                            "T",
                            new Provenance("m2", Source.WEB, "s1", 3))),
                    "old",
                    List.of(new Basis("m1", 0, "user", "E"))))),
        proposal);
    assertEquals(OLD, ProposalText.write(proposal, memory()));
  }

  @Test
  void aDraftIsKeptWithItsCommentsAndWithoutSecretsM10() {
    var draft =
        new Draft(
            Draft.Kind.COMMAND,
            "ship",
            Skill.Owner.USER,
            "commands/ship.md",
            "",
            "<!-- steps -->\nLog in with hunter2hunter2.\n",
            Source.tool("mcp__x"));
    var basis = List.of(new Basis("s1:3", 2, "user", "ship it with hunter2hunter2"));
    var proposal =
        new Proposal(
            "p1",
            Instant.EPOCH,
            Origin.DISTILL,
            "a/b",
            "shop-1",
            30,
            List.of(),
            List.of(new Suggestion(draft, "asked for", basis, State.BEGUN)));

    var text = ProposalText.write(proposal, memory());
    var read = ProposalText.read(text).suggestions().getFirst();

    assertEquals(-1, text.indexOf("hunter2"));
    assertEquals(Origin.DISTILL, ProposalText.read(text).origin());
    assertEquals(State.BEGUN, read.state());
    var kept = (Draft) read.change();
    assertEquals("<!-- steps -->", kept.text().lines().findFirst().orElseThrow());
    assertEquals(
        new Draft(
            draft.kind(),
            draft.name(),
            draft.owner(),
            draft.path(),
            draft.before(),
            kept.text(),
            draft.source()),
        kept);
  }

  @Test
  void whatLiesWhereNoSkillOrCommandDoesIsNoDraftM24() {
    var repository = Skill.Owner.REPOSITORY;
    var user = Skill.Owner.USER;

    assertEquals(
        List.of(true, true, true, true, true, false, false, false, false, false, false),
        List.of(
            isDraft(Draft.Kind.SKILL, repository, ".mimocode/skills/ship/SKILL.md"),
            isDraft(Draft.Kind.SKILL, repository, "shop/.agents/skills/ship/SKILL.md"),
            isDraft(Draft.Kind.COMMAND, repository, ".claude/commands/ship.md"),
            isDraft(Draft.Kind.SKILL, user, "skills/ship/SKILL.md"),
            isDraft(Draft.Kind.COMMAND, user, "commands/ship.md"),
            isDraft(Draft.Kind.COMMAND, repository, ".claude/settings.json"),
            isDraft(Draft.Kind.COMMAND, repository, ".claude/commands/other.md"),
            isDraft(Draft.Kind.COMMAND, repository, ".mimocode/skills/ship/SKILL.md"),
            isDraft(Draft.Kind.SKILL, repository, "x.mimocode/skills/ship/SKILL.md"),
            isDraft(Draft.Kind.SKILL, repository, "../.mimocode/skills/ship/SKILL.md"),
            isDraft(Draft.Kind.COMMAND, user, "mimocode.jsonc")));
  }

  private static boolean isDraft(Draft.Kind kind, Skill.Owner owner, String path) {
    try {
      return new Draft(kind, "ship", owner, path, "", "Ship it.\n", Source.AGENT)
          .path()
          .equals(path);
    } catch (IllegalArgumentException elsewhere) {
      return false;
    }
  }

  @Test
  void whatALaterVersionWroteIsNoneM24() {
    var later = OLD.replace("\"v\":1", "\"v\":9");

    assertThrows(IllegalArgumentException.class, () -> ProposalText.read(later));
  }
}
