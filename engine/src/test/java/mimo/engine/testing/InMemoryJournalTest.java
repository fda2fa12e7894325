package mimo.engine.testing;

import mimo.engine.journal.Journal;
import mimo.engine.journal.StreamId;

final class InMemoryJournalTest extends JournalContract {

  private final InMemoryJournal memory = new InMemoryJournal();

  @Override
  protected Journal open() {
    return memory;
  }

  @Override
  protected void takeOver(StreamId stream) {
    memory.steal(stream);
  }
}
