package dev.quorate.cli;

import picocli.CommandLine.Command;

/// Groups what there is to do with the keys of peers.
@Command(
    name = "peer",
    header = "Enrol the keys of other nodes, list them, remove them.",
    description = {
      "A node takes changes only from peers whose key is enrolled in its data directory, and that its",
      "settings name; it sends to those as well. A node that is running sees a new key at once."
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  quorate peer add https://b.example:7867", "  quorate peer list"})
final class PeerCommand {}
