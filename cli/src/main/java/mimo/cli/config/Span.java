package mimo.cli.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// A length of time as people write it: `90s`, `45m`, `12h`, `3d`.
public final class Span {

  /// What messages say is expected.
  public static final String WANTED = "a time such as 90m, 12h or 2d, at most 366 days";

  static final String SHAPE = "[1-9][0-9]{0,7}[smhd]";

  private static final Pattern PATTERN = Pattern.compile(SHAPE);
  private static final Duration LONGEST = Duration.ofDays(366);

  private Span() {}

  /// The length of time; empty if the text has another form, or it is longer than a year.
  public static Optional<Duration> parse(String text) {
    if (!PATTERN.matcher(text).matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    var span =
        switch (text.charAt(text.length() - 1)) {
          case 's' -> Duration.ofSeconds(count);
          case 'm' -> Duration.ofMinutes(count);
          case 'h' -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    return Optional.of(span).filter(found -> found.compareTo(LONGEST) <= 0);
  }
}
