using System.Globalization;

using Tempera.Client.CommandLine;
using Tempera.Client.Running;
using Tempera.Contracts.Campaigns;

namespace Tempera.Client.Directories;

/// <summary>Copies a checkpoint that verifies out of a run directory.</summary>
internal static class CheckpointExport
{
    /// <summary>The checkpoint of a round, or the newest that verifies.</summary>
    /// <exception cref="CommandException">There is none, or it is damaged.</exception>
    public static CheckpointRecord Choose(IReadOnlyList<CheckpointRecord> records, int? round, RunDirectory directory)
    {
        var rounds = string.Join(", ", records.Select(static record => record.Round.ToString(CultureInfo.InvariantCulture)));
        if (round is null)
        {
            return records.LastOrDefault(static record => record.Verified is true) ?? throw CommandException.Failed(
                $"An export needs a checkpoint that verifies; {directory.DisplayPath} has none{(records.Count > 0 ? $" among rounds {rounds}" : "")}. Run further to write one.");
        }

        return records.FirstOrDefault(record => record.Round == round) switch
        {
            null => throw CommandException.Usage(
                $"--round names a checkpoint that exists; received {round}, {(records.Count > 0 ? $"there are {rounds}" : "there is none")}. Choose one of them."),
            { Verified: false } damaged => throw CommandException.Failed(
                $"Only a checkpoint that verifies is exported; that of round {Figures.Count(damaged.Round)} is damaged ({damaged.Damage}). Choose another round."),
            var record => record,
        };
    }

    /// <summary>Copies all parts; the target appears whole or not at all.</summary>
    /// <exception cref="CommandException">The target exists and is not empty.</exception>
    public static void Copy(RunDirectory directory, CheckpointRecord record, RunDirectory target)
    {
        if (File.Exists(target.Path) || (Directory.Exists(target.Path) && Directory.EnumerateFileSystemEntries(target.Path).Any()))
        {
            throw CommandException.Usage($"--out takes a directory that is empty or does not exist; received {target.DisplayPath}, which holds files. Choose another.");
        }

        var source = Path.Combine(directory.CheckpointsDirectory, record.Round.ToString("D8", CultureInfo.InvariantCulture));
        var pending = target.Path + ".pending";
        try
        {
            Directory.CreateDirectory(pending);
            foreach (var part in Directory.EnumerateFiles(source))
            {
                File.Copy(part, Path.Combine(pending, Path.GetFileName(part)), overwrite: true);
            }

            if (Directory.Exists(target.Path))
            {
                Directory.Delete(target.Path);
            }

            Directory.Move(pending, target.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed(
                $"An export needs a writable place; {target.DisplayPath} refused it: {error.Message.TrimEnd('.')}. Correct its permissions or choose another with --out.", error);
        }
        finally
        {
            if (Directory.Exists(pending))
            {
                Directory.Delete(pending, recursive: true);
            }
        }
    }
}
