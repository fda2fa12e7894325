package mimo.agent.web;

import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/// What came of asking for a page.
sealed interface Fetched {

  /// A server answered.
  ///
  /// @param url where the page was in the end
  /// @param type what it says it is; null if it does not say
  /// @param body its bytes, or as many of the first as are taken
  /// @param cut whether there were more
  record Page(FetchUrl url, int status, @Nullable MediaType type, byte[] body, boolean cut)
      implements Fetched {}

  /// It redirects to an origin nobody has agreed to.
  record Elsewhere(FetchUrl from, FetchUrl to) implements Fetched {}

  /// It may not be asked for.
  record Refused(String message) implements Fetched {

    /// The name of the error.
    static final String CODE = "address_refused";
  }

  /// It could not be had.
  record Failed(String message) implements Fetched {}
}
