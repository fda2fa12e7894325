package mimo.agent.web;

import java.nio.charset.Charset;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/// What came of asking for a page.
sealed interface Fetched {

  /// A server answered.
  ///
  /// @param url where the page was in the end
  /// @param type what it says it is; null if it does not say
  record Page(FetchUrl url, int status, @Nullable MediaType type, Body body) implements Fetched {}

  /// The bytes of a page, or as many of the first as are taken.
  final class Body {

    private final byte[] bytes;
    private final boolean cut;

    /// @param cut whether there were more
    Body(byte[] bytes, boolean cut) {
      this.bytes = bytes;
      this.cut = cut;
    }

    int length() {
      return bytes.length;
    }

    boolean isCut() {
      return cut;
    }

    /// Whether it holds what no text does, as far as its beginning tells.
    boolean looksBinary() {
      for (int i = 0; i < Math.min(bytes.length, 8_000); i++) {
        if (bytes[i] == 0) {
          return true;
        }
      }
      return false;
    }

    String text(Charset charset) {
      return new String(bytes, charset);
    }
  }

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
