/// The tests that hold the house rules and the documents to the code.
///
/// `ArchitectureTest` reads what the compiler made of every room, `TidyTest` and `FormatTest` read
/// the sources as text, `DocsTest` compares the words of the documents with both. Each of them
/// knows how much it must have seen, so none can pass by looking at nothing.
@NullMarked
package mimo.docs;

import org.jspecify.annotations.NullMarked;
