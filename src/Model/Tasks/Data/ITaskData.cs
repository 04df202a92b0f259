namespace Tempera.Model.Tasks.Data;

/// <summary>Opens the files that tasks are made of. Tasks themselves know no file system.</summary>
/// <remarks>Implementations are safe to use from several threads.</remarks>
public interface ITaskData
{
    /// <summary>Opens a file to be read from its beginning to its end.</summary>
    /// <param name="name">
    /// A file of the data directory with forward slashes, for example <c>tfbind8/SIX6_REF_R1.tsv.gz</c>; or the path of a
    /// user's own table, where the host allows that.
    /// </param>
    /// <exception cref="TaskDataException">The file is not there, or may not be read.</exception>
    Stream Open(string name);
}
