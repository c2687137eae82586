package dev.quorate.store;

class MemoryTablesTest extends TablesContract {
  @Override
  protected Opened open() {
    var tables = new MemoryTables();
    return new Opened(tables, tables::state);
  }
}
