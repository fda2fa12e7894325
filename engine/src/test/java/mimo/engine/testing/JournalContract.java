package mimo.engine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mimo.engine.EngineException;
import mimo.engine.EngineException.LeaseRefused;
import mimo.engine.RunId;
import mimo.engine.journal.AppendListener;
import mimo.engine.journal.ControlBox.Posted;
import mimo.engine.journal.Digests;
import mimo.engine.journal.Journal;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.Lease;
import mimo.engine.journal.StreamId;
import mimo.engine.journal.StreamOutline;
import mimo.engine.journal.StreamTip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every journal promises. Each implementation inherits this suite.
public abstract class JournalContract {

  protected static final StreamId RUN = new StreamId("run", "aaaaaaaaaaaa");
  protected static final StreamId OTHER = new StreamId("run", "bbbbbbbbbbbb");

  protected static final StreamId SESSION = StreamId.session(new RunId(RUN.name()), 0, 7, 0);

  protected Journal journal = new InMemoryJournal();

  /// A journal that holds nothing.
  protected abstract Journal open();

  /// Makes the journal's streams be owned by a later lease, as another process could.
  protected abstract void takeOver(StreamId stream);

  @BeforeEach
  void openJournal() {
    journal = open();
  }

  @AfterEach
  void closeJournal() {
    journal.close();
  }

  /// Waits for acknowledgements. An empty one is good news.
  public static final class Acknowledgements implements AppendListener {
    private final BlockingQueue<Optional<EngineException>> heard = new LinkedBlockingQueue<>();

    @Override
    public void durable() {
      heard.add(Optional.empty());
    }

    @Override
    public void failed(EngineException cause) {
      heard.add(Optional.of(cause));
    }

