package dev.quorate.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.store.Mesh;
import dev.quorate.store.Replica;
import dev.quorate.store.TablesContract;
import dev.quorate.store.World;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

class SqliteConvergenceTest {
  @EachSeed
  void aReplicaOnSqliteEndsAsTheOnesInMemory(long seed) {
    Seeds.check(
        seed,
        chance -> {
          try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            Schema.migrate(connection);
            var sql = new Statements(connection);
            var tables =
                new SqliteTables(
                    sql,
                    new Sequence(0),
                    new DigestTally(sql),
                    TablesContract.REPLACED_VERSIONS_MAX);
            var opened = new TablesContract.Opened(tables, () -> TablesState.of(sql, tables));
            var world = new World(chance);
            var onSqlite = new Replica("r1", opened, world.endMillis());
            var inMemory = Replica.inMemory("r2", world.endMillis() + 10_000);
            var mesh = new Mesh(chance, List.of(onSqlite, inMemory));
            mesh.deliver(world.changes());
            mesh.exchangeUntilQuiet();
            assertThat(onSqlite.shared()).isEqualTo(inMemory.shared());
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
