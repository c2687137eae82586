package dev.quorate.cli;

import picocli.CommandLine.Command;

/// Groups what there is to do with API keys.
@Command(
    name = "key",
    header = "Make API keys.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate key new laptop"})
final class KeyCommand {}
