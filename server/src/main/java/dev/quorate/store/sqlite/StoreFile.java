package dev.quorate.store.sqlite;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// A store as a file that no node has open: a backup, or what a stopped node left.
public final class StoreFile {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  // Offsets of the file format's header (sqlite.org, Database File Format, section 1.3).
  static final int HEADER_BYTES = 100;
  private static final int PAGE_BYTES_AT = 16;
  private static final int PAGES_AT = 28;
  private static final int USER_VERSION_AT = 60;
  private static final int APPLICATION_ID_AT = 68;

  private static final int APPLICATION_ID = 0x51525431;

  private StoreFile() {}

  /// What a sound store file is.
  public record Description(int schemaVersion, long bytes) {}

  /// Reads the whole file and changes nothing.
  ///
  /// @throws NodeFailure with one sentence when the file is no Quorate store, is of a newer schema,
  ///   is cut off, or is damaged
  public static Description check(Path file) {
    try {
      var header = header(file);
      var schemaVersion = header.getInt(USER_VERSION_AT);
      if (header.getInt(APPLICATION_ID_AT) != APPLICATION_ID || schemaVersion < 1) {
        throw new NodeFailure(file + " is a database of another program, not a Quorate store");
      }
      if (schemaVersion > Schema.VERSION) {
        throw new NodeFailure(
            "%s has schema version %d; the newest this program knows is %d"
                .formatted(file, schemaVersion, Schema.VERSION));
      }
      var bytes = Files.size(file);
      var pageBytes = Short.toUnsignedInt(header.getShort(PAGE_BYTES_AT));
      // The format writes the largest page size, 65,536, as 1.
      var expected =
          Integer.toUnsignedLong(header.getInt(PAGES_AT)) * (pageBytes == 1 ? 65_536 : pageBytes);
      if (bytes < expected) {
        throw new NodeFailure(
            "%s is cut off: it has %d bytes and should have %d".formatted(file, bytes, expected));
      }
      checkIntegrity(file);
      return new Description(schemaVersion, bytes);
    } catch (IOException e) {
      throw new NodeFailure("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static ByteBuffer header(Path file) throws IOException {
    var header = ByteBuffer.allocate(HEADER_BYTES);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (header.hasRemaining() && channel.read(header) >= 0) {
        // A read may give less than was asked for.
      }
    }
    if (header.hasRemaining() || !header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
      throw new NodeFailure(file + " is not a Quorate store: it does not begin as one");
    }
    return header;
  }

  private static void checkIntegrity(Path file) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    // Immutable: neither a log nor a lock is looked for or left beside the file.
    var url = "jdbc:sqlite:file:" + file.toUri().getRawPath() + "?immutable=1";
    try (var connection = config.createConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
      var finding = rows.getString(1);
      if (!finding.equals("ok")) throw damaged(file, finding, null);
    } catch (SQLException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  /// Gives the store a new epoch, so that whoever knows the old one reads it from the start, and
  /// makes it one file without a log. On return this is durable.
  ///
  /// @throws NodeFailure when the file cannot be opened or written
  public static void renewEpoch(Path file) {
    try (var connection = writer(file);
        var fact = connection.prepareStatement("UPDATE facts SET value = ? WHERE name = 'epoch'")) {
      fact.setString(1, SqliteStore.newEpoch());
      if (fact.executeUpdate() != 1) throw damaged(file, "it has no epoch", null);
    } catch (SQLException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  /// Takes what a log holds into the file it belongs to, so that the file can be moved alone.
  /// Returns whether that was possible; a damaged store cannot.
  public static boolean foldLog(Path file) {
    try (var _ = writer(file)) {
      return true;
    } catch (SQLException _) {
      return false;
    }
  }

  /// Opens the file in the journal mode that keeps nothing beside it when it is closed.
  private static Connection writer(Path file) throws SQLException {
    var config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
    return config.createConnection("jdbc:sqlite:file:" + file.toUri().getRawPath());
  }

  private static NodeFailure damaged(Path file, String finding, @Nullable Throwable cause) {
    return new NodeFailure(
        "%s is damaged: %s".formatted(file, finding.lines().findFirst().orElse("")), cause);
  }
}
