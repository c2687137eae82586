package dev.quorate.cli;

import dev.quorate.identity.NodeId;
import dev.quorate.identity.PeerKeys;
import dev.quorate.identity.PublicKey;
import dev.quorate.settings.LocalSettings;
import dev.quorate.settings.NodeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Enrols the key of a peer.
@Command(
    name = "add",
    header = "Enrol the key of a peer.",
    description = {
      "Asks the node at URL who it is, shows its key and, once that is confirmed, enrols it. Compare",
      "the key with what quorate identity prints on that machine. With --key, the key comes from a",
      "file instead: 32 raw bytes (such as an ai-memory .pub file) or their base64."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quorate peer add https://b.example:7867",
      "  quorate peer add --key b.pub --id host:b"
    })
final class PeerAddCommand implements Callable<Integer> {
  private static final int FILE_BYTES_MAX = 1_024;

  private final Terminal terminal;

  @Parameters(index = "0", arity = "0..1", paramLabel = "URL", description = "Where the peer is.")
  private @Nullable String url;

  @Option(names = "--key", paramLabel = "FILE", order = 1, description = "File with its key.")
  private @Nullable String file;

  @Option(names = "--id", paramLabel = "ID", order = 2, description = "Its id, with --key.")
  private @Nullable String id;

  @Option(names = "--yes", order = 3, description = "Enrol what the node answers, unseen.")
  private boolean yes;

  @Option(names = "--replace", order = 4, description = "Replace another key of this peer.")
  private boolean mayReplace;

  @Mixin private final DataOptions data = new DataOptions();

  PeerAddCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    var settings = data.settings(terminal);
    var peer = peer(settings);
    var known = NodeId.find(settings.data(), settings.nodeId());
    if (known.isPresent() && known.get().equals(peer.id())) {
      throw CommandFailure.failed(
          "%s is this node itself, or another one has the same id".formatted(peer.id()));
    }
    var keys = new PeerKeys(settings.data());
    checkReplaced(keys, peer);
    if (url != null && !isConfirmed()) {
      terminal.complaint("not enrolled");
      return CommandFailure.FAILED;
    }
    switch (keys.enrol(peer.id(), peer.key(), mayReplace)) {
      case ADDED -> terminal.line("enrolled " + peer.id());
      case REPLACED -> terminal.line("enrolled %s in place of its former key".formatted(peer.id()));
      case UNCHANGED -> terminal.line("%s was enrolled with this key before".formatted(peer.id()));
      case REFUSED -> throw otherKey(peer);
    }
    return 0;
  }

  /// A peer and its key, wherever they came from.
  private record Peer(String id, PublicKey key) {}

  private Peer peer(LocalSettings settings) throws IOException {
    if (url != null && file == null && id == null) return asked(url, settings);
    if (url == null && file != null && id != null) return read(file, id);
    throw CommandFailure.usage("give either URL, or --key FILE and --id ID");
  }

  private Peer asked(String given, LocalSettings settings) {
    var answer = PeerIdentity.ask(ConnectionOptions.address(given), settings.tls());
    terminal.line("node        " + answer.node());
    terminal.line("public key  " + answer.key().text());
    return new Peer(answer.node(), answer.key());
  }

  private static Peer read(String file, String id) throws IOException {
    if (!NodeName.isName(id)) {
      throw CommandFailure.usage(
          "--id must be 1..128 letters, digits or _:@./- without .. and without / in front: '%s'"
              .formatted(id));
    }
    byte[] bytes;
    try (var in = Files.newInputStream(Path.of(file))) {
      bytes = in.readNBytes(FILE_BYTES_MAX);
    }
    var key =
        PublicKey.of(bytes)
            .or(() -> PublicKey.parse(new String(bytes, StandardCharsets.US_ASCII)))
            .orElseThrow(() ->
                CommandFailure.failed(
                    "%s is no public key: neither 32 raw bytes nor their base64".formatted(file)));
    return new Peer(id, key);
  }

  private void checkReplaced(PeerKeys keys, Peer peer) {
    var known = keys.find(peer.id());
    if (known.isPresent() && !known.get().equals(peer.key()) && !mayReplace) throw otherKey(peer);
  }

  private static CommandFailure otherKey(Peer peer) {
    return CommandFailure.failed(
        "%s is enrolled with another key; if it was made anew there, say --replace"
            .formatted(peer.id()));
  }

  private boolean isConfirmed() throws IOException {
    if (yes) return true;
    if (!terminal.isInteractive()) {
      throw CommandFailure.failed("nobody is here to confirm the key: compare it and say --yes");
    }
    return terminal.confirms("Enrol it? [y/N] ");
  }
}
