package dev.quorate.http;

import dev.quorate.failure.RequestFailure.StorageRefused;
import dev.quorate.http.transport.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Large answers, made whole in a file before they are sent: a client that reads slowly then holds
/// up nobody, and one that goes away leaves nothing behind. One is made at a time, on a platform
/// thread, for making it blocks.
final class Spool {
  private final Path directory;
  private final Semaphore making = new Semaphore(1);

  Spool(Path directory) {
    this.directory = directory;
  }

  /// Answers with the file that `maker` writes; it must not exist before.
  ///
  /// @param bytesExpected about how large it becomes
  /// @throws StorageRefused when there is no room for it
  Response answer(String contentType, long bytesExpected, Consumer<Path> maker) {
    checkRoom(bytesExpected);
    return Response.stream(
        200,
        contentType,
        out -> {
          var file = directory.resolve(UUID.randomUUID().toString());
          try {
            make(file, maker);
            Files.copy(file, out);
          } finally {
            Files.deleteIfExists(file);
          }
        });
  }

  private void make(Path file, Consumer<Path> maker) throws IOException {
    making.acquireUninterruptibly();
    try {
      CompletableFuture.runAsync(
              () -> maker.accept(file), task -> Thread.ofPlatform().name("spool").start(task))
          .join();
    } catch (CompletionException e) {
      throw new IOException("the answer could not be made", e.getCause());
    } finally {
      making.release();
    }
  }

  private void checkRoom(long bytesExpected) {
    try {
      var free = Files.getFileStore(directory).getUsableSpace();
      if (free < bytesExpected) {
        throw new StorageRefused(
            "the disk is full: %d bytes are needed for a copy and %d are free"
                .formatted(bytesExpected, free));
      }
    } catch (IOException e) {
      throw new StorageRefused("the data directory cannot be read: " + e.getMessage());
    }
  }
}
