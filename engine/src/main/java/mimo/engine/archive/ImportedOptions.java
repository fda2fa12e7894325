package mimo.engine.archive;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import mimo.engine.RunRequest;
import mimo.engine.RunSettings;
import mimo.engine.journal.JournalCodec;
import mimo.engine.journal.JournalEntry;
import mimo.engine.journal.JournalEntry.OptionsChanged;
import mimo.engine.journal.JournalEntry.RunStarted;
import mimo.engine.journal.JournalRecord;
import mimo.engine.journal.WrittenEntry;

/// What becomes of the launch options of a run that comes from elsewhere, in every record that has
/// some. A record whose options stay as they are stays as it is.
///
/// @param codec writes what changed
record ImportedOptions(UnaryOperator<String> change, JournalCodec codec) {

  private static final Set<String> TYPES = Set.of(RunStarted.TYPE, OptionsChanged.TYPE);

  /// The records of one stream.
  List<JournalRecord> in(List<JournalRecord> records) {
    return records.stream().map(this::in).toList();
  }

  private JournalRecord in(JournalRecord record) {
    if (!TYPES.contains(record.type())) {
      return record;
    }
    var written = JournalCodec.decodeWritten(record);
    return in(written.entry())
        .filter(changed -> !changed.equals(written.entry()))
        .map(changed -> codec.encode(new WrittenEntry(changed, written.at())).record())
        .orElse(record);
  }

  private Optional<JournalEntry> in(JournalEntry entry) {
    return switch (entry) {
      case RunStarted started -> Optional.of(started.with(in(started.request())));
      case OptionsChanged(var before, var now, var at) ->
          Optional.of(new OptionsChanged(in(before), in(now), at));
      default -> Optional.empty();
    };
  }

  private RunRequest in(RunRequest request) {
    return in(RunSettings.of(request)).in(request);
  }

  private RunSettings in(RunSettings settings) {
    return new RunSettings(
        change.apply(settings.options()), settings.budget(), settings.deadline());
  }
}
