package mimo.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mimo.engine.journal.JournalEntry;
import mimo.sandbox.protocol.Frame;
import org.junit.jupiter.api.Test;

/// Holds the pages about the insides to the sealed types they list.
final class InternalsDocsTest {

  private static final Repository REPOSITORY = Repository.here();

  @Test
  void everyKindOfJournalEntryHasItsRow() {
    var page = Page.read(REPOSITORY.file("docs/internals/journal.md"));

    assertEquals(records(JournalEntry.class), new TreeSet<>(page.namesIn("Entries")));
  }

  @Test
  void everyKindOfFrameHasItsRow() {
    var page = Page.read(REPOSITORY.file("docs/internals/sandbox.md"));

    assertEquals(records(Frame.class), new TreeSet<>(page.namesIn("The worker")));
  }

  private static Set<String> records(Class<?> sealed) {
    var names = leaves(sealed).map(Class::getSimpleName).collect(Collectors.toSet());
    assertTrue(names.size() > 5, "saw only " + names);
    return new TreeSet<>(names);
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(InternalsDocsTest::leaves)
        : Stream.of(type);
  }
}
