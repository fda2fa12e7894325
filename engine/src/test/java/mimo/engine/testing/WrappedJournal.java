package mimo.engine.testing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamOutline;
import mimo.engine.journal.StreamTip;

/// A journal that passes everything on; tests override what shall go another way.
public class WrappedJournal implements Journal {

  private final Journal journal;

  public WrappedJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public Lease acquire(StreamId stream) {
    return journal.acquire(stream);
  }

  @Override
  public Lease takeOver(StreamId stream) {
    return journal.takeOver(stream);
  }

  @Override
  public void append(Lease lease, List<JournalRecord> records, AppendListener listener) {
    journal.append(lease, records, listener);
  }

  @Override
  public void append(
      Lease lease, StreamId stream, List<JournalRecord> records, AppendListener listener) {
    journal.append(lease, stream, records, listener);
  }

  @Override
  public List<JournalRecord> read(StreamId stream, long from, int atMost) {
    return journal.read(stream, from, atMost);
  }

  @Override
  public Optional<StreamOutline> outline(StreamId stream) {
    return journal.outline(stream);
  }

  @Override
  public List<StreamId> streams(String kind) {
    return journal.streams(kind);
  }

  @Override
  public List<StreamTip> endingWith(String kind, String type) {
    return journal.endingWith(kind, type);
  }

  @Override
  public long revision() {
    return journal.revision();
  }

  @Override
  public boolean owned(StreamId stream) {
    return journal.owned(stream);
  }

  @Override
  public long post(StreamId stream, String body) {
    return journal.post(stream, body);
  }

  @Override
  public List<Posted> postedAfter(long id) {
    return journal.postedAfter(id);
  }

  @Override
  public List<Posted> posted(StreamId stream) {
    return journal.posted(stream);
  }

  @Override
  public void answer(Lease lease, long id, String outcome) {
    journal.answer(lease, id, outcome);
  }

  @Override
  public Optional<String> answered(long id) {
    return journal.answered(id);
  }

  @Override
  public void pin(StreamId stream) {
    journal.pin(stream);
  }

  @Override
  public void unpin(StreamId stream) {
    journal.unpin(stream);
  }

  @Override
  public Set<StreamId> pinned() {
    return journal.pinned();
  }

  @Override
  public void rewrite(List<StreamId> streams, Rewriting rewriting) {
    journal.rewrite(streams, rewriting);
  }

  @Override
  public void erase(List<StreamId> streams, Runnable permit) {
    journal.erase(streams, permit);
  }

  @Override
  public boolean compact() {
    return journal.compact();
  }

  @Override
  public long bytes() {
    return journal.bytes();
  }

  @Override
  public void close() {
    journal.close();
  }
}