    /// What the next append came to.
    public Optional<EngineException> next() {
      try {
        var next = heard.poll(20, TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("no acknowledgement came");
        }
        return next;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  protected static JournalRecord record(int n) {
    return new JournalRecord("log_written", "{\"n\":" + n + "}", Map.of());
  }

  protected Optional<EngineException> append(Lease lease, JournalRecord... records) {
    var heard = new Acknowledgements();
    journal.append(lease, List.of(records), heard);
    return heard.next();
  }

  protected Optional<EngineException> appendTo(
      StreamId stream, Lease lease, JournalRecord... records) {
    var heard = new Acknowledgements();
    journal.append(lease, stream, List.of(records), heard);
    return heard.next();
  }

  @Test
  void readsBackWhatWasAppendedInOrder() {
    var lease = journal.acquire(RUN);

    append(lease, record(1), record(2));
    append(lease, record(3));

    assertEquals(List.of(record(1), record(2), record(3)), journal.read(RUN, 1, 100));
    assertEquals(List.of(record(2)), journal.read(RUN, 2, 1));
    assertEquals(List.of(), journal.read(RUN, 4, 10));
    lease.close();
  }

  private static JournalRecord parked() {
    return new JournalRecord("run_parked", "{}", Map.of());
  }

  @Test
  void findsTheStreamsThatEndWithATypeTheLatestFirst() {
    var lease = journal.acquire(RUN);
    append(lease, record(1), parked());
    var other = journal.acquire(OTHER);
    append(other, parked(), record(2));
    appendTo(SESSION, lease, parked());
    var before = journal.endingWith("run", "run_parked");

    append(other, parked());

    assertEquals(List.of(new StreamTip(RUN, 2, parked())), before);
    assertEquals(
        List.of(new StreamTip(OTHER, 3, parked()), new StreamTip(RUN, 2, parked())),
        journal.endingWith("run", "run_parked"));
    assertEquals(List.of(), journal.endingWith("run", "run_ended"));
    lease.close();
    other.close();
  }

  @Test
  void tellsThatSomebodyHasWrittenAndNothingElse() {
    assertEquals(List.of(), journal.endingWith("run", "run_parked"));
    var lease = journal.acquire(RUN);
    append(lease, record(1));
    var first = journal.revision();
    journal.read(RUN, 1, 10);
    var second = journal.revision();
    append(lease, record(2));
    var third = journal.revision();
    var asked = journal.post(RUN, "{}");
    var fourth = journal.revision();
    journal.answer(lease, asked, "{}");

    assertEquals(first, second, "reading is no writing");
    assertNotEquals(second, third);
    assertNotEquals(third, fourth);
    assertNotEquals(fourth, journal.revision());
    lease.close();
  }

  @Test
  void acknowledgesAppendsInTheirOrder() {
    var lease = journal.acquire(RUN);
    var order = new LinkedBlockingQueue<Integer>();
    var last = new Acknowledgements();

    for (var i = 0; i < 500; i++) {
      var n = i;
      journal.append(
          lease,
          List.of(record(n)),
          new AppendListener() {
            @Override
            public void durable() {
              order.add(n);
            }

            @Override
            public void failed(EngineException cause) {
              order.add(-1);
            }
          });
    }
    journal.append(lease, List.of(record(500)), last);
    last.next();

    assertEquals(java.util.stream.IntStream.range(0, 500).boxed().toList(), new ArrayList<>(order));
    lease.close();
  }

  @Test
  void keepsLargeValuesByDigestD14() {
    var lease = journal.acquire(RUN);
    var value = "ü\u0000\"x".repeat(5_000);
    var digest = Digests.hex(value);
    var large = new JournalRecord("log_written", "{\"n\":1}", Map.of(digest, value));

    append(lease, large);

    assertEquals(List.of(large), journal.read(RUN, 1, 1));
    lease.close();
  }

  @Test
  void knowsNothingOfAStreamNobodyWroteTo() {
    assertEquals(List.of(), journal.read(RUN, 1, 10));
    assertEquals(Optional.empty(), journal.outline(RUN));
    assertEquals(List.of(), journal.streams("run"));
    assertFalse(journal.owned(RUN));
  }

  @Test
  void listsStreamsOfAKindTheNewestFirst() {
    for (var stream : List.of(RUN, OTHER, new StreamId("session", "s"))) {
      try (var lease = journal.acquire(stream)) {
        append(lease, record(1));
      }
    }

    assertEquals(List.of(OTHER, RUN), journal.streams("run"));
  }

  @Test
  void outlinesAStream() {
    var lease = journal.acquire(RUN);
    var first = new JournalRecord("run_started", "{}", Map.of());
    append(lease, first, record(1), record(2));

    var outline = journal.outline(RUN);

    assertEquals(
        Optional.of(
            new StreamOutline(RUN, first, record(2), Map.of("run_started", 1L, "log_written", 2L))),
        outline);
    lease.close();
  }

  @Test
  void givesALeaseToOneOwnerAtATimeD41() {
    var lease = journal.acquire(RUN);

    var refused = assertThrows(LeaseRefused.class, () -> journal.acquire(RUN));

    assertEquals("run_live", refused.code());
    assertTrue(journal.owned(RUN));
    lease.close();
    lease.close();
    assertFalse(journal.owned(RUN));
    journal.acquire(RUN).close();
  }

  @Test
  void tellsANewOwnerWhereTheStreamEnds() {
    try (var lease = journal.acquire(RUN)) {
      append(lease, record(1), record(2));
    }

    try (var lease = journal.acquire(RUN)) {
      assertEquals(2, lease.head());
      assertEquals(0, lease.setAside());
      append(lease, record(3));
    }

    assertEquals(3, journal.read(RUN, 1, 10).size());
  }

  @Test
  void fencesAnOwnerWhoWasTakenOverD42() {
    var stale = journal.acquire(RUN);
    append(stale, record(1));

    takeOver(RUN);

    var refused = append(stale, record(2)).orElseThrow();
    assertEquals("fenced", refused.code());
    assertEquals("fenced", append(stale, record(3)).orElseThrow().code());
    assertEquals(List.of(record(1)), journal.read(RUN, 1, 10));
    stale.close();
  }

  @Test
  void takesAStreamAwayFromALiveOwnerD43() {
    var stale = journal.acquire(RUN);
    append(stale, record(1));

    var lease = journal.takeOver(RUN);

    assertEquals(1, lease.head());
    assertTrue(journal.owned(RUN));
    assertEquals(Optional.empty(), append(lease, record(2)));
    assertEquals("fenced", append(stale, record(3)).orElseThrow().code());
    stale.close();
    assertTrue(journal.owned(RUN), "the former owner gave back what is not his");
    assertThrows(LeaseRefused.class, () -> journal.acquire(RUN));
    lease.close();
    assertFalse(journal.owned(RUN));
    assertEquals(List.of(record(1), record(2)), journal.read(RUN, 1, 10));
  }

  @Test
  void keepsStreamsApart() {
    var one = journal.acquire(RUN);
    var two = journal.acquire(OTHER);

    append(one, record(1));
    append(two, record(2));

    assertEquals(List.of(record(1)), journal.read(RUN, 1, 10));
    assertEquals(List.of(record(2)), journal.read(OTHER, 1, 10));
    one.close();
    two.close();
  }

  @Test
  void aLeaseIsTheRightToTheStreamsOfItsSessionsD25() {
    var lease = journal.acquire(RUN);

    append(lease, record(1));
    appendTo(SESSION, lease, record(2), record(3));
    append(lease, record(4));

    assertEquals(List.of(record(1), record(4)), journal.read(RUN, 1, 10));
    assertEquals(List.of(record(2), record(3)), journal.read(SESSION, 1, 10));
    assertEquals(List.of(SESSION), journal.streams(StreamId.SESSION));
    assertFalse(journal.owned(SESSION));
    lease.close();
  }

  @Test
  void aLaterLeaseGoesOnWithASession() {
    try (var lease = journal.acquire(RUN)) {
      appendTo(SESSION, lease, record(1));
    }

    try (var lease = journal.acquire(RUN)) {
      appendTo(SESSION, lease, record(2));
    }

    assertEquals(List.of(record(1), record(2)), journal.read(SESSION, 1, 10));
  }

  @Test
  void fencesTheSessionsOfAnOwnerWhoWasTakenOverD42() {
    var stale = journal.acquire(RUN);
    appendTo(SESSION, stale, record(1));

    takeOver(RUN);

    assertEquals("fenced", appendTo(SESSION, stale, record(2)).orElseThrow().code());
    assertEquals("fenced", append(stale, record(3)).orElseThrow().code());
    assertEquals(List.of(record(1)), journal.read(SESSION, 1, 10));
    stale.close();
  }

  @Test
  void keepsRequestsInTheirOrderUntilTheyAreAnsweredD45() {
    var lease = journal.acquire(RUN);
    append(lease, record(1));
    try (var other = journal.acquire(OTHER)) {
      append(other, record(1));
    }

    var first = journal.post(RUN, "{\"n\":1}");
    var second = journal.post(OTHER, "{\"n\":2}");
    var third = journal.post(RUN, "{\"n\":3}");
    journal.answer(lease, first, "{\"applied\":true}");
    journal.answer(lease, first, "{\"applied\":false}");
    lease.close();

    assertTrue(first < second && second < third);
    assertEquals(
        List.of(new Posted(second, OTHER, "{\"n\":2}"), new Posted(third, RUN, "{\"n\":3}")),
        journal.postedAfter(0));
    assertEquals(List.of(new Posted(third, RUN, "{\"n\":3}")), journal.postedAfter(second));
    assertEquals(List.of(new Posted(third, RUN, "{\"n\":3}")), journal.posted(RUN));
    assertEquals(Optional.of("{\"applied\":true}"), journal.answered(first));
    assertEquals(Optional.empty(), journal.answered(third));
  }

  @Test
  void leavesRequestsToWhoeverHasTakenTheStreamOverD42D45() {
    var stale = journal.acquire(RUN);
    append(stale, record(1));
    var request = journal.post(RUN, "{\"n\":1}");

    takeOver(RUN);

    for (var tries = 0; tries < 2; tries++) {
      var refused =
          assertThrows(
              LeaseRefused.class, () -> journal.answer(stale, request, "{\"applied\":true}"));
      assertEquals("fenced", refused.code());
    }
    assertEquals(Optional.empty(), journal.answered(request));
    assertEquals("fenced", append(stale, record(2)).orElseThrow().code());
    stale.close();
  }

  @Test
  void takesNoRequestToAStreamThatIsNotThere() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> journal.post(RUN, "{\"n\":1}"));

    assertEquals(RUN + " does not exist, so nobody can be asked", refused.getMessage());
    assertEquals(List.of(), journal.posted(RUN));
  }
}
