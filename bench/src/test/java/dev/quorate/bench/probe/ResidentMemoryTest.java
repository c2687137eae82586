package dev.quorate.bench.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quorate.bench.FakeServer;
import dev.quorate.bench.probe.ResidentMemory.Held;
import dev.quorate.bench.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
  @Test
  void aProcessIsReadFromProc(@TempDir Path proc) throws IOException {
    var status = Files.createDirectory(proc.resolve("77")).resolve("status");
    Files.writeString(status, "Name:\tjava\nVmHWM:\t  9 kB\nVmRSS:\t  2048 kB\nThreads:\t3\n");
    var memory = new ResidentMemory(List.of(77L), proc);
    Files.writeString(status, "VmRSS:\t  4096 kB\n");
    memory.sample();
    Files.writeString(status, "VmRSS:\t  3072 kB\n");
    assertThat(memory.finish(List.of(), null))
        .containsExactly(new Held("process 77", 3L << 20, 4L << 20));
  }

  @Test
  void aProcessThatEndedIsLeftOut(@TempDir Path proc) throws IOException {
    var status = Files.createDirectory(proc.resolve("77")).resolve("status");
    Files.writeString(status, "VmRSS:\t  2048 kB\n");
    var memory = new ResidentMemory(List.of(77L), proc);
    Files.delete(status);
    memory.sample();
    assertThat(memory.finish(List.of(), null)).isEmpty();
  }

  @Test
  void withoutAProcessTheServerIsAsked() {
    var text = "# TYPE process_resident_bytes gauge\nprocess_resident_bytes 2.5E8\nother 1\n";
    try (var server = new FakeServer(_ -> FakeServer.json(200, text))) {
      var held = new ResidentMemory(List.of()).finish(List.of(Endpoint.parse(server.url())), null);
      assertThat(held).containsExactly(new Held(server.url(), 250_000_000, 250_000_000));
    }
  }

  @Test
  void aServerThatDoesNotTellIsLeftOut() {
    try (var server = new FakeServer(_ -> FakeServer.json(200, "process_resident_bytes NaNa\n"));
        var other = new FakeServer(_ -> FakeServer.json(404, "{}"))) {
      var endpoints = List.of(Endpoint.parse(server.url()), Endpoint.parse(other.url()));
      assertThat(new ResidentMemory(List.of()).finish(endpoints, null)).isEmpty();
    }
  }

  @Test
  void aProcessThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> new ResidentMemory(List.of(Long.MAX_VALUE)))
        .isInstanceOf(CannotRun.class)
        .hasMessage("the resident memory of process 9223372036854775807 cannot be read (--pid)");
  }
}
