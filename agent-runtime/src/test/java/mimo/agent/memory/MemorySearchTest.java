package mimo.agent.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import mimo.agent.memory.Memory.Said;
import mimo.agent.memory.MemorySearch.Finding;
import mimo.agent.memory.MemorySearch.Wish;
import mimo.agent.memory.index.Document;
import mimo.agent.memory.index.Hit;
import mimo.agent.memory.index.MemoryIndex;
import mimo.agent.memory.index.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemorySearchTest {

  private static final String WIDE =
      "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔";

  @TempDir private Path folder;
  private Memory memory;
  private MemorySearch search;
  private MemoryPlace project;

  @BeforeEach
  void makeMemory() {
    memory = MemoryFolder.in(folder);
    project = memory.layout().ofProject();
    search = new MemorySearch(memory, index());
  }

  @AfterEach
  void closeIndex() {
    search.close();
  }

  private Path index() {
    return folder.resolve("cache/index.db");
  }

  private void write(String text) throws Exception {
    Files.createDirectories(project.file().getParent());
    Files.writeString(project.file(), text);
  }

  private List<String> found(String words) {
    return search.search(new Wish(words)).stream().map(MemorySearchTest::heading).toList();
  }

  private static String heading(Finding finding) {
    return finding.hit().section().heading();
  }

  @Test
  void aWordThatMostSectionsOfALargeMemoryHaveSaysNothingBesideARarerOne() throws Exception {
    var text = new StringBuilder();
    for (int day = 0; day < 1_200; day++) {
      var subject = day == 700 ? "walrus" : "gull";
      text.append("## Day %d\n\n- The build met a %s\n\n".formatted(day, subject));
    }
    write(text.toString());

    assertEquals(List.of("Day 700"), found("did the build meet a walrus"));
    assertEquals(10, found("the build").size());
    assertEquals(10, found("did the build meet a gull").size());
    assertEquals(
        List.of("walrus"),
        search.search(new Wish("build walrus")).getFirst().hit().reasons().words().stream()
            .map(Hit.Word::word)
            .toList());
  }

  @Test
  void findsWordsInOtherForms() throws Exception {
    write("## A\n- We migrated the database.\n## B\n- Tea is served.\n");

    assertEquals(List.of("A"), found("when did the migration of databases happen"));
  }

  @Test
  void noCharacterHasAMeaningOfItsOwnM16() throws Exception {
    write("## A\n- NEAR(x) AND \"quotes\" OR body:* -minus ^caret\n## B\n- b\n");

    for (var query : List.of("\"", "NEAR(", "body:x", "* ^ -", "a AND", "'; DROP TABLE section")) {
      var _ = found(query);
    }

    assertEquals("A", found("quotes\" OR NEAR(").getFirst());
  }

  @Test
  void aHundredChineseAndAHundredPartialWordsAreAmongTheFirstTenM15() throws Exception {
    var random = new Random(7);
    var queries = new ArrayList<String>();
    var text = new StringBuilder("# All\n");
    for (int i = 0; i < 100; i++) {
      var wide = wide(random) + wide(random);
      var name = "Unit" + Integer.toHexString(0xA0000 + i * 7919) + "Handler" + i;
      text.append("## S").append(i).append("\n- 说明：").append(wide).append("，并且 ");
      text.append(name).append(" 处理它。\n\n");
      queries.add(wide.substring(0, 2 + random.nextInt(2)) + "\t" + i);
      queries.add(name.substring(2, name.length() - 2) + "\t" + i);
    }
    write(text.toString());

    var missed = new ArrayList<String>();
    for (var query : queries) {
      var parts = query.split("\t", -1);
      if (!found(parts[0]).contains("All > S" + parts[1])) {
        missed.add(query);
      }
    }

    System.out.println("memory: 100 Chinese and 100 partial words: " + missed.size() + " missed");
    assertEquals(List.of(), missed);
  }

  private static String wide(Random random) {
    int at = random.nextInt(WIDE.length() - 4);
    return "" + WIDE.charAt(at) + WIDE.charAt(random.nextInt(WIDE.length())) + WIDE.charAt(at + 3);
  }

  @Test
  void aSingleCharacterIsFoundM15() throws Exception {
    write("## A\n- 港口\n## B\n- 天气很好\n");

    assertEquals(List.of("B"), found("好"));
    assertEquals(List.of("A"), found("港"));
  }

  @Test
  void datesAreFoundHoweverTheyAreWritten() throws Exception {
    write("## Session 1, 7 May 2023\n- x happened\n## Session 2, 8 May 2023\n- x happened\n");

    assertEquals("Session 1, 7 May 2023", found("what happened on 2023-05-07").getFirst());
    assertEquals("Session 2, 8 May 2023", found("2023年5月8日").getFirst());
  }

  @Test
  void aChangeOfTheSameSizeInTheSameMomentIsSeenM17() throws Exception {
    write("## A\n- alpha\n");
    assertEquals(List.of("A"), found("alpha"));
    var time = Files.getLastModifiedTime(project.file());

    write("## A\n- gamma\n");
    Files.setLastModifiedTime(project.file(), time);

    assertEquals(List.of(), found("alpha"));
    assertEquals(List.of("A"), found("gamma"));
  }

  @Test
  void anOldFileIsReadOnlyOnce() throws Exception {
    write("## A\n- alpha\n");
    Files.setLastModifiedTime(project.file(), FileTime.from(MemoryFolder.NOW.minusSeconds(60)));

    assertEquals(1, search.update().read());
    assertEquals(0, search.update().read());
  }

  @Test
  void aRemovedFileIsFoundNoMore() throws Exception {
    write("## A\n- alpha\n");
    assertEquals(List.of("A"), found("alpha"));

    Files.delete(project.file());

    assertEquals(List.of(), found("alpha"));
  }

  @Test
  void aSearchSeesOneStateWhileAnotherOneWritesM17() throws Exception {
    try (var own = new MemoryIndex(index());
        var other = new MemoryIndex(index())) {
      var _ = own.update(List.of(document(0)), MemoryFolder.NOW);
      var failures = new ConcurrentLinkedQueue<Throwable>();
      var writer =
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
              .start(() -> {
                for (int i = 1; i <= 150; i++) {
                  try {
                    var _ = other.update(List.of(document(i)), MemoryFolder.NOW);
                  } catch (IOException unusable) {
                    throw new UncheckedIOException(unusable);
                  }
                }
              });

      while (writer.isAlive()) {
        var hits = own.search(new Question("harbour", Map.of("doc", 1.0), MemoryFolder.NOW, 10));
        assertEquals(3, hits.size());
        assertEquals(1, hits.stream().map(hit -> hit.section().first()).distinct().count());
      }
      writer.join();
      assertEquals(List.of(), List.copyOf(failures));
    }
  }

  /// One whose sections all say which state it is, by the line they begin at.
  private static Document document(int state) {
    var sections =
        Stream.of("a", "b", "c")
            .map(name -> new Document.Section(name, "the harbour " + name, state + 1, state + 1))
            .toList();
    var stamp = new Document.Stamp(state, MemoryFolder.NOW, "c" + state, "k");
    return new Document(
        "doc", stamp, () -> Optional.of(new Document.Content("h" + state, sections)));
  }

  @Test
  void otherProjectsAndTheirSessionsAreNotSeen() throws Exception {
    var other = new MemoryLayout(folder.resolve("memory"), "other-87654321", null);
    Files.createDirectories(other.ofProject().file().getParent());
    Files.writeString(other.ofProject().file(), "- zebra\n");
    var _ =
        memory.append(memory.layout().notes("mine"), "", "zebra note", Source.AGENT, Said.NOWHERE);
    Files.createDirectories(other.notes("theirs").file().getParent());
    Files.writeString(other.notes("theirs").file(), "- zebra elsewhere\n");

    var names =
        search.search(new Wish("zebra")).stream().map(finding -> finding.place().name()).toList();

    assertEquals(List.of("sessions/mine/notes.md"), names);
  }

  @Test
  void saysWhyItFoundSomethingM18() throws Exception {
    write("## Ports\n- The preview port is 8443.\n## B\n- nothing\n");

    var why = search.search(new Wish("preview ports")).getFirst().hit().reasons();

    assertEquals(
        List.of("preview", "ports"), why.words().stream().map(word -> word.word()).toList());
    assertEquals(1.1, why.scope());
    assertTrue(why.floor() > 0);
    assertTrue(why.words().getFirst().exact() > 0);
  }

  @Test
  void aDamagedIndexIsMadeAnewAndIsTheSameS71() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("## Part ")
          .append(i)
          .append("\n- number ")
          .append(i * 31)
          .append(" of the list\n");
    }
    write(text.toString());
    var expected = search.search(new Wish("number 310 list")).toString();
    search.close();
    byte[] sound = Files.readAllBytes(index());
    for (int seed = 0; seed < 60; seed++) {
      damage(sound, new Random(seed), seed);
      try (var again = new MemorySearch(memory, index())) {
        assertEquals(40, again.update().sections());
        assertEquals(
            expected, again.search(new Wish("number 310 list")).toString(), "seed " + seed);
        assertTrue(again.isSound(), "seed " + seed);
      }
    }
    System.out.println("memory: 60 damaged indexes, all made anew, equal to a fresh one");
  }

  /// Cut, emptied, or with other bytes somewhere.
  private void damage(byte[] sound, Random random, int seed) throws Exception {
    for (var suffix : List.of("-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("cache/index.db" + suffix));
    }
    Files.write(index(), sound);
    try (var file = new RandomAccessFile(index().toFile(), "rw")) {
      switch (seed % 3) {
        case 0 -> file.setLength(random.nextInt(sound.length));
        case 1 -> {
          file.seek(random.nextInt(sound.length - 600));
          var noise = new byte[512];
          random.nextBytes(noise);
          file.write(noise);
        }
        default -> {
          file.seek(random.nextInt(100));
          file.write(random.nextInt(256));
        }
      }
    }
  }
}
