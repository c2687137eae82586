package dev.quorate.cli;

import dev.quorate.http.transport.key.ApiKey;
import dev.quorate.http.transport.key.KeyFile;
import dev.quorate.http.transport.key.NamedKey;
import dev.quorate.settings.Flag;
import dev.quorate.settings.Flags;
import dev.quorate.settings.Settings;
import dev.quorate.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes an API key.
@Command(
    name = "new",
    header = "Make an API key and print it once.",
    description = {
      "The data directory keeps only its hash. A node that is running takes it when it starts again."
    },
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate key new laptop"})
final class KeyNewCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "What to call it (key-1, key-2, ...).")
  private @Nullable String name;

  @Option(names = "--data", paramLabel = "DIR", description = "The data directory (~/.quorate).")
  private @Nullable String data;

  @Option(names = "--config", paramLabel = "FILE", description = "Settings file that names it.")
  private @Nullable String config;

  KeyNewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (name != null && !NamedKey.isName(name)) {
      throw CommandFailure.usage(
          "a key's name is 1..64 letters, digits or ._@-: '%s'".formatted(name));
    }
    var loader = new SettingsLoader(terminal.environment(), terminal.home());
    var directory =
        loader.dataDirectory(Flags.NONE.with(Flag.CONFIG, config).with(Flag.DATA, data));
    Files.createDirectories(directory);
    var file = directory.resolve(Settings.KEY_FILE);
    var keys = new KeyFile(file);
    var key = ApiKey.generate();
    var named = new NamedKey(name == null ? freeName(keys.keys()) : name, key.hash());
    keys.add(named);
    terminal.line(key.text());
    terminal.complaint(
        "this is API key %s, shown only this once; its hash is in %s"
            .formatted(named.name(), file));
    return 0;
  }

  private static String freeName(List<NamedKey> keys) {
    var taken = keys.stream().map(NamedKey::name).collect(Collectors.toSet());
    var number = 1;
    while (taken.contains("key-" + number)) number++;
    return "key-" + number;
  }
}
