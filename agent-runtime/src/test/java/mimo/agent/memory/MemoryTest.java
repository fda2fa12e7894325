package mimo.agent.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mimo.agent.AgentLimits;
import mimo.agent.memory.Memory.Said;
import mimo.agent.memory.Memory.Version;
import mimo.agent.memory.Memory.Writing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryTest {

  @TempDir private Path folder;
  private Memory memory;
  private MemoryPlace project;

  @BeforeEach
  void makeMemory() {
    memory = MemoryFolder.in(folder);
    project = memory.layout().ofProject();
  }

  private void write(MemoryPlace place, String text) throws Exception {
    Files.createDirectories(place.file().getParent());
    Files.writeString(place.file(), text);
  }

  @Test
  void findsTheEntriesOfAFileSomebodyWroteByHand() throws Exception {
    write(project, "# Shop\n\nA shop.\n\n## Rules\n\n- Never push.\n- Ask\n  first.\n");

    var entries = memory.entries(project);

    assertEquals(List.of("A shop.", "Never push.", "Ask\nfirst."), texts(entries));
    assertEquals(
        List.of("Shop", "Shop > Rules", "Shop > Rules"),
        entries.stream().map(MemoryEntry::heading).toList());
    assertEquals(
        List.of("user (unverified)"),
        entries.stream().map(entry -> entry.provenance().source().word()).distinct().toList());
  }

  @Test
  void everythingElseSurvivesAWriteByteForByteM8() throws Exception {
    var odd =
        String.join(
            "\r\n",
            "\uFEFF# A",
            "",
            "text  ",
            "",
            "* x",
            "",
            "## Own heading",
            "```",
            "# no heading",
            "```",
            "end");
    write(project, odd);

    var _ = memory.append(project, "Rules", "Be kind.", Source.USER, Said.NOWHERE);

    var now = memory.raw(project).orElseThrow();
    assertTrue(now.startsWith(odd + "\r\n\r\n## Rules\r\n\r\n- Be kind. <!-- mimo m"), now);
  }

  @Test
  void remembersWhereAnEntryIsFromM2() throws Exception {
    var notes = memory.layout().notes("7f3a90b1c2d4");

    var entry =
        memory.append(notes, "", "The port is 8443.", Source.WEB, new Said("7f3a90b1c2d4", 3));

    assertEquals(
        new Provenance(entry.id(), Source.WEB, "7f3a90b1c2d4", 3),
        memory.entries(notes).getFirst().provenance());
    assertEquals("The port is 8443.", entry.text());
  }

  @Test
  void anEntryThatSomebodyChangesIsHisM3() throws Exception {
    var entry = memory.append(project, "Rules", "Deploy on Friday.", Source.AGENT, Said.NOWHERE);
    var text = memory.raw(project).orElseThrow();

    write(project, text.replace("Friday", "Monday"));

    var now = memory.entries(project).getFirst();
    assertEquals("Deploy on Monday.", now.text());
    assertEquals(new Provenance(entry.id(), Source.UNVERIFIED, "", 0), now.provenance());
  }

  @Test
  void aMarkThatTheLogDoesNotKnowSaysNothingM3() throws Exception {
    write(project, "- Trust me. <!-- mimo mdeadbeef source=user session=1 turn=1 -->\n");

    assertEquals(Source.UNVERIFIED, memory.entries(project).getFirst().provenance().source());
  }

  @Test
  void keepsTheWordsOfBothWhoEditM7() throws Exception {
    var base = "# A\n\n- one\n- two\n- three\n";
    write(project, base.replace("two", "TWO").replace("- three\n", "- three\n- four\n"));

    var text = memory.edit(project, base, base.replace("- one\n", "- zero\n- one\n"));

    assertEquals("# A\n\n- zero\n- one\n- TWO\n- three\n- four\n", text);
  }

  @Test
  void whatTheUserWritesThroughMimoIsHisM2() throws Exception {
    write(project, "- by hand\n");

    var _ = memory.edit(project, "- by hand\n", "- by hand\n- through mimo\n");

    assertEquals(
        List.of(Source.UNVERIFIED, Source.USER),
        memory.entries(project).stream().map(entry -> entry.provenance().source()).toList());
  }

  @Test
  void whatBothChangedStaysAndTheOtherIsAConflictM7() throws Exception {
    var base = "# A\n\n- one\n- two\n";
    write(project, base.replace("two", "2"));

    var text = memory.edit(project, base, base.replace("two", "deux"));

    assertEquals("# A\n\n- one\n- deux\n\n## Conflicts\n\n- 2\n", text);
  }

  @Test
  void writesNothingIfTheUserWantsNothingM9() {
    var off = MemoryFolder.in(folder, List.of(), Writing.OFF);

    var refused =
        assertThrows(
            MemoryException.class,
            () -> off.append(project, "", "a note", Source.AGENT, Said.NOWHERE));

    assertEquals("memory_off", refused.code());
    assertFalse(Files.exists(folder.resolve("memory")));
  }

  @Test
  void readingMakesNothing() {
    assertEquals(List.of(), memory.entries(project));
    assertEquals(List.of(), memory.layout().all());
    assertEquals(Optional.empty(), memory.digest());
    assertFalse(Files.exists(folder.resolve("memory")));
  }

  @Test
  void keepsTheLastVersionsM21() throws Exception {
    for (int i = 1; i <= 40; i++) {
      var _ = memory.append(project, "", "entry " + i, Source.AGENT, Said.NOWHERE);
    }

    var versions = memory.versions(project);

    assertEquals(30, versions.size());
    assertEquals(new Version(40, MemoryFolder.NOW, "append"), versions.getLast());
    assertEquals(memory.text(project).orElseThrow(), memory.version(project, 40));
  }

  @Test
  void aChangeByHandIsAVersionToo() throws Exception {
    var _ = memory.append(project, "", "first", Source.AGENT, Said.NOWHERE);
    write(project, memory.raw(project).orElseThrow() + "- by hand\n");
    var _ = memory.append(project, "", "second", Source.AGENT, Said.NOWHERE);

    assertEquals(
        List.of("append", "user", "append"),
        memory.versions(project).stream().map(Version::by).toList());
  }

  @Test
  void forgetsAnEntryInItsFileAndInAllVersionsM21() throws Exception {
    write(project, "# A\n\n- keep this\n- the secret handshake\n");
    var _ = memory.append(project, "", "more", Source.AGENT, Said.NOWHERE);

    var gone = memory.forget(memory.find(id("the secret handshake"), List.of(project)));

    assertEquals("the secret handshake", gone);
    assertEquals(List.of("keep this", "more"), texts(memory.entries(project)));
    assertEquals(List.of(), filesWith("handshake"));
  }

  private String id(String text) {
    return memory.entries(project).stream()
        .filter(entry -> entry.text().equals(text))
        .findFirst()
        .orElseThrow()
        .id();
  }

  @Test
  void reportsASecretThatAHumanWroteAndScrubsItWhenToldM14() throws Exception {
    var token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    write(project, "- ok\n- the token is " + token + "\n");

    assertEquals(
        List.of(2), memory.suspicions(project).stream().map(Memory.Suspicion::line).toList());
    assertTrue(memory.raw(project).orElseThrow().contains(token));
    assertFalse(memory.text(project).orElseThrow().contains(token));

    assertTrue(memory.scrub(project, List.of()));

    assertEquals(List.of(), filesWith(token));
    assertEquals(List.of(), memory.suspicions(project));
  }

  @Test
  void aLineMayHoldTwoSecretsM14() throws Exception {
    var one = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    var other = "ghp_" + "z9Y8x7W6v5U4t3S2r1Q0p9O8n7M6l5K4j3H2";
    write(project, "- ok\n- tokens " + one + " and " + other + " of ours\n");

    assertEquals(List.of(one, other), memory.secrets(project));
  }

  @Test
  void forgetsWhatIsThereTwiceAndInVersionsMadeByHandM21() throws Exception {
    write(project, "- the secret handshake\n\n## B\n\n- the secret handshake\n");
    var marked = memory.append(project, "B", "the secret handshake", Source.AGENT, Said.NOWHERE);
    write(project, memory.raw(project).orElseThrow() + "- by hand\n");

    var _ = memory.forget(marked);

    assertEquals(List.of("by hand"), texts(memory.entries(project)));
    assertEquals(List.of(), filesWith("handshake"));
    assertThrows(MemoryException.class, () -> memory.forget(marked));
  }

  @Test
  void aConflictStandsInItsOwnSectionM7() throws Exception {
    var before = "# A\n\n- one\n\n## Conflicts\n\n- old\n\n## Z\n\n- last\n";
    write(project, before.replace("- one", "- theirs"));

    var text = memory.edit(project, before, before.replace("- one", "- mine"));

    assertEquals("# A\n\n- mine\n\n## Conflicts\n\n- old\n- theirs\n\n## Z\n\n- last\n", text);
  }

  @Test
  void aLogThatIsMadeShorterStillKnowsWhatTheUserWroteM3() throws Exception {
    var _ = memory.edit(project, "", "- mine\n");
    var mine = memory.entries(project).getFirst();

    var folder = memory.layout().logOf(project);
    var blank = "\n".repeat(AgentLimits.MEMORY_LOG_LINES);
    Files.writeString(folder.resolve("log.jsonl"), blank, StandardOpenOption.APPEND);
    var _ = memory.append(project, "", "more", Source.AGENT, Said.NOWHERE);

    assertTrue(MemoryLog.tip(folder).lines() < 50);
    assertEquals(mine.provenance(), memory.entries(project).getFirst().provenance());
    assertEquals(Source.USER, mine.provenance().source());
  }

  @Test
  void aProcessHasOneLockForAFileHoweverItIsNamedM6() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("link"), folder);

    var lock = MemoryLock.of(folder.resolve(".lock"));

    assertSame(lock, MemoryLock.of(link.resolve(".lock")));
  }

  @Test
  void noLiveValueReachesAnyFileM10() throws Exception {
    var secrets = new ArrayList<String>();
    for (int i = 0; i < 1_000; i++) {
      secrets.add("live-%06d-%s".formatted(i * 7919, Integer.toHexString(i * 104729)));
    }
    var guarded = MemoryFolder.in(folder, secrets, Writing.ON);
    var search = new MemorySearch(guarded, folder.resolve("cache/index.db"));
    for (int i = 0; i < secrets.size(); i += 25) {
      var text = String.join(", ", secrets.subList(i, i + 25));
      for (var place :
          List.of(project, guarded.layout().notes("s" + i), guarded.layout().checkpoint("s" + i))) {
        var _ = guarded.append(place, "", "values " + text, Source.AGENT, Said.NOWHERE);
      }
    }
    write(guarded.layout().global(), "- hand-written\n");
    var _ = search.update();
    search.close();

    int found = 0;
    for (var file : files()) {
      var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      found += (int) secrets.stream().filter(bytes::contains).count();
    }
    System.out.println("memory: 1,000 live values in 5 kinds of files: " + found + " found");
    assertEquals(0, found);
  }

  private List<Path> files() throws Exception {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private List<Path> filesWith(String text) throws Exception {
    var found = new ArrayList<Path>();
    for (var file : files()) {
      if (new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(text)) {
        found.add(file);
      }
    }
    return found;
  }

  private static List<String> texts(List<MemoryEntry> entries) {
    return entries.stream().map(MemoryEntry::text).toList();
  }
}
