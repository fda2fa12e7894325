package mimo.agent.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mimo.agent.json.Json;
import mimo.agent.task.TaskTree;
import mimo.engine.journal.SessionEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What earlier versions wrote down of sessions is read for ever: files go to `session-histories/`,
/// and never edited. [RecordedFacts] makes the next one.
final class SessionHistoriesTest {

  private static final Path FACTS =
      Path.of("src/test/resources/session-histories/0.1.0/facts.jsonl");

  private static List<SessionEntry> recorded() throws IOException {
    return Files.readAllLines(FACTS).stream()
        .map(Json::parse)
        .map(line ->
            new SessionEntry(
                line.path("type").asText(), Json.write(line.path("body")), Instant.EPOCH))
        .toList();
  }

  @Test
  void everyRecordedFactIsReadAsItWasMeantD59() throws Exception {
    assertEquals(RecordedFacts.of010(), recorded().stream().map(FactCodec::read).toList());
  }

  @Test
  void everyKindOfFactHasAHistoryD59() throws Exception {
    var seen = new TreeSet<String>();
    for (var entry : recorded()) {
      kindsIn(FactCodec.read(entry), seen);
    }

    assertEquals(kindsOf(SessionFact.class), seen, "record it with RecordedFacts: see journal.md");
  }

  @Test
  void aRecordedConversationIsToldAsItWasT1() throws Exception {
    var facts = recorded().stream().map(FactCodec::read).toList();

    var said = ConversationRecord.said(recorded());

    assertEquals(ConversationHistory.of(ConversationTurns.of(facts).facts()), said);
    assertEquals("Until here: ASKED", Objects.requireNonNull(said.boundary()).rebuilt().text());
    assertEquals(
        List.of(new OwnWords(0, "Add a flag.")), said.own(), "never the program's words (M2)");
    var task = TaskTree.of(facts).items().getFirst();
    assertEquals(
        List.of("T1", "the flag", "in_progress"), List.of(task.id(), task.title(), task.state()));
  }

  /// The names of all final records a value of the type may be made of, and of all constants.
  private static Set<String> kindsOf(Type type) {
    var kinds = new TreeSet<String>();
    reach(type, kinds, new LinkedHashSet<>());
    return kinds;
  }

  private static void reach(Type type, Set<String> kinds, Set<Type> done) {
    if (!done.add(type)) {
      return;
    }
    if (type instanceof ParameterizedType parameterized) {
      Stream.of(parameterized.getActualTypeArguments()).forEach(each -> reach(each, kinds, done));
    } else if (type instanceof Class<?> known && known.isSealed()) {
      Stream.of(known.getPermittedSubclasses()).forEach(each -> reach(each, kinds, done));
    } else if (type instanceof Class<?> known && known.isEnum()) {
      Arrays.stream(known.getEnumConstants()).forEach(each -> kinds.add(name(known) + "." + each));
    } else if (type instanceof Class<?> known && known.isRecord()) {
      kinds.add(name(known));
      Stream.of(known.getRecordComponents())
          .map(RecordComponent::getGenericType)
          .forEach(each -> reach(each, kinds, done));
    }
  }

  private static void kindsIn(@Nullable Object value, Set<String> kinds) throws Exception {
    switch (value) {
      case null -> {}
      case Iterable<?> all -> {
        for (var each : all) {
          kindsIn(each, kinds);
        }
      }
      case Enum<?> constant -> kinds.add(name(constant.getDeclaringClass()) + "." + constant);
      case Record whole -> {
        kinds.add(name(whole.getClass()));
        for (var part : whole.getClass().getRecordComponents()) {
          var accessor = part.getAccessor();
          accessor.setAccessible(true);
          kindsIn(accessor.invoke(whole), kinds);
        }
      }
      default -> {}
    }
  }

  private static String name(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1);
  }
}
