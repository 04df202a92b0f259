namespace Tempera.Model.Tasks.Data;

/// <summary>The data of a host that has none: only tasks that compute everything can be made.</summary>
public sealed class NoTaskData : ITaskData
{
    /// <inheritdoc/>
    public Stream Open(string name) => throw new TaskDataException(
        $"A task with data reads it from a data directory; none is named, and '{name}' was asked for. "
        + "Name one with --data DIR or the variable TEMPERA_DATA; `tempera data fetch TASK` fills it.");
}
