package mimo.sandbox;

import org.jspecify.annotations.Nullable;

/// Remembers what TypeScript files look like without their types: the eraser takes a second to
/// load. It may forget, and it need not be trusted: what it gives is checked against the file.
public interface ErasedTexts {

  /// Remembers nothing.
  ErasedTexts NONE =
      new ErasedTexts() {
        @Override
        public @Nullable String find(String key) {
          return null;
        }

        @Override
        public void keep(String key, String text) {}
      };

  /// The same memory, but nothing is added to it.
  default ErasedTexts unchanged() {
    return new ErasedTexts() {
      @Override
      public @Nullable String find(String key) {
        return ErasedTexts.this.find(key);
      }

      @Override
      public void keep(String key, String text) {}
    };
  }

  /// @param key a digest of the file's text and of the eraser, in hex
  /// @return null if there is nothing, or nothing that can be read
  @Nullable String find(String key);

  void keep(String key, String text);
}
