using Tempera.Model.Tasks.Data;

namespace Tempera.Silo.Data;

/// <summary>Task data in a folder of this machine.</summary>
public sealed class TaskDataFolder : ITaskData
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = "TEMPERA_DATA";

    private readonly bool _allowsAnyPath;

    /// <summary>Data in a folder.</summary>
    /// <param name="root">The folder; null for none.</param>
    /// <param name="allowsAnyPath">
    /// Whether names may also be paths outside the folder: true where the user's own process reads the user's own table, false
    /// where specifications come from elsewhere.
    /// </param>
    public TaskDataFolder(string? root, bool allowsAnyPath)
    {
        Root = string.IsNullOrWhiteSpace(root) ? null : Path.GetFullPath(root);
        _allowsAnyPath = allowsAnyPath;
    }

    /// <summary>Full path of the folder; null where none is named.</summary>
    public string? Root { get; }

    /// <summary>The folder that <see cref="Variable"/> names.</summary>
    /// <param name="allowsAnyPath">Whether names may also be paths outside it; true for a process that works for its own user.</param>
    public static TaskDataFolder OfProcess(bool allowsAnyPath = true) => new(Environment.GetEnvironmentVariable(Variable), allowsAnyPath);

    /// <inheritdoc/>
    public Stream Open(string name)
    {
        var path = PathOf(name);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TaskDataException(Path.IsPathRooted(name)
                ? $"A table is a file of this machine; '{name}' does not exist. Name where it is with --file."
                : $"A data file of a task lies in the data directory; '{name}' is not in {Root}. Fetch it with `tempera data fetch {name.Split('/')[0]}`, or name another directory with --data DIR or {Variable}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TaskDataException($"A data file can be read; '{path}' cannot: {exception.Message} Correct its rights.", exception);
        }
    }

    /// <summary>The path of a file, whether or not it is there.</summary>
    /// <exception cref="TaskDataException">No folder is named, or the name leads out of it.</exception>
    public string PathOf(string name)
    {
        if (Path.IsPathRooted(name) && _allowsAnyPath)
        {
            return name;
        }

        var root = Root ?? throw new TaskDataException(
            $"A task with data reads it from a data directory; none is named, and '{name}' was asked for. "
            + $"Name one with --data DIR or the variable {Variable}; `tempera data fetch TASK --data DIR` fills it.");
        var path = Path.GetFullPath(name, root);
        return path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : throw new TaskDataException(
            $"The data of a task lies inside the data directory; '{name}' leads out of it. Put the file there and name it from there.");
    }
}
