using Tempera.Client.CommandLine;
using Tempera.Client.Running;

namespace Tempera.Client.Directories;

/// <summary>The directory of one run: where its files are and whether it can be used.</summary>
internal sealed class RunDirectory(string path, string displayPath)
{
    private const long SmallestFreeSpace = 16 << 20;
    private const string LockFile = ".lock";

    /// <summary>Full path.</summary>
    public string Path { get; } = path;

    /// <summary>Last part of the path.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>The path as a person would type it.</summary>
    public string DisplayPath { get; } = displayPath;

    /// <summary>Resolved configuration, versions and host.</summary>
    public string ConfigurationFile => File("config.json");

    /// <summary>One event a line, written by the campaign.</summary>
    public string EventsFile => File("events.jsonl");

    /// <summary>The campaign's durable state, written by the campaign.</summary>
    public string CampaignFile => File("campaign.json");

    /// <summary>All evaluated objects.</summary>
    public string EvaluationsFile => File("evaluations.parquet");

    /// <summary>TensorBoard event files.</summary>
    public string TensorBoardDirectory => File("tensorboard");

    /// <summary>Checkpoints, one directory a round.</summary>
    public string CheckpointsDirectory => File("checkpoints");

    /// <summary>True when a run was started here.</summary>
    public bool HoldsRun => System.IO.File.Exists(ConfigurationFile) || System.IO.File.Exists(CampaignFile);

    /// <summary>True when nothing but a lock is in the way of a new run.</summary>
    public bool IsFree => !Directory.Exists(Path)
        || Directory.EnumerateFileSystemEntries(Path).All(static entry => System.IO.Path.GetFileName(entry) == LockFile);

    /// <summary>A path inside.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A run directory at a path a user gave or that a default names.</summary>
    public static RunDirectory At(CommandEnvironment environment, string path)
    {
        var full = environment.FullPath(path);
        var relative = System.IO.Path.GetRelativePath(environment.WorkingDirectory, full);
        return new(full, relative.StartsWith("..", StringComparison.Ordinal) ? full : relative);
    }

    /// <summary>Finds an existing run by directory, or by its name below <c>runs/</c>.</summary>
    /// <exception cref="CommandException">There is none; the message suggests the nearest.</exception>
    public static RunDirectory Find(CommandEnvironment environment, string name)
    {
        var candidates = new[] { At(environment, name), At(environment, System.IO.Path.Combine("runs", name)) };
        if (candidates.FirstOrDefault(static directory => directory.HoldsRun) is { } found)
        {
            return found;
        }

        if (candidates.FirstOrDefault(static directory => Directory.Exists(directory.Path)) is { } foreign)
        {
            throw CommandException.Usage(
                $"A campaign is a run directory, which holds config.json; received '{name}', and {foreign.DisplayPath} holds none. Name another, or start one with `tempera run TASK --out {name}`.");
        }

        var runs = environment.FullPath("runs");
        var known = Directory.Exists(runs) ? Directory.EnumerateDirectories(runs).Select(static run => System.IO.Path.GetFileName(run)) : [];
        var meant = Nearest.Find(name, known);
        throw CommandException.Usage(
            $"A campaign is a run directory or its name below runs/; received '{name}', which is neither.{(meant is null ? "" : $" Did you mean '{meant}'?")} Start one with `tempera run TASK`.");
    }

    /// <summary>Creates the directory and proves that files can be written into it.</summary>
    /// <exception cref="CommandException">They cannot, or the disk is almost full.</exception>
    public void EnsureWritable()
    {
        var probe = File($".probe-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(Path);
            using (var stream = new FileStream(probe, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(new byte[4096]);
                stream.Flush(flushToDisk: true);
            }

            var free = new DriveInfo(Path).AvailableFreeSpace;
            if (free < SmallestFreeSpace)
            {
                throw CommandException.Failed(
                    $"A run directory needs {Figures.Bytes(SmallestFreeSpace)} free on its disk; {DisplayPath} has {Figures.Bytes(free)}. Free some, or choose another directory with --out.");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed(
                $"A run directory must be writable; {DisplayPath} is not: {error.Message.TrimEnd('.')}. Correct its permissions or free its disk, or choose another directory with --out.", error);
        }
        finally
        {
            DeleteQuietly(probe);
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            System.IO.File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The probe could not even be made: the caller has already reported why.
        }
    }
}
