using System.IO.Compression;

using Tempera.Contracts.Errors;
using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;
using Tempera.Silo.Data;

namespace Tempera.Silo.Tools;

/// <summary>Checks and downloads the data files of tasks.</summary>
public sealed class DataTools
{
    private readonly TaskDataFolder _folder;
    private readonly HttpClient _client;

    /// <summary>Tools for a data directory; it need not exist yet.</summary>
    public DataTools(TaskDataFolder folder, HttpClient client) => (_folder, _client) = (folder, client);

    /// <summary>Where the files of a task stand; none for a task that computes everything.</summary>
    /// <exception cref="TemperaException">UnknownTask, or TaskData: no data directory is named.</exception>
    public IReadOnlyList<DataFileStatus> Check(string task) => [.. Files(task).Select(Check)];

    /// <summary>Downloads what is missing or changed and has a public original; returns where all files stand then.</summary>
    /// <param name="task">Name of the task.</param>
    /// <param name="progress">Told the bytes received of the current file.</param>
    /// <param name="cancellationToken">Stops; what was received stays and is gone on with.</param>
    /// <exception cref="TemperaException">UnknownTask, or TaskData: a download failed.</exception>
    public async Task<IReadOnlyList<DataFileStatus>> Fetch(string task, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        foreach (var file in Files(task).Where(file => file.Original is not null && Check(file).State != DataFileState.Good))
        {
            await Fetch(file, file.Original!, progress, cancellationToken);
        }

        return Check(task);
    }

    private static IReadOnlyList<TaskDataFile> Files(string task)
    {
        try
        {
            return TaskCatalog.Data(task);
        }
        catch (SettingException exception)
        {
            throw new TemperaException(TemperaError.UnknownTask, exception.Message);
        }
    }

    private DataFileStatus Check(TaskDataFile file)
    {
        try
        {
            if (!File.Exists(_folder.PathOf(file.Name)))
            {
                return Status(file, DataFileState.Missing, Remedy(file));
            }

            TaskFile.ReadPinned(_folder, file);
            return Status(file, DataFileState.Good, null);
        }
        catch (TaskDataException exception) when (_folder.Root is null)
        {
            throw new TemperaException(TemperaError.TaskData, exception.Message);
        }
        catch (TaskDataException exception)
        {
            return Status(file, DataFileState.Changed, exception.Message);
        }
    }

    private async Task Fetch(TaskDataFile file, PublicOriginal original, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var path = _folder.PathOf(file.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var (download, packed) = (path + ".download", path + ".new");
        await new PublicDownload(_client).Fetch(original.Address, original.Sha256, download, progress, cancellationToken);
        try
        {
            using (var source = File.OpenRead(download))
            using (var target = File.Create(packed))
            using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
            {
                original.Convert(source, gzip);
            }

            TaskFile.ReadPinned(_folder, file with { Name = file.Name + ".new" });
        }
        catch (TaskDataException exception)
        {
            File.Delete(packed);
            throw new TemperaException(TemperaError.TaskData, exception.Message);
        }

        File.Move(packed, path, overwrite: true);
        File.Delete(download);
    }

    private static string Remedy(TaskDataFile file) => file.Original is { } original
        ? $"Not there; `tempera data fetch {file.Name.Split('/')[0]}` makes it from {original.Address} ({original.Licence})."
        : "Not there, and no public file gives it: it was derived from the released benchmark. Copy it from another data directory.";

    private static DataFileStatus Status(TaskDataFile file, DataFileState state, string? message) =>
        new(file.Name, file.Meaning, state, file.Sha256, message);
}
