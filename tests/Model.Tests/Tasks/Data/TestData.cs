using Tempera.Model.Settings;
using Tempera.Model.Tasks;
using Tempera.Model.Tasks.Data;
using Xunit;

namespace Tempera.Model.Tests.Tasks.Data;

/// <summary>The public data sets, where TEMPERA_DATA names a directory that has them; without it their tests are skipped.</summary>
internal sealed class TestData : ITaskData
{
    private static readonly string? Root = Environment.GetEnvironmentVariable("TEMPERA_DATA");

    public static TestData OrSkip(string folder)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Root ?? "", folder)) && !string.IsNullOrEmpty(Root), $"TEMPERA_DATA does not name a directory with {folder}/.");
        return new TestData();
    }

    /// <summary>A task, of its data where it has some.</summary>
    public static DesignTask Create(string name, params (string Key, string Value)[] settings)
    {
        var data = TaskCatalog.Data(name).Count > 0 ? OrSkip(name) : null;
        return TaskCatalog.Create(name, settings.ToDictionary(pair => pair.Key, pair => pair.Value), data);
    }

    /// <summary>A task under its default settings, with its data; a table of the tests stands in for a user's.</summary>
    public static (DesignTask Task, ITaskData? Data) Default(string name)
    {
        ITaskData? data = name == "table" ? MemoryData.Table : TaskCatalog.Data(name).Count > 0 ? OrSkip(name) : null;
        var settings = new Dictionary<string, string>();
        if (name == "table")
        {
            settings["file"] = "scores.tsv";
        }

        return (TaskCatalog.Create(name, settings, data), data);
    }

    public Stream Open(string name) => File.OpenRead(Path.Combine(Root!, name));

    /// <summary>Rows of a table after its header, split at tabs.</summary>
    public IEnumerable<string[]> Rows(string name) => TaskFile.Read(this, name).Lines().Skip(1).Select(line => line.Split('\t'));

    public static UInt128 Parse(DesignTask task, string text) =>
        task.Space.TryParse(text, out var terminal, out var error) ? terminal : throw new SettingException("test", error);

    /// <summary>Texts of all objects of a list that are modes, in alphabetical order.</summary>
    public static string[] Modes(DesignTask task, IEnumerable<UInt128> objects)
    {
        var list = objects.ToArray();
        var scores = new double[list.Length];
        task.Oracle.Score(list, scores);
        return [.. list.Where((terminal, i) => task.Modes!.IsMode(terminal, scores[i])).Select(task.Space.Format).Order(StringComparer.Ordinal)];
    }
}
