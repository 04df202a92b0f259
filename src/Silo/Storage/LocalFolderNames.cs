using Tempera.Contracts.Errors;
using Tempera.Grains.Storage;

namespace Tempera.Silo.Storage;

/// <summary>Between blob names and the files under a folder.</summary>
internal sealed class LocalFolderNames(string root, string strippedPrefix)
{
    // Links are not followed: a listing stays inside the folder and ends.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <summary>The folder.</summary>
    public string Root { get; } = root;

    /// <summary>The file of a name.</summary>
    public string ToPath(string name)
    {
        BlobName.Validate(name);
        return name.StartsWith(strippedPrefix, StringComparison.Ordinal) && name.Length > strippedPrefix.Length
            ? Path.Combine(Root, name[strippedPrefix.Length..].Replace('/', Path.DirectorySeparatorChar))
            : throw new TemperaException(TemperaError.Storage,
                $"The folder {Root} holds blobs whose names begin with '{strippedPrefix}'; received '{name}'. Use the folder of that campaign.");
    }

    /// <summary>The blobs whose names begin with a prefix, in order. Files that no name can mean are left out.</summary>
    public IReadOnlyList<BlobItem> List(string prefix)
    {
        var folder = new DirectoryInfo(Folder(prefix));
        if (!folder.Exists)
        {
            return [];
        }

        var items = new List<BlobItem>();
        foreach (var file in folder.EnumerateFiles("*", Everything))
        {
            var name = strippedPrefix + Path.GetRelativePath(Root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (name.StartsWith(prefix, StringComparison.Ordinal) && BlobName.IsValid(name) && TryLength(file, out var length))
            {
                items.Add(new BlobItem(name, length));
            }
        }

        items.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return items;
    }

    private static bool TryLength(FileInfo file, out long length)
    {
        try
        {
            length = file.Length;
            return true;
        }
        catch (FileNotFoundException)
        {
            // Deleted since the folder was read.
            length = 0;
            return false;
        }
    }

    private string Folder(string prefix)
    {
        if (!prefix.StartsWith(strippedPrefix, StringComparison.Ordinal))
        {
            return Root;
        }

        var local = prefix[strippedPrefix.Length..];
        return Path.Combine(Root, local[..(local.LastIndexOf('/') + 1)].Replace('/', Path.DirectorySeparatorChar));
    }
}
