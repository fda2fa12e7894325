/// Runs, steps and their journal. Knows neither scripts nor models.
module mimo.engine {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires java.sql;
  requires org.xerial.sqlitejdbc;
  requires re2j;
  requires static org.jspecify;

  exports mimo.engine;
  exports mimo.engine.archive;
  exports mimo.engine.journal;
  exports mimo.engine.journal.sqlite;
  exports mimo.engine.redaction;
  exports mimo.engine.reuse;
  exports mimo.engine.scheduling;
  exports mimo.engine.session;
}
