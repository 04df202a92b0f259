using System.Text;
using Tempera.Model.Spaces;
using Tempera.Model.Tasks.Data;

namespace Tempera.Model.Tests.Tasks.Data;

/// <summary>Files that are held in memory.</summary>
internal sealed class MemoryData : ITaskData
{
    private readonly Dictionary<string, byte[]> _files = [];

    public MemoryData(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            _files[name] = Encoding.UTF8.GetBytes(text);
        }
    }

    /// <summary>A complete table: all strings of 4 letters of ABC with scores from 0 to 1, a few of them equal.</summary>
    public static MemoryData Table { get; } = new(("scores.tsv", "string\tscore\n" + string.Concat(
        new PrependAppendSpace("ABC", 4) is var space ? space.EnumerateObjects().Select((terminal, i) => $"{space.Format(terminal)}\t0.{(i * 31 + i * i % 7) % 97:00}\n") : [])));

    public void Add(string name, byte[] content) => _files[name] = content;

    public Stream Open(string name) =>
        _files.TryGetValue(name, out var content) ? new MemoryStream(content, writable: false) : throw new TaskDataException($"no {name}");
}
