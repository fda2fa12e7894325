package mimo.agent.web;

/// How far a table has come. Confined to one thread.
final class PageTable {

  private int rows;
  private int cells;

  /// Counts a cell, and says whether it is the first of its row.
  boolean isNewCellFirst() {
    return ++cells == 1;
  }

  /// Ends a row.
  ///
  /// @return how many cells it had if it was the table's first, else 0
  int endRow() {
    int count = rows == 0 ? cells : 0;
    rows++;
    cells = 0;
    return count;
  }
}
